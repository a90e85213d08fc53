import type { CallRules, EndedCall } from '../call/call.ts';
import type { LinkReport } from '../outbox/report.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long after its end a recording is looked for (after the end became known, where nobody listened then): when a script that follows the recorder is through, when one that runs
 * every hour is, and after the night's jobs, which move and convert. Our choice; each look costs a glance at the disk.
 */
export const LOOKS_AFTER_MS = [2 * MINUTE_MS, 15 * MINUTE_MS, 2 * HOUR_MS, 26 * HOUR_MS] as const;

/** Spans of time: calls whose end became known in one are those whose recordings are to be looked for. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The spans of the calls whose look has come due after `lastLook` and until `now`; after a start, of all of them. */
export function spansToLookAt(lastLook: number | undefined, now: number): readonly Span[] {
  if (lastLook === undefined) return [{ from: now - LOOKS_AFTER_MS[3], until: now - LOOKS_AFTER_MS[0] }];
  return LOOKS_AFTER_MS.map((after) => ({ from: lastLook - after, until: now - after }));
}

/** Where a recording was found below the folder of recordings. */
export interface FoundRecording {
  readonly file: string;
  readonly path: string;
}

/** What the help desk must hear where a recording is not, or not known to be, where the link that it has leads. */
export function repairOf(
  call: EndedCall,
  { found, toldLink, rules }: { found: FoundRecording; toldLink: string | undefined; rules: CallRules },
): LinkReport | undefined {
  const { callId, queue, enteredAt: callAt, recorded } = call;
  const { recordingLink } = rules;
  const recording = { ...found, callId, queue, callAt, extension: recorded?.extension };
  const link = recordingLink(recording);
  if (link === undefined || link === toldLink) return undefined;
  if (toldLink !== undefined && recordingLink.leadsTo?.(toldLink, recording) === true) return undefined;
  return { kind: 'repaired-link', callId, link };
}
