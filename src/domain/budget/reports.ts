import { frontEntries } from '../outbox/entry.ts';
import { reserveOf } from './reserve.ts';
import type { Candidate, Spending } from './spending.ts';

/** What is to be told, by its class. */
export interface Reports {
  readonly transfered: readonly Candidate[];
  readonly endings: readonly Candidate[];
  readonly unheard: readonly Candidate[];
  readonly links: readonly Candidate[];
}

export function reportsOf({ entries, inFlight, retryAt, now, window }: Spending): Reports {
  const transfered: Candidate[] = [];
  const endings: Candidate[] = [];
  const unheard: Candidate[] = [];
  const links: Candidate[] = [];
  for (const entry of frontEntries(entries)) {
    if (inFlight.has(entry.report.callId)) continue;
    const request = { kind: 'report', entry } as const;
    const dueAt = retryAt.get(entry.seq) ?? now;
    const { kind } = entry.report;
    if (kind === 'transfered') transfered.push({ request, dueAt, wants: 1 });
    else if (entry.report.kind === 'received' && !entry.report.mayHoldAgent)
      unheard.push({ request, dueAt, wants: unitAndReserve(window.limit) });
    else if (kind === 'made-call-link')
      links.push({ request, dueAt, wants: 1 + reserveOf(window.limit).ofTheRest });
    else endings.push({ request, dueAt, wants: 1 });
  }
  return { transfered, endings, unheard, links };
}

function unitAndReserve(limit: number): number {
  // The smallest limits have no room for both at once beside polls.
  return Math.max(1, Math.min(limit - 1, 2 + reserveOf(limit).ofBlindPolls));
}
