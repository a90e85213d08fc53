import type { Instant } from '../../src/domain/identity.ts';
import type { SimulatorClock } from '../../src/simulators/pbx/clock.ts';

/** Monday, 2026-03-02, 12:00 UTC. */
export const SIMULATION_BEGINS: Instant = Date.UTC(2026, 2, 2, 12);

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

// No burst of a simulated PBX comes near it.
const MOST_AT_ONCE = 100_000;

/** Everything that can happen without time passing has happened: no real I/O is left in this process. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * The one clock of a simulated world. Time jumps from timer to timer; ties go in the order of their making, and each
 * timer's consequences come to their end before the next.
 */
export class VirtualTime implements SimulatorClock {
  readonly #heap: Timer[] = [];
  #passedMs = 0;
  #order = 0;
  /** Timers that came since time last moved. */
  #atOnce = 0;

  /** Milliseconds since the world began. */
  get passedMs(): number {
    return this.#passedMs;
  }

  /** The wall clock of those whose clock is right. */
  now(): Instant {
    return Math.floor(SIMULATION_BEGINS + this.#passedMs);
  }

  after(ms: number, callback: () => void): () => void {
    this.#order += 1;
    const timer: Timer = { dueAt: this.#passedMs + Math.max(0, ms), order: this.#order, callback };
    this.#push(timer);
    return () => {
      timer.callback = undefined;
    };
  }

  /** Lets time pass until `isOver`, asked after every timer, or until that instant; true where it is over. */
  async passUntil(passedMs: number, isOver: () => boolean): Promise<boolean> {
    await settled();
    while (!isOver()) {
      const next = this.#heap[0];
      if (next === undefined || next.dueAt > passedMs) {
        this.#passedMs = passedMs;
        return isOver();
      }
      this.#pop();
      if (next.callback === undefined) continue;
      this.#move(next.dueAt);
      next.callback();
      await settled();
    }
    return true;
  }

  #move(to: number): void {
    this.#atOnce = to > this.#passedMs ? 0 : this.#atOnce + 1;
    if (this.#atOnce > MOST_AT_ONCE)
      throw new Error(`at ${this.#passedMs} ms time stands still: somebody spins`);
    this.#passedMs = Math.max(this.#passedMs, to);
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, timer)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      if (left === undefined) break;
      const right = heap[2 * index + 2];
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = last;
  }
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
