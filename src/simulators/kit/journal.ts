import { machineClock } from './clock.ts';

type Listener<Entry> = (entry: Entry) => void;

/** Entries in the order in which they came, and whoever waits for one. */
export class Journal<Entry> {
  readonly entries: Entry[] = [];
  readonly #listeners = new Set<Listener<Entry>>();
  readonly #describe: (entry: Entry) => string;

  constructor(describe: (entry: Entry) => string) {
    this.#describe = describe;
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Answers a function that ends the listening. */
  onEntry(listener: Listener<Entry>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first entry that fits, past or to come. The machine's time, since it is a person or a test who waits. */
  waitFor(predicate: (entry: Entry) => boolean, timeoutMs: number): Promise<Entry> {
    const there = this.entries.find(predicate);
    if (there !== undefined) return Promise.resolve(there);
    const { promise, resolve, reject } = Promise.withResolvers<Entry>();
    const stop = this.onEntry((entry) => {
      if (predicate(entry)) resolve(entry);
    });
    const cancel = machineClock.after(timeoutMs, () => reject(new Error(this.#missing(timeoutMs))));
    return promise.finally(() => {
      cancel();
      stop();
    });
  }

  #missing(timeoutMs: number): string {
    const lines = this.entries.map(this.#describe);
    return [`nothing fitting within ${timeoutMs} ms; there were ${lines.length}:`, ...lines].join('\n');
  }
}
