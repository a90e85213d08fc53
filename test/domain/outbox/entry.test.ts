import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontEntries, isEnding, retryDelayMs } from '../../../src/domain/outbox/entry.ts';
import { anEntry, aReport } from './entries.ts';

const seqs = (entries: Parameters<typeof frontEntries>[0]) => frontEntries(entries).map(({ seq }) => seq);

describe('the reports of a call', () => {
  it('are delivered one at a time, in the order in which they happened', () => {
    const told = [anEntry(4, 'transfered', 'a'), anEntry(9, 'completed', 'a')];
    expect(seqs(told)).toEqual([4]);
    expect(seqs(told.toReversed())).toEqual([4]);
  });

  it('do not wait for those of another call', () => {
    const told = [
      anEntry(1, 'received', 'a'),
      anEntry(2, 'canceled', 'a'),
      anEntry(3, 'transfered', 'b'),
      anEntry(4, 'lost', 'c'),
    ];
    expect(seqs(told)).toEqual([1, 3, 4]);
    // One that a person has sent on its way again comes last in the list, and first in its age.
    expect(seqs(told.toReversed())).toEqual([1, 3, 4]);
  });

  it('are held back by one that is parked, and no other call’s are', () => {
    const told = [
      anEntry(1, 'transfered', 'a', '400 unknown extension'),
      anEntry(2, 'completed', 'a'),
      anEntry(3, 'canceled', 'b'),
    ];
    expect(seqs(told)).toEqual([3]);
  });

  it('go on to the one before a parked one', () => {
    const told = [anEntry(1, 'transfered', 'a'), anEntry(2, 'completed', 'a', '400')];
    expect(seqs(told)).toEqual([1]);
  });

  it('are none where nothing is owed', () => {
    expect(seqs([])).toEqual([]);
  });
});

describe('an ending', () => {
  it.each([
    ['completed', true],
    ['lost', true],
    ['canceled', true],
    ['received', false],
    ['transfered', false],
    ['made-call-link', false],
    ['repaired-link', false],
  ] as const)('%s: %s', (kind, verdict) => {
    expect(isEnding(aReport(kind, 'a'))).toBe(verdict);
  });
});

describe('a report that failed', () => {
  it('is tried again after one second, then twice as long each time, up to a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((attempts) => retryDelayMs(attempts, 0));
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('loses up to half of the wait to chance, and never more than a minute passes', () => {
    const attempts = fc.integer({ min: 1, max: 100_000 });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(attempts, chance, (failed, drawn) => {
        const full = retryDelayMs(failed, 0);
        const delay = retryDelayMs(failed, drawn);
        expect(delay).toBeLessThanOrEqual(Math.min(full, 60_000));
        expect(delay).toBeGreaterThanOrEqual(full / 2);
        expect(retryDelayMs(failed + 1, drawn)).toBeGreaterThanOrEqual(delay);
      }),
    );
  });
});
