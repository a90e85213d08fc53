import { between } from '../../src/simulators/pbx/people-chance.ts';
import type { RandomSource } from '../../src/simulators/pbx/random.ts';

export const whole = (random: RandomSource, least: number, most: number): number =>
  Math.floor(between(random, least, most + 1));

/** Often short, seldom long. */
export const seldomLong = (random: RandomSource, least: number, most: number): number =>
  Math.round(least + (most - least) * random() ** 3);
