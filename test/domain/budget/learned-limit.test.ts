import { describe, expect, it } from 'vitest';
import {
  type LearnedLimit,
  learnedChangesAt,
  limitAt,
  refusedAt,
  unlearned,
} from '../../../src/domain/budget/learned-limit.ts';
import { frozen } from '../frozen.ts';

const MINUTE = 60_000;
const CONFIGURED = 10;

/** Refused at these minutes, so many having been started in the one before. */
const refused = (...refusals: readonly (readonly [minute: number, started: number])[]): LearnedLimit =>
  refusals.reduce(
    (learned, [minute, startedInWindow]) =>
      refusedAt(frozen(learned), { startedInWindow, configured: CONFIGURED, now: minute * MINUTE }),
    unlearned,
  );
const limits = (learned: LearnedLimit, ...minutes: readonly number[]) =>
  minutes.map((minute) => limitAt(learned, CONFIGURED, minute * MINUTE));

describe('as long as the help desk refuses nothing', () => {
  it('what is configured is allowed, and no change is awaited', () => {
    expect(limits(unlearned, 0, 1_000_000)).toEqual([10, 10]);
    expect(learnedChangesAt(unlearned, 0)).toBeUndefined();
  });
});

describe('a help desk that refuses though the limit was kept', () => {
  it('is sent no more than it had accepted in the minute before', () => {
    expect(limits(refused([0, 6]), 0, 4.99)).toEqual([6, 6]);
  });

  it('is sent less than is configured, whatever had been started', () => {
    expect(limits(refused([0, 10]), 0)).toEqual([9]);
    expect(limits(refused([0, 14]), 0)).toEqual([9]);
  });

  it('is sent one a minute at least, or it could never be heard again', () => {
    const only = refusedAt(unlearned, { startedInWindow: 0, configured: 1, now: 0 });
    expect(limitAt(only, 1, 0)).toBe(1);
  });

  it('is trusted with one more every five minutes, up to what is configured', () => {
    const learned = refused([0, 6]);
    expect(limits(learned, 5, 9.99, 10, 15, 20, 1_000)).toEqual([7, 7, 8, 9, 10, 10]);
    expect([0, 5, 7].map((minute) => learnedChangesAt(learned, minute * MINUTE))).toEqual([
      5 * MINUTE,
      10 * MINUTE,
      10 * MINUTE,
    ]);
  });

  it('is never sent more than the hours allow, which change meanwhile', () => {
    const learned = refusedAt(unlearned, { startedInWindow: 20, configured: 30, now: 0 });
    expect([30, 10, 30].map((configured) => limitAt(learned, configured, 5 * MINUTE))).toEqual([23, 10, 23]);
  });
});

describe('refusals of one burst', () => {
  it('count once', () => {
    expect(limits(refused([0, 6], [0.01, 7], [0.5, 8], [0.99, 9]), 1)).toEqual([6]);
  });

  it('say the truth in whatever order they come in', () => {
    expect(limits(refused([0, 8], [0.01, 6], [0.02, 7]), 1)).toEqual([6]);
  });

  it('never leave less than half, for little is started after a pause, whatever the limit is', () => {
    expect(limits(refused([0, 0]), 1)).toEqual([5]);
    expect(limits(refused([0, 8], [0.5, 0]), 1)).toEqual([5]);
    expect(limits(refused([0, 0], [2, 0], [4, 0], [6, 0]), 6)).toEqual([1]);
  });

  it('are over after a minute: the next one is a new one, however many came between', () => {
    expect(limits(refused([0, 9], [0.6, 9], [1, 9]), 1)).toEqual([8]);
  });

  it('let the five minutes begin anew', () => {
    expect(limits(refused([0, 6], [0.5, 6]), 5.49, 5.5)).toEqual([6, 7]);
  });
});

describe('a help desk that refuses again', () => {
  it('after some recovery has the step taken back, and the next one comes after twice the time', () => {
    const learned = refused([0, 6], [10, 7]);
    expect(limits(learned, 10, 19.99, 20, 30)).toEqual([7, 7, 8, 9]);
    expect(learnedChangesAt(learned, 10 * MINUTE)).toBe(20 * MINUTE);
  });

  it('and again, is tried once an hour at least', () => {
    let learned = refused([0, 6]);
    const waits: number[] = [];
    let now = 0;
    for (let turn = 0; turn < 7; turn++) {
      const next = learnedChangesAt(learned, now) ?? Number.NaN;
      waits.push((next - now) / MINUTE);
      now = next;
      expect(limitAt(learned, CONFIGURED, now)).toBe(7);
      learned = refusedAt(learned, { startedInWindow: 6, configured: CONFIGURED, now });
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60]);
  });

  it('before the first step has the limit lowered, and is not tried more slowly', () => {
    const learned = refused([0, 6], [2, 3]);
    expect(limits(learned, 2, 6.99, 7)).toEqual([3, 3, 4]);
  });

  it('just when all was recovered is tried more slowly, too', () => {
    expect(limits(refused([0, 9], [5, 9], [15, 9]), 15, 34.99, 35)).toEqual([9, 9, 10]);
  });

  it('when all has been recovered for a step is like one that refuses for the first time', () => {
    const slow = refused([0, 6], [5, 6]);
    expect(limits(slow, 44.99, 45)).toEqual([9, 10]);
    expect(limits(refused([0, 6], [5, 6], [54.99, 6]), 70, 75)).toEqual([6, 7]);
    expect(limits(refused([0, 6], [5, 6], [55, 6]), 59.99, 60)).toEqual([6, 7]);
  });

  it('is forgotten as soon where hundreds are allowed, for a step is a tenth of them', () => {
    const refusedOnceMoreAt = (minute: number) => {
      const once = refusedAt(unlearned, { startedInWindow: 55, configured: 100, now: 0 });
      return refusedAt(once, { startedInWindow: 90, configured: 100, now: minute * MINUTE });
    };
    const first = refusedAt(unlearned, { startedInWindow: 55, configured: 100, now: 0 });
    expect([0, 5, 20, 25].map((minute) => limitAt(first, 100, minute * MINUTE))).toEqual([55, 65, 95, 100]);
    // Recovered just now, and for a step.
    expect([29.99, 30].map((minute) => refusedOnceMoreAt(minute).stepMs)).toEqual([10 * MINUTE, 5 * MINUTE]);
  });
});
