import type { Instant } from '../domain/identity.ts';

/** Time, handed in. The wall clock is only for what is stored or sent; everything measured uses the other. */
export interface Clock {
  /** Milliseconds since the epoch; may jump. */
  now(): Instant;
  /** Milliseconds of a clock that never jumps; its zero means nothing. */
  monotonic(): number;
  /** Calls back once, after at least `ms`; the answer cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** Chance, handed in: a number in [0, 1). */
export type Random = () => number;
