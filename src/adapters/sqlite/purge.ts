import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/identity.ts';

// Some 5 ms each, and the loop goes on between two of them.
const CALLS_AT_A_TIME = 200;

/**
 * Forgets calls that ended before that instant, with their timeline and what was told of them. Kept are those of which
 * something is still to be told (of relays: which happened since), and those whose channel has an open visit: the next one is numbered after them.
 * A portion at a time: how many calls were in this one, and whether there may be more.
 */
export class Purge {
  readonly #find;
  readonly #deletions;
  readonly #strays;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(`SELECT call_id FROM calls WHERE ended_at < ?
      AND call_id NOT IN (SELECT call_id FROM outbox WHERE state IN ('due', 'parked'))
      AND NOT EXISTS (
        SELECT 1 FROM relays WHERE relays.call_id = calls.call_id AND state IN ('due', 'parked') AND at >= ?)
      AND uniqueid NOT IN (SELECT uniqueid FROM calls WHERE phase <> 'ended') LIMIT ${CALLS_AT_A_TIME}`);
    // The newest report stays, without a word in it: its number must not be given again.
    this.#deletions = [
      'DELETE FROM timeline WHERE call_id = ?',
      'DELETE FROM outbox WHERE call_id = ? AND seq < (SELECT max(seq) FROM outbox)',
      `UPDATE outbox SET report = '{}' WHERE call_id = ?`,
      'DELETE FROM relays WHERE call_id = ?',
      'DELETE FROM lost_calls_settled WHERE call_id = ?',
      'DELETE FROM calls WHERE call_id = ?',
    ].map((sql) => database.prepare(sql));
    // Calls that agents made, reports that belong to no call, as the links of calls that agents made, and relays that do not.
    this.#strays = [
      `DELETE FROM made_calls WHERE ended_at < ?
        AND call_id NOT IN (SELECT call_id FROM outbox WHERE state IN ('due', 'parked'))`,
      `DELETE FROM outbox WHERE settled_at < ?
        AND call_id NOT IN (SELECT call_id FROM calls) AND seq < (SELECT max(seq) FROM outbox)`,
      `DELETE FROM relays WHERE settled_at < ?
        AND (call_id IS NULL OR call_id NOT IN (SELECT call_id FROM calls))`,
    ].map((sql) => database.prepare(sql));
  }

  /** In a transaction of the caller's. */
  portion(endedBefore: Instant): { readonly calls: number; readonly mayBeMore: boolean } {
    const ids = this.#find.all(endedBefore, endedBefore).map((row) => String(row['call_id']));
    for (const id of ids) for (const deletion of this.#deletions) deletion.run(id);
    const mayBeMore = ids.length === CALLS_AT_A_TIME;
    if (!mayBeMore) for (const deletion of this.#strays) deletion.run(endedBefore);
    return { calls: ids.length, mayBeMore };
  }
}
