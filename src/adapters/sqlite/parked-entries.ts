import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/identity.ts';
import { openToChange } from './open-existing.ts';

/** What became of a request about one entry. `state`: what it is instead of parked. */
export type Handled =
  | { readonly kind: 'done' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-parked'; readonly state: string };

/**
 * Parked entries in the hands of a person. Only parked ones: every other belongs to the daemon, which may be sending it
 * this moment, and which looks for what was done here every few seconds.
 */
export class ParkedEntries implements Disposable {
  readonly #database: DatabaseSync;

  /** Throws where there is no store, or none that can be changed. */
  constructor(path: string) {
    this.#database = openToChange(path);
  }

  /** Sends it on its way again, as if for the first time. */
  release(seq: number): Handled {
    const sql = `UPDATE outbox SET state = 'due', attempts = 0, cause = NULL WHERE seq = ? AND state = 'parked'`;
    return this.#handled(seq, this.#database.prepare(sql).run(seq).changes);
  }

  /** Which ones were parked. */
  releaseAll(): readonly number[] {
    const sql = `UPDATE outbox SET state = 'due', attempts = 0, cause = NULL WHERE state = 'parked' RETURNING seq`;
    return this.#database
      .prepare(sql)
      .all()
      .map((row) => Number(row['seq']));
  }

  /** Gives it up for good: it is never told, and no longer holds back what comes after it. */
  drop(seq: number, at: Instant): Handled {
    const sql = `UPDATE outbox SET state = 'dropped', settled_at = ? WHERE seq = ? AND state = 'parked'`;
    return this.#handled(seq, this.#database.prepare(sql).run(at, seq).changes);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #handled(seq: number, changes: number | bigint): Handled {
    if (changes > 0) return { kind: 'done' };
    const row = this.#database.prepare('SELECT state FROM outbox WHERE seq = ?').get(seq);
    return row === undefined ? { kind: 'unknown' } : { kind: 'not-parked', state: String(row['state']) };
  }
}
