import type { Instant } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import { settled } from './settled.ts';
import { Timers } from './timers.ts';

/**
 * Time that passes only when it is told to, as fast as what happens in it can be worked out. Timers run in the order in
 * which they are due, ties in that of their making, and each one's consequences come to their end before the next.
 */
export class PassingClock implements Clock {
  #now: Instant;
  readonly #begins: Instant;
  readonly #timers = new Timers();

  constructor(begins: Instant) {
    this.#begins = begins;
    this.#now = begins;
  }

  /** Whole milliseconds, like the machine's. */
  now(): Instant {
    return Math.floor(this.#now);
  }

  /** Not from zero: what asks how long ago something was must not find the beginning of all time. */
  monotonic(): number {
    return this.#now - this.#begins + 1_000;
  }

  after(ms: number, callback: () => void): () => void {
    return this.#timers.add(this.#now + Math.max(0, ms), callback);
  }

  /** An instant of the past changes nothing: this clock never goes back. */
  async passUntil(instant: Instant): Promise<void> {
    await settled();
    for (let due = this.#timers.takeDue(instant); due !== undefined; due = this.#timers.takeDue(instant)) {
      this.#now = Math.max(this.#now, due.dueAt);
      due.callback();
      await settled();
    }
    this.#now = Math.max(this.#now, instant);
  }
}
