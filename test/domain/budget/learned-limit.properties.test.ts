import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LearnedLimit,
  learnedChangesAt,
  limitAt,
  refusedAt,
  unlearned,
} from '../../../src/domain/budget/learned-limit.ts';
import type { RequestWindow } from '../../../src/domain/budget/request-window.ts';
import { permitsLeft, requestStarted } from '../../../src/domain/budget/request-window.ts';

const MINUTE = 60_000;
const configured = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6_000 }));
// Fractions of milliseconds, as the machine's clock has them.
const wait = fc.oneof(
  fc.nat(2_000),
  fc.nat(20 * MINUTE),
  fc.constantFrom(0, MINUTE, 5 * MINUTE, 600 * MINUTE),
  fc.double({ min: 0, max: 100 * MINUTE, noNaN: true }),
);
const refusal = fc.record({ afterMs: wait, startedInWindow: fc.nat(40), configured });

interface Moment {
  readonly before: LearnedLimit;
  readonly after: LearnedLimit;
  readonly now: number;
  readonly configured: number;
}

function everyHistory(law: (moments: readonly Moment[]) => void): void {
  fc.assert(
    fc.property(fc.array(refusal, { minLength: 1, maxLength: 30 }), (refusals) => {
      let now = 0;
      let before = unlearned;
      const moments = refusals.map((each) => {
        now += each.afterMs;
        const after = refusedAt(before, { ...each, now });
        const moment = { before, after, now, configured: each.configured };
        before = after;
        return moment;
      });
      law(moments);
    }),
    { numRuns: 300 },
  );
}

describe('whatever was refused, and when', () => {
  it('at least one request a minute is allowed, never more than configured, and whole ones', () => {
    everyHistory((moments) => {
      for (const { after, now, configured: most } of moments)
        for (const at of [now, now + MINUTE, now + 6 * MINUTE, now + 1e9]) {
          expect(limitAt(after, most, at)).toBeGreaterThanOrEqual(1);
          expect(limitAt(after, most, at)).toBeLessThanOrEqual(most);
          expect(Number.isInteger(limitAt(after, most, at))).toBe(true);
        }
    });
  });

  it('a refusal never leads to more, and a first one of a burst to less, where less is possible', () => {
    everyHistory((moments) => {
      for (const { before, after, now, configured: most } of moments) {
        const [was, is] = [limitAt(before, most, now), limitAt(after, most, now)];
        expect(is).toBeLessThanOrEqual(was);
        if (after.burstBeganAt !== before.burstBeganAt) expect(is).toBeLessThanOrEqual(Math.max(1, was - 1));
      }
    });
  });

  it('what is allowed grows by a tenth until it is refused again, at the instants that are told', () => {
    everyHistory((moments) => {
      for (const { after, now } of moments) {
        let at = now;
        for (let step = 0; step < 4; step++) {
          const next = learnedChangesAt(after, at) ?? Number.NaN;
          expect(next).toBeGreaterThan(at);
          expect(next - at).toBeLessThanOrEqual(60 * MINUTE);
          expect(limitAt(after, 6_000, next - 0.01)).toBe(limitAt(after, 6_000, at));
          expect(limitAt(after, 6_000, next)).toBe(Math.min(6_000, limitAt(after, 6_000, at) + 600));
          at = next;
        }
      }
    });
  });

  it('all is recovered in time, be it only in an hour for each request', () => {
    everyHistory((moments) => {
      const { after, now } = moments.at(-1) ?? { after: unlearned, now: 0 };
      expect(limitAt(after, 12, now + 11 * 60 * MINUTE)).toBe(12);
    });
  });
});

/** Six hours of somebody who always has something to send, and of a help desk that takes less than is configured. */
function busyHours(takes: number, configuredLimit: number) {
  let learned = unlearned;
  let window: RequestWindow = { limit: configuredLimit, startedAt: [] };
  let pausedUntil = 0;
  const accepted: number[] = [];
  const refusals: number[] = [];
  for (let now = 0; now < 360 * MINUTE; now += 1_000) {
    window = { ...window, limit: limitAt(learned, configuredLimit, now) };
    while (now >= pausedUntil && permitsLeft(window, now) > 0) {
      const startedInWindow = window.startedAt.filter((at) => now - at < MINUTE).length;
      window = requestStarted(window, now);
      if (accepted.filter((at) => now - at < MINUTE).length < takes) {
        accepted.push(now);
        continue;
      }
      refusals.push(now);
      learned = refusedAt(learned, { startedInWindow, configured: configuredLimit, now });
      pausedUntil = now + MINUTE;
    }
  }
  return { accepted, refusals };
}

describe('a help desk that takes less than is configured, all day long', () => {
  it.each([
    [3, 10],
    [5, 10],
    [9, 10],
    [1, 2],
    [10, 30],
  ])('and takes %i where %i are configured, refuses ten requests in six hours at most', (takes, most) => {
    const { accepted, refusals } = busyHours(takes, most);
    // At the beginning, after 5, 10, 20, 40 minutes, and then once an hour.
    expect(refusals.length).toBeGreaterThan(1);
    expect(refusals.length).toBeLessThanOrEqual(10);
    // Each costs a minute's pause, and the window's half second is lost with each.
    expect(accepted.length).toBeGreaterThan(0.9 * 360 * takes);
  });
});
