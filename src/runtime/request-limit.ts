import { type Allowance, allowanceChangesAt, allowedAt } from '../domain/budget/allowance.ts';
import {
  type LearnedLimit,
  learnedChangesAt,
  limitAt,
  refusedAt,
  unlearned,
} from '../domain/budget/learned-limit.ts';
import { WINDOW_MS } from '../domain/budget/request-window.ts';
import type { Clock } from '../ports/clock.ts';

/** How many requests may be started in any 60 s now: what the configuration allows at this hour, or less, as refusals taught. */
export class RequestLimit {
  readonly #allowance: Allowance;
  readonly #clock: Clock;
  #learned: LearnedLimit = unlearned;

  constructor(allowance: Allowance, clock: Clock) {
    this.#allowance = allowance;
    this.#clock = clock;
  }

  get now(): number {
    return limitAt(this.#learned, this.configured, this.#clock.monotonic());
  }

  get configured(): number {
    return allowedAt(this.#allowance, this.#clock.now());
  }

  /** When it may be another, by the clock that never jumps. */
  get changesAt(): number {
    const now = this.#clock.monotonic();
    const byHour = allowanceChangesAt(this.#allowance, this.#clock.now());
    const hourAt = byHour === undefined ? Infinity : now + (byHour - this.#clock.now());
    const learnedAt =
      this.now < this.configured ? (learnedChangesAt(this.#learned, now) ?? Infinity) : Infinity;
    return Math.min(hourAt, learnedAt);
  }

  /** The help desk found one request too many that was started at that instant, after those others. */
  refused(startedAt: number, started: readonly number[]): void {
    const startedInWindow = started.filter((at) => at < startedAt && startedAt - at < WINDOW_MS).length;
    const now = this.#clock.monotonic();
    this.#learned = refusedAt(this.#learned, { startedInWindow, configured: this.configured, now });
  }
}
