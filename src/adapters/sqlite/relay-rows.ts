import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { callIdFrom } from '../../domain/identity.ts';
import type { LaneName, Relay, RelayEntry } from '../../domain/relay/relay.ts';
import { isState } from '../../domain/relay/relay.ts';
import type { RelayChange } from '../../ports/store.ts';

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
    const { failed, remove, dropped, started } = this.#statements;
    if (change.kind === 'started') started.run(change.seq);
    else if (change.kind === 'delivered') this.#delivered(change);
    else if (change.kind === 'superseded') remove.run(change.seq);
    else if (change.kind === 'dropped') dropped.run(change.at, change.cause, change.seq);
    else {
      const state = change.kind === 'parked' ? 'parked' : 'due';
      failed.run(state, change.attempts, change.cause, change.seq);
    }
  }

  /** Nobody asks which states an agent once had. */
  #delivered({ seq, at, result }: Extract<RelayChange, { kind: 'delivered' }>): void {
    const { relayOf, remove, delivered } = this.#statements;
    const row = relayOf.get(seq);
    if (row !== undefined && isState(relayIn(row))) remove.run(seq);
    else delivered.run(at, result ?? null, seq);
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
      sql(`UPDATE relays SET state = 'delivered', settled_at = ?, result = ?, attempts = attempts + 1,
      cause = NULL WHERE seq = ?`),
    started: sql('UPDATE relays SET started = 1 WHERE seq = ?'),
    parkUnanswered: sql(`UPDATE relays SET state = 'parked', started = 0, attempts = attempts + 1, cause = ?
      WHERE state = 'due' AND started = 1`),
    failed: sql('UPDATE relays SET state = ?, started = 0, attempts = ?, cause = ? WHERE seq = ?'),
    dropped: sql(`UPDATE relays SET state = 'dropped', settled_at = ?, cause = ? WHERE seq = ?`),
    remove: sql('DELETE FROM relays WHERE seq = ?'),
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
