import type { DatabaseSync } from 'node:sqlite';
import { ERASED, inPortions, isOfSubscriber } from './erased.ts';

export interface MadeCallsErased {
  /** Calls that agents made, and that no longer carry the number. */
  readonly erased: readonly string[];
  /** Those that are not over. */
  readonly stillNeeded: readonly string[];
}

// Each statement takes the call's id. Of what is to be told nothing is taken away: in that stand the call's id and the link,
// and the file that the dialplan has recorded is named after the agent.
const BLANK = [
  `UPDATE made_calls SET body = json_set(body, '$.clientNumber', '${ERASED}') WHERE call_id = ?`,
  'UPDATE outbox SET cause = without_dialled(cause) WHERE call_id = ?',
];

/**
 * Takes a number, known by its digits, out of calls that agents made. It stands there as it was dialled. Only while such a
 * call is open it is needed: to tell what became of it no number is. The database must know `without_dialled`.
 */
export function eraseInMadeCalls(database: DatabaseSync, digits: string, onRow: () => void): MadeCallsErased {
  const found = callsTo(database, digits, onRow);
  const erased = found.filter(({ isOpen }) => !isOpen).map(({ callId }) => callId);
  const statements = BLANK.map((sql) => database.prepare(sql));
  inPortions(database, erased, (callId) => {
    for (const statement of statements) statement.run(callId);
  });
  return { erased, stillNeeded: found.filter(({ isOpen }) => isOpen).map(({ callId }) => callId) };
}

interface Found {
  readonly callId: string;
  readonly isOpen: boolean;
}

function callsTo(database: DatabaseSync, digits: string, onRow: () => void): readonly Found[] {
  database.function('is_of_subscriber', (number) => {
    onRow();
    return isOfSubscriber(number, digits) ? 1 : 0;
  });
  return database
    .prepare(`SELECT call_id, ended_at IS NULL AS open FROM made_calls
      WHERE is_of_subscriber(json_extract(body, '$.clientNumber')) ORDER BY made_at, call_id`)
    .all()
    .map((row) => ({ callId: String(row['call_id']), isOpen: row['open'] === 1 }));
}
