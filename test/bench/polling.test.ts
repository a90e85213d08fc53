import { describe, expect, test } from 'vitest';
import { NO_LIMIT, OURS, SAME_LIMIT } from '../../bench/polling/contenders/contenders.ts';
import { drawDay } from '../../bench/polling/day-trace.ts';
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
 * Three queues in a row, each sharing an agent with the next. Agents who wrap up for long and make calls of their own are
 * what can only be guessed from outside: over this day the daemon is some seven standard errors behind the clairvoyants.
 */
const busyOffice: Setting = {
  ...OFFICE,
  queues: [
    { name: 'sales', agents: ['1001', '1002', '1003'], callsPerMinuteAtPeak: 0.6 },
    { name: 'support', agents: ['1003', '1004', '1005'], callsPerMinuteAtPeak: 0.6 },
    { name: 'billing', agents: ['1005', '1006', '1007'], callsPerMinuteAtPeak: 0.6 },
  ],
  talkMs: 90_000,
  wrapUp: { kind: 'by hand', meanMs: 40_000 },
  ownCalls: { perAgentAndHour: 6, meanMs: 90_000 },
};

const day = drawDay(OFFICE, 1);
const busyDay = drawDay(busyOffice, 1);
const ours = await playDay(busyDay, OURS);
const oursAgain = await playDay(busyDay, OURS);
const sameLimit = await playDay(busyDay, SAME_LIMIT);
const noLimit = await playDay(busyDay, NO_LIMIT);

describe('a day at the office', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(drawDay(OFFICE, 1)).toEqual(day);
    expect(drawDay(OFFICE, 2)).not.toEqual(day);
  });

  test('comes to the same figures however often it is played', () => {
    expect(oursAgain).toEqual(ours);
  });

  test('ends for every caller, and Movidesk hears how', () => {
    const { visits } = ours;
    expect(visits.map(({ caller }) => caller)).toEqual(busyDay.callers);
    const isOpen = visits.map((visit) => visit.fate === undefined || visit.endingHeardAt === undefined);
    expect(isOpen).not.toContain(true);
    expect(visits.map(({ fate }) => fate)).toContain('answered');
  });
});

describe('a clairvoyant', () => {
  test('without limit never asks in vain where nobody dials out', async () => {
    const { polls, offers } = await playDay(day, NO_LIMIT);
    expect(offers).toBeGreaterThan(0);
    expect(polls - offers).toBe(0);
  });

  test('with the limit keeps within it, on a day on which the one without does not', () => {
    expect(noLimit.beyondLimit).toBeGreaterThan(0);
    expect(sameLimit.beyondLimit).toBe(0);
  });

  test('keeps callers waiting for less than the daemon does', () => {
    const clairvoyants = { noLimit: [noLimit], sameLimit: [sameLimit] };
    const { overNoLimit, overSameLimit } = figuresOf(OURS.name, [ours], clairvoyants);
    // One way or the other by less than three standard errors could be luck.
    expect(overNoLimit.mean).toBeGreaterThan(3 * overNoLimit.error);
    expect(overSameLimit.mean).toBeGreaterThan(3 * overSameLimit.error);
  });
});
