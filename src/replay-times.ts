import type { Told } from './adapters/asterisk/recorded-session.ts';
import type { Instant } from './domain/identity.ts';
import type { Timing } from './replay-line.ts';

export interface Timed extends Told {
  readonly at: Instant;
}

/** From which byte of the recording on, and when that was, in milliseconds since it began. Ascending. */
export interface ReceivedAt {
  readonly offset: number;
  readonly atMs: number;
}

// Longer than the daemon's pace between two questions, so that Movidesk is asked between any two events; shorter than any
// silence that means something to it.
const BETWEEN_EVENTS_MS = 1_200;

/** When each thing happened, as well as the recording tells it. Time never goes back. */
export function timesOf(
  told: readonly Told[],
  received: readonly ReceivedAt[],
): { readonly timing: Timing; readonly told: readonly Timed[] } {
  const timing = timingOf(told, received);
  const times = TIMES[timing](told, received);
  let latest = times.find((at) => at !== undefined) ?? 0;
  const timed = told.map((one, index) => {
    latest = Math.max(latest, times[index] ?? latest);
    return { ...one, at: latest };
  });
  return { timing, told: timed };
}

function timingOf(told: readonly Told[], received: readonly ReceivedAt[]): Timing {
  if (told.some(({ stampedAt }) => stampedAt !== undefined)) return 'stamped';
  return received.length > 0 ? 'listed' : 'unknown';
}

type TimesOf = (told: readonly Told[], received: readonly ReceivedAt[]) => readonly (Instant | undefined)[];

const TIMES: Readonly<Record<Timing, TimesOf>> = {
  stamped: (told) => told.map(({ stampedAt }) => stampedAt),
  unknown: (told) => told.map((_, index) => index * BETWEEN_EVENTS_MS),
  listed: (told, received) => {
    let next = 0;
    return told.map(({ endsAt }) => {
      // The part that holds its last byte is the one with which it came.
      while ((received[next + 1]?.offset ?? Infinity) < endsAt) next += 1;
      return received[next]?.atMs;
    });
  },
};

/** A list of what was received when: `t_ms  in  offset  length`, tabs between, a head. Lines of another kind are not ours. */
export function receivedIn(text: string): readonly ReceivedAt[] {
  return text.split('\n').flatMap((line) => {
    const [atMs, direction, offset] = line.split('\t');
    const one = { atMs: Math.round(Number(atMs)), offset: Number(offset) };
    return direction === 'in' && Number.isInteger(one.atMs) && Number.isInteger(one.offset) ? [one] : [];
  });
}
