import type { LaneLoad } from '../ports/meter.ts';

interface Owed {
  readonly seq: number;
  readonly parkedBecause: string | undefined;
}

/**
 * How much a lane has to tell. What stands behind a parked one is counted, but has no age: it cannot be sent until a person
 * has looked, and an alarm of parked ones calls that person already.
 */
export function laneLoad<Entry extends Owed>(
  entries: readonly Entry[],
  { lineOf, owedForMs }: { lineOf: (entry: Entry) => string; owedForMs: (entry: Entry) => number },
): LaneLoad {
  const parked = entries.filter(({ parkedBecause }) => parkedBecause !== undefined);
  const stuck = new Set(parked.map(lineOf));
  const ages = entries.filter((entry) => !stuck.has(lineOf(entry))).map(owedForMs);
  // Of thousands: a spread into Math.max would put each on the stack.
  const oldestMs = ages.reduce((oldest, age) => Math.max(oldest, age), 0);
  return { depth: entries.length - parked.length, parked: parked.length, oldestMs };
}
