import type { Instant } from '../domain/identity.ts';

/** Time, handed in. The wall clock is only for what is stored or sent; everything measured uses the other. */
export interface Clock {
  /** Milliseconds since the epoch; may jump. */
  now(): Instant;
  /** Milliseconds since the machine was booted. Never jumps, and means the same in every process of one boot. */
  monotonic(): number;
  /** Calls back once, after at least `ms`; the answer cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** Chance, handed in: a number in [0, 1). */
export type Random = () => number;
