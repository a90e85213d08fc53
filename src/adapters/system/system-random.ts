import type { Random } from '../../ports/clock.ts';

/** Chance for jitter only; nothing secret is drawn from it. */
export const systemRandom: Random = () => Math.random();
