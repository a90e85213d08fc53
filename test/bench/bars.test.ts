import { describe, expect, test } from 'vitest';
import { type Bar, barsOf, type Outcome } from '../../bench/polling/bars.ts';
import { NO_LIMIT, OURS, SAME_LIMIT } from '../../bench/polling/contenders/contenders.ts';
import type { Excess, Figures } from '../../bench/polling/figures.ts';
import { mapLosses } from '../../bench/polling/lost-seconds.ts';
import { aSetting } from './builders.ts';

const excess = (mean: number): Excess => ({ mean, error: 0, p95: mean });

/** Somebody who clears every bar by far; whatever no bar looks at is as bad as can be. */
function somebody(contender: string, changes: Partial<Figures> = {}): Figures {
  return {
    contender,
    callers: 100,
    answeredShare: 0,
    meanWait: Infinity,
    overNoLimit: excess(1),
    overSameLimit: excess(Infinity),
    requestsPerAnswered: 3,
    wastedPollsPerAnswered: Infinity,
    endingDelayP95: 1,
    unheardShare: 1,
    unheardDelayP95: Infinity,
    anyEndingDelayP95: Infinity,
    jumps: { 'first poll': 0, 'later poll': 0, return: 0 },
    beyondLimit: 0,
    lost: mapLosses(() => Infinity),
    ...changes,
  };
}

const NOBODY_ELSE_COUNTS: Partial<Figures> = {
  requestsPerAnswered: 99,
  endingDelayP95: 99,
  jumps: { 'first poll': 1, 'later poll': 1, return: 1 },
  beyondLimit: 99,
};

interface Means {
  readonly field?: readonly number[];
  readonly sameLimit?: number;
  readonly noLimit?: number;
}

/** How ours did in a setting, among others who break every rule. */
function outcome(
  ours: Partial<Figures>,
  { field = [100], sameLimit = 1, noLimit = 0 }: Means = {},
  isOverload = false,
): Outcome {
  const other = (name: string, mean: number) =>
    somebody(name, { ...NOBODY_ELSE_COUNTS, overNoLimit: excess(mean) });
  const figures = [
    ...field.map((mean, index) => other(`field ${index}`, mean)),
    somebody(OURS.name, ours),
    other(SAME_LIMIT.name, sameLimit),
    other(NO_LIMIT.name, noLimit),
  ];
  return { setting: aSetting({ isOverload }), figures };
}

const overloaded = (ours: Partial<Figures>, means?: Means): Outcome => outcome(ours, means, true);
const waiting = (mean: number): Partial<Figures> => ({ overNoLimit: excess(mean) });

/** The one bar whose promise says so. */
function barOf(words: string, outcomes: readonly Outcome[]): Bar {
  const found = barsOf(outcomes).filter(({ what }) => what.includes(words));
  expect(found).toHaveLength(1);
  const [bar] = found;
  if (bar === undefined) throw new Error(`no bar says ${words}`);
  return bar;
}

const isHeld = (words: string, ...outcomes: Outcome[]): boolean => barOf(words, outcomes).isHeld;

describe('a run', () => {
  test('holds all seven bars where ours does well', () => {
    expect(barsOf([outcome({})]).map((bar) => bar.isHeld)).toEqual(Array(7).fill(true));
  });

  test('is no run without ours', () => {
    const { setting, figures } = outcome({});
    const others = figures.filter(({ contender }) => contender !== OURS.name);
    expect(() => barsOf([{ setting, figures: others }])).toThrow('ours did not play');
  });

  test('shows each setting, and where it fell short', () => {
    const { measured } = barOf('windows over the limit', [outcome({}), outcome({ beyondLimit: 2 })]);
    expect(measured).toBe('office 0.0, office 2.0 (!)');
  });
});

describe('the least excess wait of the field', () => {
  const LEAST = 'least mean excess wait';

  test('is less than the best of the others, and equal is not less', () => {
    expect(isHeld(LEAST, outcome(waiting(4.99), { field: [9, 5, 7] }))).toBe(true);
    expect(isHeld(LEAST, outcome(waiting(5), { field: [9, 5, 7] }))).toBe(false);
  });

  test('is not asked of us against the clairvoyants', () => {
    expect(isHeld(LEAST, outcome(waiting(4), { field: [5], sameLimit: 3, noLimit: 2 }))).toBe(true);
  });

  test('is wanted in every setting, overload among them', () => {
    const better = outcome(waiting(4), { field: [5] });
    const worse = waiting(6);
    expect(isHeld(LEAST, better, better, better, better, better, outcome(worse, { field: [5] }))).toBe(false);
    expect(isHeld(LEAST, better, overloaded(worse, { field: [5] }))).toBe(false);
  });

  test('shows both', () => {
    const { measured } = barOf(LEAST, [outcome(waiting(4), { field: [9, 5] })]);
    expect(measured).toBe('office 4.0 of 5.0 s');
  });
});

describe('the nearness to the clairvoyant', () => {
  const NEAR = 'the clairvoyant with the same limit';
  const near = outcome(waiting(30), { sameLimit: 10 });
  const far = outcome(waiting(30.01), { sameLimit: 10 });

  test('is at most three times the excess of the one with the same limit', () => {
    // 3 and 3.001 times; the one without limit has an excess of 0 over itself.
    expect(isHeld(NEAR, near)).toBe(true);
    expect(isHeld(NEAR, far)).toBe(false);
  });

  test('is wanted in four settings of six', () => {
    expect(isHeld(NEAR, near, near, near, near, far, far)).toBe(true);
    expect(isHeld(NEAR, near, near, near, far, far, far)).toBe(false);
    expect(barOf(NEAR, [near, near, near, near, far, far]).what).toContain('in 4 of 6');
  });

  test('is wanted of an overload, too', () => {
    expect(isHeld(NEAR, overloaded(waiting(30.01), { sameLimit: 10 }))).toBe(false);
  });
});

describe('the limit', () => {
  const LIMIT = 'windows over the limit';

  test('is never exceeded, not once', () => {
    expect(isHeld(LIMIT, outcome({ beyondLimit: 0 }))).toBe(true);
    expect(isHeld(LIMIT, outcome({ beyondLimit: 0 }), outcome({ beyondLimit: 1 }))).toBe(false);
  });

  test('holds under overload, too', () => {
    expect(isHeld(LIMIT, overloaded({ beyondLimit: 1 }))).toBe(false);
  });
});

describe('the delay of endings', () => {
  const DELAY = 'endings’ delay';

  test('is under 15 s, and 15 s is not', () => {
    expect(isHeld(DELAY, outcome({ endingDelayP95: 14.99 }))).toBe(true);
    expect(isHeld(DELAY, outcome({}), outcome({ endingDelayP95: 15 }))).toBe(false);
    expect(isHeld(DELAY, outcome({ endingDelayP95: Infinity }))).toBe(false);
  });

  test('is missed by a run in which nobody was heard of', () => {
    expect(isHeld(DELAY, outcome({ endingDelayP95: Number.NaN }))).toBe(false);
  });

  test('is not asked for under overload', () => {
    expect(isHeld(DELAY, outcome({}), overloaded({ endingDelayP95: 15 }))).toBe(true);
  });
});

describe('the order', () => {
  const ORDER = 'order inversions';
  const LATER = 'none by a later poll';
  const jumps = (firstPoll: number, laterPoll: number, back: number): Partial<Figures> => ({
    jumps: { 'first poll': firstPoll, 'later poll': laterPoll, return: back },
  });

  test.each([
    ['by a first poll', jumps(0.0199, 0, 0), jumps(0.02, 0, 0)],
    ['by a later poll', jumps(0, 0.0199, 0), jumps(0, 0.02, 0)],
    ['by a return', jumps(0, 0, 0.0199), jumps(0, 0, 0.02)],
    ['by all of them', jumps(0.006, 0.006, 0.006), jumps(0.007, 0.007, 0.007)],
  ])('is turned round for less than 2 %% of the callers, %s', (_by, few, many) => {
    expect(isHeld(ORDER, outcome(few))).toBe(true);
    expect(isHeld(ORDER, outcome({}), outcome(many))).toBe(false);
    expect(isHeld(ORDER, overloaded(many))).toBe(false);
  });

  test('is never turned round by a later poll', () => {
    expect(isHeld(LATER, outcome(jumps(0.5, 0, 0.5)))).toBe(true);
    expect(isHeld(LATER, outcome({}), outcome(jumps(0, 0.0001, 0)))).toBe(false);
    expect(isHeld(LATER, overloaded(jumps(0, 0.0001, 0)))).toBe(false);
  });
});

describe('the requests for an answered call', () => {
  const REQUESTS = 'requests per answered call';

  test('are 4.5 at most', () => {
    expect(isHeld(REQUESTS, outcome({ requestsPerAnswered: 4.5 }))).toBe(true);
    expect(isHeld(REQUESTS, outcome({}), outcome({ requestsPerAnswered: 4.51 }))).toBe(false);
  });

  test('are not counted under overload', () => {
    expect(isHeld(REQUESTS, outcome({}), overloaded({ requestsPerAnswered: 4.51 }))).toBe(true);
  });
});
