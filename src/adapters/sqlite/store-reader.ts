import type { DatabaseSync } from 'node:sqlite';
import type { Call, EndedCall, OpenCall } from '../../domain/call/call.ts';
import type { Instant } from '../../domain/identity.ts';
import type { EndedMadeCall, MadeCall } from '../../domain/made-call/made-call.ts';
import type { Report } from '../../domain/outbox/report.ts';
import type { Span } from '../../domain/recording/link-repair.ts';
import type { LaneName, Relay } from '../../domain/relay/relay.ts';
import type { EndedWithLink } from '../../ports/call-records.ts';
import { openToRead } from './open-existing.ts';

/** How far something that is to be told has come. */
export interface Progress {
  readonly seq: number;
  readonly state: 'due' | 'parked' | 'delivered' | 'dropped';
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly cause: string | undefined;
  /** When it was delivered or dropped. */
  readonly settledAt: Instant | undefined;
}

/** A report to the help desk. */
export interface OutboxRow extends Progress {
  readonly report: Report;
}

export interface RelayRow extends Progress {
  readonly lane: LaneName;
  readonly line: string;
  readonly callId: string | undefined;
  readonly relay: Relay;
  /** When that happened which is to be told. */
  readonly at: Instant;
  /** What the far side calls it. */
  readonly result: string | undefined;
  /** When it will be done there, where that is later than it was told. */
  readonly dueAt: Instant | undefined;
}

export interface TimelineRow {
  readonly at: Instant;
  readonly from: string;
  readonly to: string;
  readonly input: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly inferred: boolean;
}

const OUTBOX = 'SELECT seq, report, state, attempts, cause, settled_at FROM outbox';
const RELAYS =
  'SELECT seq, lane, line, call_id, relay, at, state, attempts, cause, result, due_at, settled_at FROM relays';

const MADE_CALLS = 'SELECT body FROM made_calls';

export const ENDED_WITH_LINK = `SELECT body, (
    SELECT report ->> '$.link' FROM outbox
    WHERE outbox.call_id = calls.call_id AND json_valid(report) AND report ->> '$.link' IS NOT NULL ORDER BY seq DESC LIMIT 1
  ) AS link
  FROM timeline JOIN calls USING (call_id)
  WHERE to_phase = 'ended' AND at > ? AND at <= ? AND json_valid(body) AND body ->> '$.recorded' IS NOT NULL ORDER BY at`;

/** What the commands show of the store. It only looks. */
export class StoreReader implements Disposable {
  readonly #database: DatabaseSync;

  /** Throws where there is nothing to be read. */
  constructor(path: string) {
    this.#database = openToRead(path);
  }

  openCalls(): readonly OpenCall[] {
    const rows = this.#all(`SELECT body FROM calls WHERE phase <> 'ended' ORDER BY entered_at, call_id`);
    return rows.map((row) => bodyOf<OpenCall>(row));
  }

  /** The latest first. */
  endedCalls(limit: number): readonly EndedCall[] {
    const rows = this.#all(
      'SELECT body FROM calls WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, call_id DESC LIMIT ?',
      limit,
    );
    return rows.map((row) => bodyOf<EndedCall>(row));
  }

  /**
   * With the link that was told last. What counts is when the end became known: of a call that ended while nobody listened
   * that is later. What cannot be read is left out: nothing hangs on it any more.
   */
  endedWithin({ from, until }: Span): readonly EndedWithLink[] {
    const rows = this.#all(ENDED_WITH_LINK, from, until);
    return rows.map((row) => ({
      call: bodyOf<EndedCall>(row),
      toldLink: typeof row['link'] === 'string' ? row['link'] : undefined,
    }));
  }

  call(callId: string): Call | undefined {
    return this.#all('SELECT body FROM calls WHERE call_id = ?', callId).map((row) => bodyOf<Call>(row))[0];
  }

  openMadeCalls(): readonly MadeCall[] {
    const rows = this.#all(`${MADE_CALLS} WHERE ended_at IS NULL ORDER BY made_at, call_id`);
    return rows.map((row) => bodyOf<MadeCall>(row));
  }

  /** The latest first. */
  endedMadeCalls(limit: number): readonly EndedMadeCall[] {
    const rows = this.#all(
      `${MADE_CALLS} WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, call_id DESC LIMIT ?`,
      limit,
    );
    return rows.map((row) => bodyOf<EndedMadeCall>(row));
  }

  madeCall(callId: string): MadeCall | EndedMadeCall | undefined {
    const rows = this.#all(`${MADE_CALLS} WHERE call_id = ?`, callId);
    return rows.map((row) => bodyOf<MadeCall | EndedMadeCall>(row))[0];
  }

  /** Ids of calls that begin so, those that agents made among them, at most `limit` of them. */
  idsBeginningWith(text: string, limit: number): readonly string[] {
    const rows = this.#all(
      `SELECT call_id FROM (SELECT call_id FROM calls UNION ALL SELECT call_id FROM made_calls)
        WHERE substr(call_id, 1, length(?)) = ? ORDER BY call_id LIMIT ?`,
      text,
      text,
      limit,
    );
    return rows.map((row) => String(row['call_id']));
  }

  timelineOf(callId: string): readonly TimelineRow[] {
    return this.#all('SELECT * FROM timeline WHERE call_id = ? ORDER BY line', callId).map(timelineRowOf);
  }

  outboxOf(callId: string): readonly OutboxRow[] {
    return this.#all(`${OUTBOX} WHERE call_id = ? ORDER BY seq`, callId).map(outboxRowOf);
  }

  undelivered(): readonly OutboxRow[] {
    return this.#all(`${OUTBOX} WHERE state IN ('due', 'parked') ORDER BY seq`).map(outboxRowOf);
  }

  /** In the order in which they happened, those of all lanes. */
  relaysOf(callId: string): readonly RelayRow[] {
    return this.#all(`${RELAYS} WHERE call_id = ? ORDER BY seq`, callId).map(relayRowOf);
  }

  undeliveredRelays(): readonly RelayRow[] {
    return this.#all(`${RELAYS} WHERE state IN ('due', 'parked') ORDER BY seq`).map(relayRowOf);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #all(sql: string, ...values: readonly (string | number)[]): Record<string, unknown>[] {
    return this.#database.prepare(sql).all(...values);
  }
}

const bodyOf = <Kind extends Call | MadeCall>(row: Record<string, unknown>): Kind =>
  JSON.parse(String(row['body'])) as Kind;

function timelineRowOf(row: Record<string, unknown>): TimelineRow {
  return {
    at: Number(row['at']),
    from: String(row['from_phase']),
    to: String(row['to_phase']),
    input: String(row['input']),
    facts: JSON.parse(String(row['facts'])) as Record<string, unknown>,
    inferred: row['inferred'] === 1,
  };
}

const outboxRowOf = (row: Record<string, unknown>): OutboxRow => ({
  ...progressOf(row),
  report: JSON.parse(String(row['report'])) as Report,
});

const relayRowOf = (row: Record<string, unknown>): RelayRow => ({
  ...progressOf(row),
  lane: row['lane'] as LaneName,
  line: String(row['line']),
  callId: textOf(row['call_id']),
  relay: JSON.parse(String(row['relay'])) as Relay,
  at: Number(row['at']),
  result: textOf(row['result']),
  dueAt: row['due_at'] === null ? undefined : Number(row['due_at']),
});

function progressOf(row: Record<string, unknown>): Progress {
  return {
    seq: Number(row['seq']),
    state: row['state'] as Progress['state'],
    attempts: Number(row['attempts']),
    cause: textOf(row['cause']),
    settledAt: row['settled_at'] === null ? undefined : Number(row['settled_at']),
  };
}

const textOf = (value: unknown): string | undefined => (value === null ? undefined : String(value));
