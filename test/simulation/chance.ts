import { type RandomSource, seededRandom } from '../../src/simulators/pbx/random.ts';

/** Chance drawn from a seed. Each part of the world has a stream of its own, so that one more draw here moves nothing there. */
export class Chance {
  readonly #seed: number;
  readonly next: RandomSource;

  constructor(seed: number) {
    this.#seed = seed;
    this.next = seededRandom(seed);
  }

  /** A stream of its own, the same for the same seed and name. */
  streamOf(name: string): Chance {
    let hash = this.#seed;
    for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    return new Chance(hash >>> 0);
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }

  /** The time to the next of things that come without memory. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
