import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WINDOW_MS } from '../../../src/domain/budget/request-window.ts';
import {
  evenSpacingMs,
  priceMs,
  reserveOf,
  SHORTEST_SPACING_MS,
} from '../../../src/domain/budget/reserve.ts';

const NOW = 1_000_000;
const anyLimit = fc.integer({ min: 1, max: 1_000 });

/** So many requests of ten were started a second ago. */
const spent = (count: number, limit = 10) => ({
  limit,
  startedAt: Array.from({ length: count }, () => NOW - 1_000),
});

describe('what a request leaves for the more urgent ones', () => {
  it('is at ten a minute what the bench has found: one, two, three', () => {
    expect(reserveOf(10)).toEqual({ ofEagerPolls: 1, ofBlindPolls: 2, ofTheRest: 3 });
  });

  it.each([
    [1, 0, 0, 0],
    [3, 0, 0, 0],
    [4, 0, 0, 1],
    [6, 0, 0, 1],
    [7, 0, 1, 2],
    [9, 0, 1, 2],
    [10, 1, 2, 3],
    [600, 1, 2, 3],
  ])(
    'at %i a minute is %i of an agent’s caller, %i of other polls, %i of the rest',
    (limit, eager, blind, rest) => {
      expect(reserveOf(limit)).toEqual({ ofEagerPolls: eager, ofBlindPolls: blind, ofTheRest: rest });
    },
  );

  it('lets every kind of request start at some time, and the more urgent never later', () => {
    fc.assert(
      fc.property(anyLimit, (limit) => {
        const { ofEagerPolls, ofBlindPolls, ofTheRest } = reserveOf(limit);
        expect(ofEagerPolls).toBeGreaterThanOrEqual(0);
        expect(ofBlindPolls).toBeGreaterThanOrEqual(ofEagerPolls);
        expect(ofTheRest).toBeGreaterThanOrEqual(ofBlindPolls);
        expect(ofTheRest).toBeLessThan(limit);
      }),
    );
  });
});

describe('how far apart a caller is asked about whose question has failed', () => {
  it('is at ten a minute what seven of them leave', () => {
    expect(evenSpacingMs(10)).toBe(8_572);
  });

  it('is a minute where the limit is one', () => {
    expect(evenSpacingMs(1)).toBe(WINDOW_MS);
  });

  it('is a second at least, for people do not become free faster than that', () => {
    expect(SHORTEST_SPACING_MS).toBe(1_000);
    expect(evenSpacingMs(60)).toBe(1_053);
    expect(evenSpacingMs(1_000)).toBe(1_000);
  });

  it('never spends what is kept for others, at any limit', () => {
    fc.assert(
      fc.property(anyLimit, (limit) => {
        const share = limit - reserveOf(limit).ofTheRest;
        expect(share * evenSpacingMs(limit)).toBeGreaterThanOrEqual(WINDOW_MS);
      }),
    );
  });
});

describe('what a question costs, in time that a caller loses', () => {
  it('is six tenths of a second while ten permits are there', () => {
    expect(priceMs(spent(0), NOW)).toBeCloseTo(600);
  });

  it('is six seconds for the last one, and no more when there is none', () => {
    expect(priceMs(spent(9), NOW)).toBeCloseTo(6_000);
    expect(priceMs(spent(10), NOW)).toBeCloseTo(6_000);
  });

  it('is little where the limit is generous', () => {
    expect(priceMs(spent(0, 100), NOW)).toBeCloseTo(60);
  });

  it('falls when permits come back', () => {
    expect(priceMs(spent(8), NOW + 2 * WINDOW_MS)).toBeCloseTo(600);
  });

  it('never falls with a permit spent', () => {
    fc.assert(
      fc.property(anyLimit, fc.nat(1_000), (limit, count) => {
        const price = priceMs(spent(count, limit), NOW);
        expect(priceMs(spent(count + 1, limit), NOW)).toBeGreaterThanOrEqual(price);
        expect(price).toBeGreaterThan(0);
      }),
    );
  });
});
