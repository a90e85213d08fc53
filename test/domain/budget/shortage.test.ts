import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isWorthTelling,
  lostToLimitMs,
  noShortage,
  type Shortage,
  shortageNow,
  shortageTold,
} from '../../../src/domain/budget/shortage.ts';
import { frozen } from '../frozen.ts';

const TEN_MINUTES = 600_000;

/** Callers waited for a permit during each of these. */
function shortDuring(...spells: readonly (readonly [from: number, to: number])[]): Shortage {
  return spells.reduce(
    (shortage, [from, to]) => shortageNow(frozen(shortageNow(frozen(shortage), true, from)), false, to),
    noShortage,
  );
}

describe('how long callers have waited for the limit', () => {
  it('is nothing while nobody does', () => {
    expect(lostToLimitMs(noShortage, 5_000)).toBe(0);
    expect(lostToLimitMs(shortageNow(noShortage, false, 1_000), 5_000)).toBe(0);
  });

  it('grows while somebody does', () => {
    const short = shortageNow(noShortage, true, 1_000);
    expect(lostToLimitMs(short, 1_000)).toBe(0);
    expect(lostToLimitMs(short, 5_000)).toBe(4_000);
  });

  it('is counted from the first moment, however often it is looked at meanwhile', () => {
    const short = shortageNow(noShortage, true, 1_000);
    expect(shortageNow(short, true, 3_000)).toBe(short);
    expect(lostToLimitMs(shortageNow(shortageNow(short, true, 3_000), false, 5_000), 5_000)).toBe(4_000);
  });

  it('stops growing when they have their permit, and is added up over the spells', () => {
    expect(lostToLimitMs(shortDuring([1_000, 5_000]), 60_000)).toBe(4_000);
    expect(lostToLimitMs(shortDuring([1_000, 5_000], [20_000, 21_000]), 60_000)).toBe(5_000);
    expect(lostToLimitMs(shortageNow(shortDuring([1_000, 5_000]), true, 50_000), 60_000)).toBe(14_000);
  });

  it('is that of the last ten minutes: of a spell that began before, the part within', () => {
    const short = shortDuring([1_000, 5_000]);
    expect(lostToLimitMs(short, TEN_MINUTES + 1_000)).toBe(4_000);
    expect(lostToLimitMs(short, TEN_MINUTES + 4_000)).toBe(1_000);
    expect(lostToLimitMs(short, TEN_MINUTES + 6_000)).toBe(0);
    expect(lostToLimitMs(shortageNow(noShortage, true, 0), 2 * TEN_MINUTES)).toBe(TEN_MINUTES);
  });

  it('does not keep spells that nobody will ask about again', () => {
    const one = TEN_MINUTES + 5_000;
    expect(shortDuring([1_000, 5_000], [one - 1_000, one]).spells).toEqual([{ from: one - 1_000, to: one }]);
    expect(shortDuring([1_000, 5_000], [one - 1_000, one - 1]).spells).toHaveLength(2);
  });

  it('is what a stop-watch over the last ten minutes shows, whatever the limit does', () => {
    const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(looks, (seen) => {
        const wasShort: boolean[] = [];
        let shortage = noShortage;
        let isShort = false;
        for (const [seconds, isShortNow] of seen) {
          for (let second = 0; second < seconds; second++) wasShort.push(isShort);
          shortage = shortageNow(shortage, isShortNow, wasShort.length * 1_000);
          isShort = isShortNow;
          const lately = wasShort.slice(-TEN_MINUTES / 1_000).filter(Boolean).length;
          expect(lostToLimitMs(shortage, wasShort.length * 1_000)).toBe(lately * 1_000);
        }
      }),
    );
  });
});

describe('an operator', () => {
  it('is told when it comes to a minute within ten, and not before', () => {
    expect(isWorthTelling(shortDuring([1_000, 60_999]), 60_999)).toBe(false);
    expect(isWorthTelling(shortDuring([1_000, 61_000]), 61_000)).toBe(true);
    expect(isWorthTelling(shortageNow(noShortage, true, 1_000), 61_000)).toBe(true);
  });

  it('is told of spells that are a minute together', () => {
    expect(isWorthTelling(shortDuring([1_000, 31_000], [90_000, 120_000]), 200_000)).toBe(true);
  });

  it('is not told of a minute that is spread over more than ten', () => {
    expect(isWorthTelling(shortDuring([0, 40_000], [640_000, 670_000]), 670_000)).toBe(false);
  });

  it('is not told again for ten minutes, though it goes on; then they are', () => {
    const told = shortageTold(shortageNow(noShortage, true, 1_000), 61_000);
    expect(isWorthTelling(told, 61_001)).toBe(false);
    expect(isWorthTelling(told, 61_000 + TEN_MINUTES - 1)).toBe(false);
    expect(isWorthTelling(told, 61_000 + TEN_MINUTES)).toBe(true);
  });

  it('is not told again where it was over before the ten minutes were', () => {
    const told = shortageTold(shortDuring([1_000, 61_000]), 61_000);
    expect(isWorthTelling(told, 61_000 + TEN_MINUTES)).toBe(false);
  });

  it('may still read what was lost after having been told', () => {
    const short = shortageNow(noShortage, true, 1_000);
    expect(lostToLimitMs(shortageTold(short, 61_000), 61_000)).toBe(60_000);
    expect(shortageNow(shortageTold(short, 61_000), false, 62_000).toldAt).toBe(61_000);
  });
});
