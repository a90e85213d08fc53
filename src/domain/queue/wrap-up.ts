/**
 * How long the help desk leaves agents alone after a call, learned from what it answers: an agent was not named when it was
 * last asked in vain, and was named then. So each lesson is an interval, and the truth lies somewhere within it; many of
 * them together tell where. All times are milliseconds since the ending was delivered.
 */
export interface WrapUp {
  /** The latest lessons, oldest first. */
  readonly lessons: readonly Lesson[];
  /** The chance that the wrap-up is over by each of `EDGES_MS`. */
  readonly overBy: readonly number[];
}

export interface Lesson {
  /** Asked in vain: still wrapping up. */
  readonly notBeforeMs: number;
  /** Named. */
  readonly byMs: number;
}

// A quarter of a second is about the way to the help desk and back; nobody is asked about for longer than five minutes of it.
// Steps of a tenth tell a wrap-up of 20 s from one of 22 s.
const FIRST_EDGE_MS = 250;
const LONGEST_MS = 300_000;
const STEP = 1.1;

const EDGES_MS: readonly number[] = edges();

function edges(): readonly number[] {
  const made = [0];
  for (let edge = FIRST_EDGE_MS; edge < LONGEST_MS; edge *= STEP) made.push(edge);
  return [...made, LONGEST_MS];
}

// Untaught we think of an account without any wrap-up, and of any length of it with the rest; this weighs as much as one
// lesson.
const NONE_AT_ALL = 0.9;
const PRIOR: readonly number[] = EDGES_MS.slice(1).map((_, bin) =>
  bin === 0 ? NONE_AT_ALL : (1 - NONE_AT_ALL) / (EDGES_MS.length - 2),
);

// An hour or two of one queue: a wrap-up that an admin changes is learned anew within that.
const MOST_LESSONS = 40;
// Each round moves the weights towards what explains the lessons best; after these nothing changes that matters.
const ROUNDS = 6;

export const untaught: WrapUp = { lessons: [], overBy: sumsOf(PRIOR) };

/** One more wrap-up was seen to end. */
export function taught(before: WrapUp, lesson: Lesson): WrapUp {
  if (lesson.byMs > LONGEST_MS || lesson.byMs <= lesson.notBeforeMs) return before;
  const lessons = [...before.lessons, lesson].slice(-MOST_LESSONS);
  let weights = PRIOR;
  for (let round = 0; round < ROUNDS; round += 1) weights = explaining(lessons, weights);
  return { lessons, overBy: sumsOf(weights) };
}

/** The chance that it is over by then, where it was not over at `notBeforeMs` (nothing where nobody has asked). */
export function chanceOver(wrapUp: WrapUp, byMs: number, notBeforeMs: number | undefined): number {
  const before = notBeforeMs === undefined ? 0 : overBy(wrapUp, notBeforeMs);
  const left = 1 - before;
  return left < NEGLIGIBLE ? 0 : Math.max(0, overBy(wrapUp, byMs) - before) / left;
}

// Whoever has not come back when nearly everybody would have is away for another reason.
const NEGLIGIBLE = 0.02;

function overBy({ overBy: sums }: WrapUp, ms: number): number {
  if (ms <= 0) return 0;
  if (ms >= LONGEST_MS) return 1;
  const bin = ms < FIRST_EDGE_MS ? 0 : 1 + Math.floor(Math.log(ms / FIRST_EDGE_MS) / Math.log(STEP));
  const from = at(EDGES_MS, bin);
  const share = Math.min(1, (ms - from) / (at(EDGES_MS, bin + 1) - from));
  return at(sums, bin) + share * (at(sums, bin + 1) - at(sums, bin));
}

/**
 * Each lesson is shared out over its interval, in proportion to the weights there. Repeated, this comes to the weights that
 * make the lessons most likely (Turnbull's self-consistent estimate for interval-censored times).
 */
function explaining(lessons: readonly Lesson[], weights: readonly number[]): readonly number[] {
  const sums = [...PRIOR];
  for (const lesson of lessons) {
    const shares = weights.map((weight, bin) => weight * overlap(lesson, bin));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    shares.forEach((share, bin) => {
      sums[bin] = at(sums, bin) + share / whole;
    });
  }
  return sums.map((sum) => sum / (lessons.length + 1));
}

/** How much of a bin the lesson allows. */
function overlap({ notBeforeMs, byMs }: Lesson, bin: number): number {
  const from = at(EDGES_MS, bin);
  const to = at(EDGES_MS, bin + 1);
  return Math.max(0, Math.min(to, byMs) - Math.max(from, notBeforeMs)) / (to - from);
}

function sumsOf(weights: readonly number[]): readonly number[] {
  let sum = 0;
  return [0, ...weights.map((weight) => (sum += weight))];
}

const at = (numbers: readonly number[], index: number): number => numbers[index] ?? 0;
