import type { SimulatorClock } from '../../kit/clock.ts';
import type { RandomSource } from '../../pbx/random.ts';
import { randomUuid } from '../../pbx/random.ts';
import type { Happening } from './happening.ts';

/** Time, chance and whoever hears what happens: handed in, so that a test can hold all three. */
export interface World extends SimulatorClock {
  readonly uuid: () => string;
  /** So many hexadecimal digits. */
  readonly hex: (count: number) => string;
  readonly tell: (happening: Happening) => void;
}

export function createWorld(
  clock: SimulatorClock,
  random: RandomSource,
  tell: (happening: Happening) => void,
): World {
  const digit = () => Math.floor(random() * 16).toString(16);
  return {
    now: () => clock.now(),
    after: (delayMs, action) => clock.after(delayMs, action),
    uuid: () => randomUuid(random),
    hex: (count) => Array.from({ length: count }, digit).join(''),
    tell,
  };
}
