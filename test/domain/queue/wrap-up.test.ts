import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOver, taught, untaught, type WrapUp } from '../../../src/domain/queue/wrap-up.ts';

/** Asked every so often until the wrap-up is over; what each call teaches. */
function learned(wrapUpsMs: readonly number[], everyMs: number): WrapUp {
  return wrapUpsMs.reduce((known, ms, index) => {
    // Each call is asked about at other instants, as other signs have it.
    const first = ((index * 7) % 10) * (everyMs / 10);
    const asked = first + Math.max(0, Math.ceil((ms - first) / everyMs)) * everyMs;
    return taught(known, { notBeforeMs: Math.max(0, asked - everyMs), byMs: asked });
  }, untaught);
}
const timer = (ms: number) => Array.from({ length: 30 }, () => ms);

describe('how long agents are left alone after a call', () => {
  it('is taken for nothing at all before anybody has shown it', () => {
    expect(chanceOver(untaught, 300, undefined)).toBeGreaterThan(0.85);
  });

  it('may be anything, where it was not nothing', () => {
    const half = chanceOver(untaught, 60_000, 1_000);
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.95);
  });

  it.each([2_000, 20_000, 60_000])('is learned where it is always %d ms', (ms) => {
    const known = learned(timer(ms), ms / 4);
    expect(chanceOver(known, ms * 0.8, undefined)).toBeLessThan(0.25);
    expect(chanceOver(known, ms * 1.2, undefined)).toBeGreaterThan(0.75);
  });

  it('is learned within a few calls', () => {
    const known = learned(timer(20_000).slice(0, 6), 5_000);
    expect(chanceOver(known, 10_000, 1_000)).toBeLessThan(0.2);
    expect(chanceOver(known, 26_000, 1_000)).toBeGreaterThan(0.8);
  });

  it('is learned anew where the account changes it', () => {
    const before = learned(timer(60_000), 10_000);
    const after = timer(10_000).reduce(
      (known) => taught(known, { notBeforeMs: 8_000, byMs: 11_000 }),
      before,
    );
    expect(chanceOver(after, 12_000, undefined)).toBeGreaterThan(0.5);
    expect(chanceOver(before, 12_000, undefined)).toBeLessThan(0.2);
  });

  it('is that of the last forty calls, however many came before', () => {
    const lesson = (ms: number) => ({ notBeforeMs: ms * 0.9, byMs: ms * 1.1 });
    const years = Array.from({ length: 200 }, () => lesson(60_000));
    const known = [...years, ...Array.from({ length: 40 }, () => lesson(10_000))].reduce(taught, untaught);
    expect(chanceOver(known, 12_000, undefined)).toBeGreaterThan(0.9);
  });

  it('spreads where every agent takes another time', () => {
    const known = learned([10_000, 14_000, 18_000, 22_000, 26_000, 30_000, 34_000, 38_000], 2_000);
    expect(chanceOver(known, 24_000, undefined)).toBeGreaterThan(0.3);
    expect(chanceOver(known, 24_000, undefined)).toBeLessThan(0.7);
  });

  it('is more likely over the longer it has lasted', () => {
    const known = learned(timer(20_000), 5_000);
    expect(chanceOver(known, 22_000, 19_000)).toBeGreaterThan(chanceOver(known, 22_000, undefined) * 0.8);
  });

  it('says nothing of an agent who should have been back long ago', () => {
    const known = taught(learned(timer(5_000), 1_000), { notBeforeMs: 4_500, byMs: 5_500 });
    expect(chanceOver(known, 400_000, 299_999)).toBe(0);
  });

  it('is not learned from an answer that came before its question, or from an agent idle for long', () => {
    expect(taught(untaught, { notBeforeMs: 5_000, byMs: 5_000 })).toBe(untaught);
    expect(taught(untaught, { notBeforeMs: 0, byMs: 300_001 })).toBe(untaught);
  });

  it('is a chance, and never falls as time passes, whatever was seen', () => {
    const lesson = fc
      .tuple(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1, max: 100_000 }))
      .map(([notBeforeMs, more]) => ({ notBeforeMs, byMs: notBeforeMs + more }));
    const instants = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(lesson, { maxLength: 60 }), instants, fc.nat(100_000), (lessons, at, denied) => {
        const known = lessons.reduce(taught, untaught);
        const sorted = at.toSorted((one, other) => one - other);
        const chances = sorted.map((ms) => chanceOver(known, Math.max(denied, ms), denied));
        for (const [index, chance] of chances.entries()) {
          expect(chance).toBeGreaterThanOrEqual((chances[index - 1] ?? 0) - 1e-9);
          expect(chance).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });
});
