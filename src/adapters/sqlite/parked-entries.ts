import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/identity.ts';
import type { LaneName } from '../../domain/relay/relay.ts';
import { openToChange } from './open-existing.ts';

/** Everything that is to be told goes by one of these, each to a far side of its own. */
export type Lane = 'movidesk' | LaneName;

/** What became of a request about one entry. `state`: what it is instead of parked. */
export type Handled =
  | {
      readonly kind: 'done';
      readonly lane: Lane;
      /** What went with it. */
      readonly also: readonly number[];
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-parked'; readonly state: string };

/** Where entries are. Their numbers are unique over both, and the lane of a row is found so. */
const TABLES = [
  { table: 'outbox', lane: `'movidesk'`, dueAgain: `state = 'due', attempts = 0, cause = NULL` },
  { table: 'relays', lane: 'lane', dueAgain: `state = 'due', attempts = 0, cause = NULL, started = 0` },
] as const;

// They wait behind it, so the daemon sends none of them meanwhile.
const BEHIND_AN_UNRECEIVED = `UPDATE outbox SET state = 'dropped', settled_at = ?
  WHERE state IN ('due', 'parked') AND call_id = (
    SELECT call_id FROM outbox WHERE seq = ? AND report ->> '$.kind' = 'received'
  ) RETURNING seq`;

/**
 * Parked entries of all lanes in the hands of a person. Only parked ones: every other belongs to the daemon, which may be
 * sending it this moment, and which looks for what was done here every few seconds.
 */
export class ParkedEntries implements Disposable {
  readonly #database: DatabaseSync;

  /** Throws where there is no store, or none that can be changed. */
  constructor(path: string) {
    this.#database = openToChange(path);
  }

  /** Sends it on its way again, as if for the first time. */
  release(seq: number): Handled {
    return this.#handle(seq, ({ dueAgain }) => dueAgain);
  }

  /** Which ones were parked. */
  releaseAll(): readonly number[] {
    const released = TABLES.flatMap(({ table, dueAgain }) =>
      this.#all(`UPDATE ${table} SET ${dueAgain} WHERE state = 'parked' RETURNING seq`),
    );
    return released.map((row) => Number(row['seq'])).sort((one, other) => one - other);
  }

  /**
   * Gives it up for good: it is never told, and no longer holds back what comes after it. Of a caller whom the far side
   * never received it would refuse everything else, too: that goes with it.
   */
  drop(seq: number, at: Instant): Handled {
    const handled = this.#handle(seq, () => `state = 'dropped', settled_at = ?`, at);
    if (handled.kind !== 'done' || handled.lane !== 'movidesk') return handled;
    const rows = this.#all(BEHIND_AN_UNRECEIVED, at, seq);
    return { ...handled, also: rows.map((row) => Number(row['seq'])) };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #handle(
    seq: number,
    change: (table: (typeof TABLES)[number]) => string,
    ...values: readonly number[]
  ): Handled {
    for (const where of TABLES) {
      const { table, lane } = where;
      const sql = `UPDATE ${table} SET ${change(where)} WHERE seq = ? AND state = 'parked' RETURNING ${lane} AS lane`;
      const [row] = this.#all(sql, ...values, seq);
      if (row !== undefined) return { kind: 'done', lane: row['lane'] as Lane, also: [] };
    }
    return this.#whyNot(seq);
  }

  #whyNot(seq: number): Handled {
    const [row] = TABLES.flatMap(({ table }) => this.#all(`SELECT state FROM ${table} WHERE seq = ?`, seq));
    return row === undefined ? { kind: 'unknown' } : { kind: 'not-parked', state: String(row['state']) };
  }

  #all(sql: string, ...values: readonly number[]): Record<string, unknown>[] {
    return this.#database.prepare(sql).all(...values);
  }
}
