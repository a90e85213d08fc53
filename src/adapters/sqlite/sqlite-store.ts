import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Call, OpenCall } from '../../domain/call/call.ts';
import type { Instant, Uniqueid } from '../../domain/identity.ts';
import type { Entry } from '../../domain/outbox/entry.ts';
import type { Report } from '../../domain/outbox/report.ts';
import type { Kept, OutboxChange, Step, Store, TimelineLine } from '../../ports/store.ts';
import { openDatabase } from './open-database.ts';

// Twice the window of the budget: a clock set back by less than a minute loses nothing of it.
const REQUESTS_KEPT_MS = 120_000;

/** The store in one SQLite file. Every statement is prepared once; a step is one transaction. */
export class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #now: () => Instant;

  /** `path` of the file, or `:memory:`. Throws where it cannot be opened or written. */
  constructor(path: string, now: () => Instant) {
    this.#database = openDatabase(path);
    this.#statements = prepareAll(this.#database);
    this.#now = now;
  }

  async load(): Promise<Kept> {
    const { openCalls, undelivered, lastSeq, recentRequests } = this.#statements;
    return {
      openCalls: openCalls.all().map((row) => JSON.parse(String(row['body'])) as OpenCall),
      entries: undelivered.all().map(entryOf),
      lastSeq: Number(lastSeq.get()?.['seq'] ?? 0),
      requestsStartedAt: recentRequests
        .all(this.#now() - REQUESTS_KEPT_MS)
        .map((row) => Number(row['started_at'])),
    };
  }

  async commit(step: Step): Promise<void> {
    this.#inOneTransaction(() => {
      for (const call of step.calls) this.#putCall(call);
      for (const line of step.timeline) this.#putLine(line);
      for (const entry of step.entries) this.#putEntry(entry);
      for (const change of step.outbox) this.#changeEntry(change);
      for (const at of step.requestsStartedAt) this.#putRequest(at);
    });
  }

  #inOneTransaction<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (cause) {
      // A failed COMMIT may have rolled back by itself; the process ends either way.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw new Error('the store could not keep a step', { cause });
    }
  }

  async visitsOf(uniqueid: Uniqueid): Promise<number> {
    return Number(this.#statements.visits.get(uniqueid)?.['visits'] ?? 0);
  }

  async purge(endedBefore: Instant): Promise<number> {
    const { purgeCalls, purgeTimeline, purgeOutbox } = this.#statements;
    return this.#inOneTransaction(() => {
      const { changes } = purgeCalls.run(endedBefore);
      purgeTimeline.run();
      purgeOutbox.run();
      return Number(changes);
    });
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #putCall(call: Call): void {
    const endedAt = call.phase === 'ended' ? call.endedAt : null;
    const { callId, uniqueid, phase, enteredAt } = call;
    this.#statements.putCall.run(callId, uniqueid, phase, JSON.stringify(call), enteredAt, endedAt);
  }

  #putLine({ callId, at, from, to, input, facts, inferred }: TimelineLine): void {
    this.#statements.putLine.run(callId, at, from, to, input, JSON.stringify(facts), inferred ? 1 : 0);
  }

  #putEntry({ seq, report, attempts }: Entry): void {
    this.#statements.putEntry.run(seq, report.callId, JSON.stringify(report), attempts);
  }

  #changeEntry(change: OutboxChange): void {
    if (change.kind === 'delivered') this.#statements.delivered.run(change.at, change.seq);
    else {
      const state = change.kind === 'parked' ? 'parked' : 'due';
      this.#statements.failed.run(state, change.attempts, change.cause, change.seq);
    }
  }

  #putRequest(at: Instant): void {
    this.#statements.putRequest.run(at);
    this.#statements.forgetRequests.run(at - REQUESTS_KEPT_MS);
  }
}

function prepareAll(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  return {
    openCalls: sql(`SELECT body FROM calls WHERE phase <> 'ended' ORDER BY entered_at, call_id`),
    undelivered: sql(
      `SELECT seq, report, attempts, state, cause FROM outbox WHERE state <> 'delivered' ORDER BY seq`,
    ),
    lastSeq: sql('SELECT max(seq) AS seq FROM outbox'),
    recentRequests: sql('SELECT started_at FROM requests WHERE started_at >= ? ORDER BY started_at'),
    visits: sql('SELECT count(*) AS visits FROM calls WHERE uniqueid = ?'),
    putCall:
      sql(`INSERT INTO calls (call_id, uniqueid, phase, body, entered_at, ended_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (call_id) DO UPDATE SET phase = excluded.phase, body = excluded.body, ended_at = excluded.ended_at`),
    putLine: sql(`INSERT INTO timeline (call_id, at, from_phase, to_phase, input, facts, inferred)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    putEntry: sql(`INSERT INTO outbox (seq, call_id, state, report, attempts) VALUES (?, ?, 'due', ?, ?)`),
    delivered: sql(
      `UPDATE outbox SET state = 'delivered', delivered_at = ?, attempts = attempts + 1, cause = NULL WHERE seq = ?`,
    ),
    failed: sql('UPDATE outbox SET state = ?, attempts = ?, cause = ? WHERE seq = ?'),
    putRequest: sql('INSERT INTO requests (started_at) VALUES (?)'),
    purgeCalls: sql(`DELETE FROM calls WHERE phase = 'ended' AND ended_at < ?
      AND call_id NOT IN (SELECT call_id FROM outbox WHERE state <> 'delivered')`),
    // What belongs to no call any more, made-call links apart, which have none.
    purgeTimeline: sql('DELETE FROM timeline WHERE call_id NOT IN (SELECT call_id FROM calls)'),
    purgeOutbox: sql(
      `DELETE FROM outbox WHERE state = 'delivered' AND call_id NOT IN (SELECT call_id FROM calls)`,
    ),
    forgetRequests: sql('DELETE FROM requests WHERE started_at < ?'),
  };
}

function entryOf(row: Record<string, unknown>): Entry {
  const isParked = row['state'] === 'parked';
  return {
    seq: Number(row['seq']),
    report: JSON.parse(String(row['report'])) as Report,
    attempts: Number(row['attempts']),
    parkedBecause: isParked ? String(row['cause']) : undefined,
  };
}
