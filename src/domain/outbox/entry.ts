import type { Report } from './report.ts';

/** One report on its way. Rows of a call are delivered in the order of `seq`; between calls order is free. */
export interface Entry {
  /** Given by the store when the row is committed; ascending. */
  readonly seq: number;
  readonly report: Report;
  /** Failed ones so far. */
  readonly attempts: number;
  /** Refused, and set aside for a person. It holds back only its own call. */
  readonly parkedBecause: string | undefined;
}

// The first retry comes after a second, later ones after at most a minute (design: exponential with jitter up to 60 s,
// for ever). Jitter takes away up to half, so that calls that failed together do not come back together.
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** How long to wait before the attempt after `attempts` failed ones. `chance` is in [0, 1). */
export function retryDelayMs(attempts: number, chance: number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 10));
  return Math.round(full * (1 - chance / 2));
}

/** The first undelivered entry of each call, where it may be sent now or later, the oldest first. Parked calls have none. */
export function frontEntries(entries: Iterable<Entry>): readonly Entry[] {
  const fronts = new Map<string, Entry>();
  for (const entry of entries) {
    const front = fronts.get(entry.report.callId);
    if (front === undefined || entry.seq < front.seq) fronts.set(entry.report.callId, entry);
  }
  return [...fronts.values()]
    .filter((entry) => entry.parkedBecause === undefined)
    .sort((one, other) => one.seq - other.seq);
}

/** Nothing more follows for this call. */
export function isEnding(report: Report): boolean {
  return report.kind === 'completed' || report.kind === 'lost' || report.kind === 'canceled';
}
