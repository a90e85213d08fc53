import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DayPlayed } from './play-day.ts';

/** One day to be played. */
export interface Errand {
  readonly setting: string;
  readonly contender: string;
  readonly seed: number;
}

/** As many threads as the machine has cores; each day is played by one of them, so its figures are the same on any machine. */
export class Crew implements Disposable {
  readonly #idle: Worker[];
  readonly #all: readonly Worker[];
  readonly #waiting: ((worker: Worker) => void)[] = [];

  constructor() {
    this.#all = Array.from(
      { length: availableParallelism() },
      () => new Worker(new URL('day-worker.ts', import.meta.url)),
    );
    this.#idle = [...this.#all];
  }

  /** Days are begun in the order in which they are asked for. */
  async play(errand: Errand): Promise<DayPlayed> {
    const worker = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    worker.postMessage(errand);
    // Rejects with the worker's own fault.
    const [played] = (await once(worker, 'message')) as [DayPlayed];
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next(worker);
    return played;
  }

  [Symbol.dispose](): void {
    for (const worker of this.#all) void worker.terminate();
  }
}
