import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EndedMadeCall, MadeCall } from '../../domain/made-call/made-call.ts';

/** The daemon's statements on calls that agents make. */
export class MadeCallRows {
  readonly #open: StatementSync;
  readonly #put: StatementSync;

  constructor(database: DatabaseSync) {
    this.#open = database.prepare(
      'SELECT body FROM made_calls WHERE ended_at IS NULL ORDER BY made_at, call_id',
    );
    this.#put =
      database.prepare(`INSERT INTO made_calls (call_id, body, made_at, ended_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (call_id) DO UPDATE SET body = excluded.body, ended_at = excluded.ended_at`);
  }

  open(): readonly MadeCall[] {
    return this.#open.all().map((row) => JSON.parse(String(row['body'])) as MadeCall);
  }

  put(call: MadeCall | EndedMadeCall): void {
    const endedAt = 'endedAt' in call ? call.endedAt : null;
    this.#put.run(call.callId, JSON.stringify(call), call.madeAt, endedAt);
  }
}
