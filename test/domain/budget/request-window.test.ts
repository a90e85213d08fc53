import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestWindow } from '../../../src/domain/budget/request-window.ts';
import { permitsAt, permitsLeft, requestStarted } from '../../../src/domain/budget/request-window.ts';
import { frozen } from '../frozen.ts';

const fresh = (limit: number): RequestWindow => ({ limit, startedAt: [] });
const started = (limit: number, ...instants: readonly number[]) =>
  instants.reduce((window, at) => requestStarted(frozen(window), at), fresh(limit));

describe('the window of requests', () => {
  it('lets as many start as the limit says, and no more', () => {
    expect(permitsLeft(fresh(10), 0)).toBe(10);
    expect(permitsLeft(started(3, 0, 1), 1)).toBe(1);
    expect(permitsLeft(started(3, 0, 1, 2), 2)).toBe(0);
  });

  it('gives a permit back a minute and a half second later: the help desk counts when it arrives', () => {
    const window = started(1, 1_000);
    expect(permitsLeft(window, 61_499)).toBe(0);
    expect(permitsLeft(window, 61_500)).toBe(1);
  });

  it('slides: each permit comes back in its own time', () => {
    const window = started(2, 0, 30_000);
    expect([60_499, 60_500, 90_499, 90_500].map((now) => permitsLeft(window, now))).toEqual([0, 1, 1, 2]);
  });

  it('has no permits below none where more were started than the limit now allows', () => {
    expect(permitsLeft({ limit: 2, startedAt: [0, 1, 2, 3] }, 5)).toBe(0);
    expect(permitsAt({ limit: 2, startedAt: [0, 1, 2, 3] }, 1, 5)).toBe(60_502);
  });

  it('keeps only what still counts', () => {
    expect(started(10, 0, 30_000, 60_500).startedAt).toEqual([30_000, 60_500]);
  });

  it('knows when there will be enough', () => {
    const window = started(3, 0, 10_000, 20_000);
    expect([1, 2, 3].map((wanted) => permitsAt(window, wanted, 25_000))).toEqual([60_500, 70_500, 80_500]);
    expect(permitsAt(started(3, 0), 2, 1_000)).toBe(1_000);
  });

  it('never has more than its limit', () => {
    expect(permitsAt(fresh(3), 4, 0)).toBeUndefined();
  });
});

describe('whoever asks the window before each request', () => {
  const pauses = fc.array(fc.oneof(fc.nat(200), fc.nat(15_000), fc.constantFrom(0, 60_000, 60_499, 60_500)), {
    maxLength: 200,
  });

  it('never starts more than the limit in any 60 seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), pauses, (limit, between) => {
        let now = 0;
        let window = fresh(limit);
        const all: number[] = [];
        for (const pause of between) {
          now += pause;
          if (permitsLeft(window, now) === 0) continue;
          window = requestStarted(window, now);
          all.push(now);
        }
        for (const from of all)
          expect(all.filter((at) => at >= from && at <= from + 60_000).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('finds as many permits as promised at the instant promised, and not before', () => {
    const wanted = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), wanted, pauses, (limit, count, between) => {
        let now = 0;
        let window = fresh(limit);
        for (const pause of between) {
          now += pause;
          if (permitsLeft(window, now) > 0) window = requestStarted(window, now);
        }
        const at = permitsAt(window, count, now);
        expect(at === undefined).toBe(count > limit);
        if (at === undefined) return;
        expect(at).toBeGreaterThanOrEqual(now);
        expect(permitsLeft(window, at)).toBeGreaterThanOrEqual(count);
        if (at > now) expect(permitsLeft(window, at - 1)).toBeLessThan(count);
      }),
    );
  });
});
