import type { Entry } from '../domain/outbox/entry.ts';
import { isEnding } from '../domain/outbox/entry.ts';
import type { Log } from '../ports/log.ts';
import type { Draft } from './draft.ts';
import type { HelpDeskLane } from './help-desk-lane.ts';

/** Parked reports that a person sent on their way again, or gave up for good; the loop alone moves its entries. */
export function takeUpReleased(
  draft: Draft,
  lane: HelpDeskLane,
  { undelivered, log }: { undelivered: readonly Entry[]; log: Log },
): void {
  const unkept = new Set([...draft.outbox, ...draft.entries].map(({ seq }) => seq));
  const { released, dropped } = lane.takeUp(undelivered, unkept);
  for (const entry of released) log.info(factsOf(entry), 'parked report is sent again');
  for (const entry of dropped) {
    log.warn(factsOf(entry), 'parked report was given up: the help desk will not hear of it');
    // Nothing more follows for this call: nobody asks its diary again.
    if (isEnding(entry.report)) draft.deeds.push({ kind: 'erase-diary', callId: entry.report.callId });
  }
}

const factsOf = ({ seq, report }: Entry) => ({ entry: seq, callId: report.callId, report: report.kind });
