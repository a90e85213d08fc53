import { type Case, isForgotten, pickUpOf, talkOf } from './case.ts';
import { isSeen, type Truth } from './truth.ts';

// Dates are cut to whole seconds; half a second more for two processes on a busy machine.
const EARLY_MS = 1_500;
const LATE_MS = 2_000;

interface Dated {
  readonly what: string;
  readonly date: number | undefined;
  readonly from: number;
  readonly to: number;
}

/**
 * What the daemon saw, it dates rightly; and so it does what the diary tells: answers, and the ends of answered calls. All
 * else it can only date when it finds out, at the beginning of its next sight.
 */
export function dateBreaches(one: Case): string[] {
  return [entry(one), answer(one), end(one)].flatMap((dated) =>
    dated === undefined ? [] : breaches(dated, one.truth),
  );
}

function entry({ visit: { enteredAt }, call, truth }: Case): Dated {
  return { what: 'callDate', date: call.callDate, from: enteredAt, to: knownBy(enteredAt, truth) };
}

function answer({ visit, call }: Case): Dated | undefined {
  const at = (talkOf(visit) ?? pickUpOf(visit))?.answeredAt;
  if (call.ending !== 'completed' || at === undefined) return undefined;
  return { what: 'transferDate', date: call.transferDate, from: at, to: at };
}

function end(one: Case): Dated {
  const { visit, call, truth } = one;
  const { at, how } = visit.end;
  const isInDiary =
    call.ending === 'completed' &&
    how !== 'pbx-died' &&
    talkOf(visit) !== undefined &&
    !isForgotten(at, truth);
  return {
    what: `the date of ${call.ending}`,
    date: call.endDate,
    from: at,
    to: isInDiary ? at : knownBy(at, truth),
  };
}

/** When the daemon knew of something that happened then. */
function knownBy(at: number, truth: Truth): number {
  if (isSeen(at, truth)) return at;
  return truth.sight.find(({ from }) => from > at)?.from ?? Infinity;
}

function breaches({ what, date, from, to }: Dated, { stallMs }: Truth): string[] {
  const isRight =
    date !== undefined && date >= from - EARLY_MS - stallMs && date <= to + LATE_MS + 2 * stallMs;
  if (isRight) return [];
  const text = (at: number | undefined) =>
    at === undefined || !Number.isFinite(at) ? String(at) : new Date(at).toISOString();
  const span = from === to ? text(from) : `between ${text(from)} and ${text(to)}`;
  return [`${what} is ${text(date)}, but it was ${span}`];
}
