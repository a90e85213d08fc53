import { describe, expect, test } from 'vitest';
import { type Excess, type Figures, figuresOf } from '../../bench/polling/figures.ts';
import type { Visit } from '../../bench/polling/journal.ts';
import { LOSSES, mapLosses } from '../../bench/polling/lost-seconds.ts';
import type { DayPlayed } from '../../bench/polling/play-day.ts';
import { aDay, aVisit } from './builders.ts';

const HOUR_MS = 3_600_000;

const waited = (seconds: number, arrivesAt = 0): Visit => aVisit({ waitMs: seconds * 1_000, arrivesAt });
const dayOf = (...seconds: number[]): DayPlayed => aDay(seconds.map((each) => waited(each)));
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Of days for which no clairvoyant matters: each compared with itself. */
const figures = (...days: DayPlayed[]): Figures =>
  figuresOf('somebody', days, { noLimit: days, sameLimit: days });

/** Of each hour, seconds that its callers waited, over a clairvoyant with whom nobody waits. */
function overNobodyWaiting(...days: Readonly<Record<number, readonly number[]>>[]): Excess {
  const played = days.map((hours) =>
    aDay(Object.entries(hours).flatMap(([hour, all]) => all.map((one) => waited(one, Number(hour))))),
  );
  const noLimit = played.map(({ visits }) => aDay(visits.map((visit) => ({ ...visit, waitMs: 0 }))));
  return figuresOf('somebody', played, { noLimit, sameLimit: noLimit }).overNoLimit;
}

describe('callers of all days', () => {
  test('are counted together, under the name of whom they met', () => {
    expect(figures(dayOf(1, 2), dayOf(3))).toMatchObject({ contender: 'somebody', callers: 3 });
  });

  test('weigh the same in the mean wait, however many their day had', () => {
    // (10 + 20 + 60) / 3; the mean of the days' means would be 37.5.
    expect(figures(dayOf(10, 20), dayOf(60)).meanWait).toBe(30);
  });

  test('count as answered only where an agent answered', () => {
    const day = aDay([aVisit(), aVisit({ fate: 'gave up' }), aVisit({ fate: 'sent away' })]);
    expect(figures(day, aDay([aVisit()])).answeredShare).toBe(2 / 4);
  });
});

describe('the excess over a clairvoyant', () => {
  test('is the difference in the mean, over each of the two', () => {
    // Means 30, 10 and 25.
    const clairvoyants = { noLimit: [dayOf(0, 20)], sameLimit: [dayOf(10, 40)] };
    const { overNoLimit, overSameLimit } = figuresOf('ours', [dayOf(20, 40)], clairvoyants);
    expect([overNoLimit.mean, overSameLimit.mean]).toEqual([20, 5]);
  });

  test('compares each caller with themself', () => {
    // 10 - 40 and 50 - 0; the best served with the best served would be 10 and 0.
    const best = [dayOf(40, 0)];
    const { overNoLimit } = figuresOf('ours', [dayOf(10, 50)], { noLimit: best, sameLimit: best });
    expect(overNoLimit).toMatchObject({ mean: 10, p95: 50 });
  });

  test('compares each day with the same day', () => {
    // 10 - 0 and 100 - 100; with the first day for both the worst would be 100.
    const best = [dayOf(0), dayOf(100)];
    const { overSameLimit } = figuresOf('ours', [dayOf(10), dayOf(100)], { noLimit: best, sameLimit: best });
    expect(overSameLimit).toMatchObject({ mean: 5, p95: 10 });
  });

  test('is no number where the clairvoyant has not played', () => {
    const { overNoLimit } = figuresOf('ours', [dayOf(10)], { noLimit: [], sameLimit: [] });
    expect(overNoLimit.mean).toBeNaN();
  });
});

describe('the 95th percentile', () => {
  test('of a hundred is the one that 95 stay under, whoever came first', () => {
    // Every wait from 0 to 99, in another order: 37 and 100 have no common divisor.
    const waits = range(100).map((index) => (37 * index) % 100);
    expect(overNobodyWaiting({ 0: waits }).p95).toBe(95);
  });

  test('is in the order of numbers, not of their digits', () => {
    // By digits it goes 1, 10, 11 … 19, 2, 20, 3 … 9.
    expect(overNobodyWaiting({ 0: range(20).map((index) => index + 1) }).p95).toBe(20);
  });
});

describe('the standard error of the mean excess', () => {
  test('takes callers of the same hour for one', () => {
    // Mean 4. The hours stray by (1 - 4) + (3 - 4) = -4, by 1 and by 3: √(16 + 1 + 9) / 4. Caller by caller it would be √20 / 4.
    const { mean, error } = overNobodyWaiting({ 0: [1, 3], [HOUR_MS]: [5], [2 * HOUR_MS]: [7] });
    expect(mean).toBe(4);
    expect(error).toBeCloseTo(Math.sqrt(26) / 4, 10);
  });

  test('lets strays of the same hour make up for each other', () => {
    // Mean 4. The only hour strays by -3 + 3; the next begins a millisecond after the last of these came.
    expect(overNobodyWaiting({ 0: [1], [HOUR_MS - 1]: [7] }).error).toBe(0);
    // Mean 4. Two hours stray by -3 and by 3: √18 / 2.
    expect(overNobodyWaiting({ 0: [1], [HOUR_MS]: [7] }).error).toBeCloseTo(Math.sqrt(18) / 2, 10);
  });

  test('holds the same hour of two days for two', () => {
    // Mean 4, strays -3 and 3: √18 / 2. As one hour it would be 0.
    expect(overNobodyWaiting({ 0: [1] }, { 0: [7] }).error).toBeCloseTo(Math.sqrt(18) / 2, 10);
  });
});

describe('what Movidesk was asked', () => {
  const unanswered = aVisit({ fate: 'gave up' });
  // Four answered calls of six.
  const days = [
    aDay([aVisit(), aVisit(), aVisit(), unanswered], { requests: 11, polls: 9, offers: 5, beyondLimit: 2 }),
    aDay([aVisit(), unanswered], { requests: 19, polls: 6, offers: 2, beyondLimit: 5 }),
  ];

  test('is divided by the calls that were answered', () => {
    // (11 + 19) / 4
    expect(figures(...days).requestsPerAnswered).toBe(7.5);
  });

  test('was in vain as often as no phone rang for it', () => {
    // ((9 - 5) + (6 - 2)) / 4
    expect(figures(...days).wastedPollsPerAnswered).toBe(2);
  });

  test('beyond the limit is summed up', () => {
    expect(figures(...days).beyondLimit).toBe(7);
  });
});

describe('the delay of endings', () => {
  /** Callers gone after a minute whose endings were heard so many seconds later. */
  const told = (polls: number, delays: readonly number[]): Visit[] =>
    delays.map((delay) => aVisit({ polls, goneAt: 60_000, endingHeardAt: 60_000 + 1_000 * delay }));

  test('is told apart by whether Movidesk knew of the caller', () => {
    // Of twenty the p95 is the last, of forty the 39th.
    const known = range(20);
    const unknown = range(20).map((index) => 100 + index);
    const found = figures(aDay(told(1, known)), aDay(told(0, unknown)));
    expect(found).toMatchObject({ endingDelayP95: 19, unheardDelayP95: 119, anyEndingDelayP95: 118 });
  });

  test('shares the callers of whom it never heard while they were here among all', () => {
    expect(figures(aDay([...told(0, [1]), ...told(1, [1, 1])]), aDay(told(2, [1]))).unheardShare).toBe(1 / 4);
  });

  test('is without end for an ending that was never heard', () => {
    const never = aVisit({ polls: 1, goneAt: 60_000, endingHeardAt: undefined });
    // One of twenty is within the worst twentieth, one of twenty-one is not.
    expect(figures(aDay([never, ...told(1, range(19))])).endingDelayP95).toBe(Infinity);
    expect(figures(aDay([never, ...told(1, range(20))])).endingDelayP95).toBe(19);
  });

  test('is no number where there was nobody of the kind', () => {
    expect(figures(aDay(told(1, [1]))).unheardDelayP95).toBeNaN();
    expect(figures(aDay(told(0, [1]))).endingDelayP95).toBeNaN();
  });
});

describe('callers who were offered to an agent before somebody who had waited longer', () => {
  test('are told apart, as shares of all callers', () => {
    const kinds = ['first poll', 'later poll', 'later poll', 'return', 'return', 'return'] as const;
    const jumped = kinds.map((jumpedBy) => aVisit({ jumpedBy }));
    // Ten callers on two days; whether they were answered is another matter.
    const rest = range(4).map(() => aVisit({ fate: 'gave up' }));
    const { jumps } = figures(aDay(jumped), aDay(rest));
    expect(jumps).toEqual({ 'first poll': 0.1, 'later poll': 0.2, return: 0.3 });
  });
});

describe('seconds lost', () => {
  test('are told for each answered call, loss by loss', () => {
    // 1, 2, 3 … on one day, ten times as many on the other; two of three callers answered.
    const lostTimes = (times: number) => mapLosses((loss) => times * (LOSSES.indexOf(loss) + 1));
    const days = [
      aDay([aVisit(), aVisit({ fate: 'sent away' })], { lost: lostTimes(1) }),
      aDay([aVisit()], { lost: lostTimes(10) }),
    ];
    expect(figures(...days).lost).toEqual(lostTimes(11 / 2));
  });
});
