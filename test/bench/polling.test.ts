import { describe, expect, test } from 'vitest';
import { WAY } from '../../bench/polling/assumptions.ts';
import { NO_LIMIT, OURS, SAME_LIMIT } from '../../bench/polling/contenders/contenders.ts';
import { type DayTrace, drawDay } from '../../bench/polling/day-trace.ts';
import { figuresOf } from '../../bench/polling/figures.ts';
import { playDay } from '../../bench/polling/play-day.ts';
import type { Setting } from '../../bench/polling/settings.ts';

/** Two queues that share an agent, and nobody who dials out. */
const OFFICE: Setting = {
  name: 'office',
  prose: '',
  queues: [
    { name: 'sales', agents: ['1001', '1002'], callsPerMinuteAtPeak: 0.3 },
    { name: 'support', agents: ['1002', '1003'], callsPerMinuteAtPeak: 0.3 },
  ],
  talkMs: 150_000,
  wrapUp: { kind: 'by hand', meanMs: 20_000 },
  ownCalls: { perAgentAndHour: 0, meanMs: 60_000 },
  isOverload: false,
};
/**
 * Four queues in a row, each sharing an agent with the next. So many callers come that the limit binds; when agents are
 * done wrapping up, or make calls of their own, can only be guessed from outside.
 */
const BUSY_OFFICE: Setting = {
  ...OFFICE,
  queues: [
    { name: 'sales', agents: ['1001', '1002', '1003'], callsPerMinuteAtPeak: 0.6 },
    { name: 'support', agents: ['1003', '1004', '1005'], callsPerMinuteAtPeak: 0.6 },
    { name: 'billing', agents: ['1005', '1006', '1007'], callsPerMinuteAtPeak: 0.6 },
    { name: 'orders', agents: ['1007', '1008', '1009'], callsPerMinuteAtPeak: 0.6 },
  ],
  talkMs: 90_000,
  wrapUp: { kind: 'by hand', meanMs: 40_000 },
  ownCalls: { perAgentAndHour: 6, meanMs: 90_000 },
};
const MORNING_ENDS_AT_MS = 4 * 3_600_000;

/** Nobody calls in the afternoon. */
function morningOf({ callers, ownCalls, ...day }: DayTrace): DayTrace {
  return {
    ...day,
    callers: callers.filter(({ arrivesAt }) => arrivesAt < MORNING_ENDS_AT_MS),
    ownCalls: ownCalls.filter(({ startsAt }) => startsAt < MORNING_ENDS_AT_MS),
  };
}

const quiet = morningOf(drawDay(OFFICE, 1));
const busy = morningOf(drawDay(BUSY_OFFICE, 1));
const ours = await playDay(busy, OURS);
// Only `OURS` itself is watched for lost seconds.
const oursUnwatched = await playDay(busy, { ...OURS });
const sameLimit = await playDay(busy, SAME_LIMIT);
const noLimit = await playDay(busy, NO_LIMIT);
const clairvoyants = { noLimit: [noLimit], sameLimit: [sameLimit] };

const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);

describe('a day at the office', () => {
  test('is the same for the same seed, and another for another', () => {
    const day = drawDay(OFFICE, 1);
    expect(drawDay(OFFICE, 1)).toEqual(day);
    expect(drawDay(OFFICE, 2)).not.toEqual(day);
  });

  test('comes to the same figures however often it is played, watched or not', () => {
    expect(sumOf(Object.values(oursUnwatched.lost))).toBe(0);
    expect({ ...oursUnwatched, lost: ours.lost }).toEqual(ours);
  });

  test.each([
    ['the daemon', ours],
    ['the clairvoyant with the limit', sameLimit],
    ['the clairvoyant without limit', noLimit],
  ])('ends for every caller, and Movidesk hears how after they are gone, from %s', (_who, { visits }) => {
    expect(visits.map(({ caller }) => caller)).toEqual(busy.callers);
    expect(visits.map(({ fate }) => fate)).not.toContain(undefined);
    expect(visits.map(({ fate }) => fate)).toContain('answered');
    const delays = visits.map(({ goneAt, endingHeardAt }) => (endingHeardAt ?? Infinity) - (goneAt ?? 0));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(WAY.shortestMs);
    expect(Math.max(...delays)).toBeLessThan(Infinity);
  });
});

describe('the daemon', () => {
  test('keeps within the limit', () => {
    expect(ours.beyondLimit).toBe(0);
  });

  test('is watched losing time in every way there is, for no longer than callers wait', () => {
    const lost = Object.values(ours.lost);
    expect(Math.min(...lost)).toBeGreaterThan(0);
    expect(sumOf(lost)).toBeLessThan(sumOf(ours.visits.map(({ waitMs }) => waitMs / 1_000)));
  });

  test('loses to endings on their way no more than they are on their way', () => {
    const talks = ours.visits.filter(({ fate }) => fate === 'answered');
    const owedMs = talks.map(({ goneAt = 0, endingHeardAt = Infinity }) => endingHeardAt - goneAt);
    // No agent is of more than two queues whose heads may wait for them.
    expect(ours.lost['ending not delivered']).toBeLessThan((2 * sumOf(owedMs)) / 1_000);
  });
});

describe('a clairvoyant', () => {
  test('without limit asks in vain only where agents dial out', async () => {
    const { polls, offers } = await playDay(quiet, NO_LIMIT);
    expect(offers).toBeGreaterThan(0);
    expect(polls - offers).toBe(0);
    expect(noLimit.polls - noLimit.offers).toBeGreaterThan(0);
  });

  test('with the limit keeps within it, on a day on which the one without does not', () => {
    expect(noLimit.beyondLimit).toBeGreaterThan(0);
    expect(sameLimit.beyondLimit).toBe(0);
  });

  test('without limit never waits to tell an ending', () => {
    const { anyEndingDelayP95 } = figuresOf(NO_LIMIT.name, [noLimit], clairvoyants);
    expect(anyEndingDelayP95).toBeLessThan(WAY.longestMs / 1_000);
  });

  test('keeps callers waiting for less than the daemon does', () => {
    const { overNoLimit, overSameLimit } = figuresOf(OURS.name, [ours], clairvoyants);
    // A difference of less than three standard errors could be luck.
    expect(overNoLimit.mean).toBeGreaterThan(3 * overNoLimit.error);
    expect(overSameLimit.mean).toBeGreaterThan(3 * overSameLimit.error);
  });
});
