import type { RandomSource } from './random.ts';

export function chance(random: RandomSource, probability: number): boolean {
  return random() < probability;
}

export function between(random: RandomSource, least: number, most: number): number {
  return least + random() * (most - least);
}

/** The time until something that may happen at any moment. */
export function exponential(random: RandomSource, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

export function pick<Item>(random: RandomSource, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
