import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Once at the start and then daily, forgets ended calls after `keepDays`: phone numbers are personal data. */
export class Housekeeping {
  readonly #parts: { store: Store; clock: Clock; log: Log; keepDays: number };
  #cancel: () => void = () => {};
  #isStopped = false;

  constructor(parts: { store: Store; clock: Clock; log: Log; keepDays: number }) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { store, clock, log, keepDays } = this.#parts;
    const calls = await store.purge(clock.now() - keepDays * DAY_MS);
    if (calls > 0) log.info({ calls, keepDays }, 'old calls forgotten');
    if (!this.#isStopped) this.#cancel = clock.after(DAY_MS, () => void this.start());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }
}
