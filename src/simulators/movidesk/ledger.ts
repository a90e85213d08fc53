import { machineClock } from './clock.ts';
import type { Operation } from './operations.ts';

/** One request, in the order of arrival. */
export interface LedgerEntry {
  readonly at: number;
  /** Nothing where the path is none of Movidesk's. */
  readonly operation: Operation | undefined;
  /** The `id` parameter, empty where there is none. */
  readonly callId: string;
  /** Without the token. */
  readonly query: Readonly<Record<string, string>>;
  /** The status answered, or how the answer stayed away. */
  readonly status: number | 'reset' | 'hang';
  /** The body answered. */
  readonly body: string;
}

export type RequestListener = (entry: LedgerEntry) => void;

/** Every request that came, and whoever waits for one. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly #listeners = new Set<RequestListener>();

  add(entry: LedgerEntry): void {
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Answers a function that ends the listening. */
  onRequest(listener: RequestListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first request that fits, whether it has come or is to come. */
  waitFor(predicate: (entry: LedgerEntry) => boolean, timeoutMs: number): Promise<LedgerEntry> {
    const there = this.entries.find(predicate);
    if (there !== undefined) return Promise.resolve(there);
    const { promise, resolve, reject } = Promise.withResolvers<LedgerEntry>();
    const stop = this.onRequest((entry) => {
      if (predicate(entry)) resolve(entry);
    });
    const giveUp = () => reject(new Error(this.#missing(timeoutMs)));
    const cancel = machineClock.after(timeoutMs, giveUp);
    return promise.finally(() => {
      cancel();
      stop();
    });
  }

  #missing(timeoutMs: number): string {
    const lines = this.entries.map(
      ({ operation, callId, status, body }) => `${operation} ${callId} ${status} ${body}`,
    );
    return [`no such request within ${timeoutMs} ms; there were ${lines.length}:`, ...lines].join('\n');
  }
}
