import type { Instant } from '../../src/domain/identity.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { MORNING } from '../domain/builders.ts';

/** Everything that can happen without time passing has happened: all promises that could settle have. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** Time that passes only when a test says so. Timers run in the order in which they are due, ties in that of their making. */
export class ManualClock implements Clock {
  #monotonic = 1_000;
  #wallAhead: number;
  #timers: readonly Timer[] = [];

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
    const timer = { dueAt: this.#monotonic + Math.max(0, ms), callback };
    const index = this.#timers.findIndex(({ dueAt }) => dueAt > timer.dueAt);
    this.#timers = this.#timers.toSpliced(index === -1 ? this.#timers.length : index, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Timers that somebody still waits for. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Somebody sets the wall clock; nothing that is measured may notice. */
  setWallBy(ms: number): void {
    this.#wallAhead += ms;
  }

  /** The machine is off for so long and starts again: whatever waited is forgotten, and the clock counts from zero. */
  reboot(offMs = 30_000): void {
    this.#wallAhead = this.now() + offMs;
    this.#monotonic = 0;
    this.#timers = [];
  }

  /** Lets time pass, and everything happen that it brings about, each thing to its end before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#monotonic + ms;
    await settled();
    for (let next = this.#timers[0]; next !== undefined && next.dueAt <= until; next = this.#timers[0]) {
      this.#timers = this.#timers.slice(1);
      this.#monotonic = Math.max(this.#monotonic, next.dueAt);
      next.callback();
      await settled();
    }
    this.#monotonic = until;
  }
}
