import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { callIdFrom } from '../../domain/identity.ts';
import type { LaneName, Relay, RelayEntry } from '../../domain/relay/relay.ts';
import { isState } from '../../domain/relay/relay.ts';
import type { RelayChange } from '../../ports/store.ts';
import { CALLED_BACK } from './known-callers.ts';

/** The relays of all lanes, in transactions of the caller's. */
export class RelayRows {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: DatabaseSync) {
    this.#statements = prepareAll(database);
  }

  undelivered(): readonly RelayEntry[] {
    return this.#statements.undelivered.all().map(entryOf);
  }

  /** Those that were on their way when we died, and must not be done twice, are a person's business. */
  parkUnanswered(): void {
    this.#statements.parkUnanswered.run(
      'nobody knows whether it was done: the daemon ended while it was on its way',
    );
  }

  put({ seq, lane, line, callId, relay, at, attempts, parkedBecause }: RelayEntry): void {
    const state = parkedBecause === undefined ? 'due' : 'parked';
    const cause = parkedBecause ?? null;
    const told = JSON.stringify(relay);
    this.#statements.put.run(seq, lane, line, callId ?? null, state, told, at, attempts, cause);
  }

  change(change: RelayChange): void {
    const { failed, remove, dropped, started, putOff } = this.#statements;
    if (change.kind === 'started') started.run(change.at, change.seq);
    else if (change.kind === 'put-off') putOff.run(change.cause, change.seq);
    else if (change.kind === 'delivered') this.#delivered(change);
    else if (change.kind === 'superseded') remove.run(change.seq);
    else if (change.kind === 'dropped') dropped.run(change.at, change.cause, change.seq);
    else {
      const isUnknown = change.kind === 'parked' && change.mayBeDone === true;
      const state = change.kind === 'parked' ? 'parked' : 'due';
      failed.run(state, isUnknown ? 1 : 0, change.attempts, change.cause, change.seq);
    }
  }

  /** Nobody asks which states an agent once had. */
  #delivered({ seq, at, result, dueAt }: Extract<RelayChange, { kind: 'delivered' }>): void {
    const { relayOf, remove, delivered, settleLost } = this.#statements;
    const row = relayOf.get(seq);
    const relay = row === undefined ? undefined : relayIn(row);
    if (relay !== undefined && isState(relay)) remove.run(seq);
    else delivered.run(at, result ?? null, dueAt ?? null, seq);
    // Whoever is called back by one far side is not handed out to another.
    if (relay?.kind === 'call-back') settleLost.run(relay.callId, CALLED_BACK, at);
  }
}

function prepareAll(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  return {
    undelivered: sql(`SELECT seq, lane, line, call_id, relay, at, attempts, state, cause FROM relays
      WHERE state IN ('due', 'parked') ORDER BY seq`),
    put: sql(`INSERT INTO relays (seq, lane, line, call_id, state, relay, at, attempts, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    relayOf: sql('SELECT relay FROM relays WHERE seq = ?'),
    delivered:
      sql(`UPDATE relays SET state = 'delivered', settled_at = ?, result = ?, due_at = ?, attempts = attempts + 1,
      cause = NULL WHERE seq = ?`),
    started: sql('UPDATE relays SET started = ? WHERE seq = ?'),
    putOff: sql('UPDATE relays SET cause = ? WHERE seq = ?'),
    parkUnanswered: sql(`UPDATE relays SET state = 'parked', attempts = attempts + 1, cause = ?
      WHERE state = 'due' AND started > 0`),
    failed: sql('UPDATE relays SET state = ?, started = started * ?, attempts = ?, cause = ? WHERE seq = ?'),
    dropped: sql(`UPDATE relays SET state = 'dropped', settled_at = ?, cause = ? WHERE seq = ?`),
    remove: sql('DELETE FROM relays WHERE seq = ?'),
    settleLost: sql('INSERT OR IGNORE INTO lost_calls_settled (call_id, task, settled_at) VALUES (?, ?, ?)'),
  };
}

function entryOf(row: Record<string, unknown>): RelayEntry {
  return {
    seq: Number(row['seq']),
    lane: row['lane'] as LaneName,
    line: String(row['line']),
    callId: row['call_id'] === null ? undefined : callIdFrom(String(row['call_id'])),
    relay: relayIn(row),
    at: Number(row['at']),
    attempts: Number(row['attempts']),
    parkedBecause: row['state'] === 'parked' ? String(row['cause']) : undefined,
  };
}

const relayIn = (row: Record<string, unknown>): Relay => JSON.parse(String(row['relay'])) as Relay;
