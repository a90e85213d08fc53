import { settled } from '../../src/adapters/system/settled.ts';
import { Timers } from '../../src/adapters/system/timers.ts';
import type { Instant } from '../../src/domain/identity.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { MORNING } from '../domain/builders.ts';

export { settled };

/** Time that passes only when a test says so. Timers run in the order in which they are due, ties in that of their making. */
export class ManualClock implements Clock {
  #monotonic = 1_000;
  #wallAhead: number;
  #timers = new Timers();

  constructor(wall: Instant = MORNING) {
    this.#wallAhead = wall - this.#monotonic;
  }

  now(): Instant {
    return this.#wallAhead + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, callback: () => void): () => void {
    return this.#timers.add(this.#monotonic + Math.max(0, ms), callback);
  }

  /** Timers that somebody still waits for. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Somebody sets the wall clock; nothing that is measured may notice. */
  setWallBy(ms: number): void {
    this.#wallAhead += ms;
  }

  /** The machine is off for so long and starts again: whatever waited is forgotten, and the clock counts from zero. */
  reboot(offMs = 30_000): void {
    this.#wallAhead = this.now() + offMs;
    this.#monotonic = 0;
    this.#timers = new Timers();
  }

  /** Lets time pass, and everything happen that it brings about, each thing to its end before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#monotonic + ms;
    await settled();
    for (let due = this.#timers.takeDue(until); due !== undefined; due = this.#timers.takeDue(until)) {
      this.#monotonic = Math.max(this.#monotonic, due.dueAt);
      due.callback();
      await settled();
    }
    this.#monotonic = until;
  }
}
