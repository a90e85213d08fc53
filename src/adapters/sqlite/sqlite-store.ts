import type { DatabaseSync } from 'node:sqlite';
import type { Call, OpenCall } from '../../domain/call/call.ts';
import type { CallId, Instant, Uniqueid } from '../../domain/identity.ts';
import type { Entry } from '../../domain/outbox/entry.ts';
import type { Report } from '../../domain/outbox/report.ts';
import type { RelayEntry } from '../../domain/relay/relay.ts';
import type { CallerHistories, CallerHistory } from '../../ports/caller-histories.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HandedOut, LostCallers, LostCallersWanted } from '../../ports/lost-callers.ts';
import type { Notes } from '../../ports/notes.ts';
import type { Kept, OutboxChange, Step, Store, TimelineLine } from '../../ports/store.ts';
import { CallerHistoryRows } from './caller-history-rows.ts';
import { LostCallerRows } from './lost-caller-rows.ts';
import { MadeCallRows } from './made-call-rows.ts';
import { emptyJournal, openDatabase } from './open-database.ts';
import { Purge } from './purge.ts';
import { RelayRows } from './relay-rows.ts';
import { removeSetAside } from './set-aside.ts';
import { writeFailed } from './sqlite-fault.ts';
import { prepareAll } from './statements.ts';
import type { StoreLock } from './store-lock.ts';

// Twice the window of the budget, which is all that can matter of them.
const REQUESTS_KEPT_MS = 120_000;

/** The store in one SQLite file. Every statement is prepared once; a step is one transaction. */
export class SqliteStore implements Store, LostCallers, CallerHistories, Notes {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #relays: RelayRows;
  readonly #madeCalls: MadeCallRows;
  readonly #lostCallers: LostCallerRows;
  readonly #callerHistories: CallerHistoryRows;
  readonly #purge: Purge;
  readonly #clock: Pick<Clock, 'monotonic' | 'after'>;
  readonly #lock: StoreLock | undefined;
  #dataVersion: unknown;

  /** `path` of the file, or `:memory:`. Throws a `StoreFault` where it cannot be opened or written. */
  constructor(path: string, clock: Pick<Clock, 'monotonic' | 'after'>, lock?: StoreLock) {
    this.#path = path;
    this.#database = openDatabase(path);
    this.#statements = prepareAll(this.#database);
    this.#relays = new RelayRows(this.#database);
    this.#madeCalls = new MadeCallRows(this.#database);
    this.#lostCallers = new LostCallerRows(this.#database);
    this.#callerHistories = new CallerHistoryRows(this.#database);
    this.#purge = new Purge(this.#database);
    this.#clock = clock;
    this.#lock = lock;
    this.#dataVersion = this.#readDataVersion();
  }

  async load(): Promise<Kept> {
    const { openCalls, lastSeq, requests } = this.#statements;
    this.#inOneTransaction(() => {
      this.#settleRequests();
      this.#relays.parkUnanswered();
    });
    return {
      openCalls: openCalls.all().map((row) => JSON.parse(String(row['body'])) as OpenCall),
      openMadeCalls: this.#madeCalls.open(),
      entries: await this.undelivered(),
      relays: await this.undeliveredRelays(),
      lastSeq: Number(lastSeq.get()?.['seq'] ?? 0),
      requestsStartedAt: requests.all().map((row) => Number(row['started_at'])),
    };
  }

  async commit(step: Step): Promise<void> {
    this.#inOneTransaction(() => {
      for (const call of step.calls) this.#putCall(call);
      for (const call of step.madeCalls) this.#madeCalls.put(call);
      for (const line of step.timeline) this.#putLine(line);
      for (const entry of step.entries) this.#putEntry(entry);
      for (const change of step.outbox) this.#changeEntry(change);
      for (const entry of step.relays) this.#relays.put(entry);
      for (const change of step.relayed) this.#relays.change(change);
      for (const at of step.requestsStartedAt) this.#putRequest(at);
    });
  }

  async undelivered(): Promise<readonly Entry[]> {
    return this.#reading(() => this.#statements.undelivered.all().map(entryOf));
  }

  async undeliveredRelays(): Promise<readonly RelayEntry[]> {
    return this.#reading(() => this.#relays.undelivered());
  }

  async changedElsewhere(): Promise<boolean> {
    const before = this.#dataVersion;
    this.#dataVersion = this.#reading(() => this.#readDataVersion());
    return this.#dataVersion !== before;
  }

  async visitsOf(uniqueid: Uniqueid): Promise<number> {
    return this.#reading(() => Number(this.#statements.visits.get(uniqueid)?.['visits'] ?? 0));
  }

  async handOutLost(wanted: LostCallersWanted): Promise<HandedOut> {
    return this.#inOneTransaction(() => this.#lostCallers.handOut(wanted));
  }

  async callerHistory(
    callId: CallId,
    numberOf: LostCallersWanted['numberOf'],
  ): Promise<CallerHistory | undefined> {
    return this.#reading(() => this.#callerHistories.historyOf(callId, numberOf));
  }

  async purge(endedBefore: Instant): Promise<number> {
    let forgotten = 0;
    while (this.#database.isOpen) {
      const { calls, mayBeMore } = this.#inOneTransaction(() => this.#purge.portion(endedBefore));
      forgotten += calls;
      if (!mayBeMore) {
        this.#tidyUp(endedBefore);
        break;
      }
      await new Promise<void>((resolve) => void this.#clock.after(0, resolve));
    }
    return forgotten;
  }

  async readNote(name: string): Promise<string | undefined> {
    return this.#reading(() => this.#statements.note.get(name)?.['value']?.toString());
  }

  async writeNote(name: string, value: string): Promise<void> {
    this.#inOneTransaction(() => this.#statements.writeNote.run(name, value));
  }

  async close(): Promise<void> {
    this.#database.close();
    this.#lock?.release();
  }

  /** What was forgotten must not live on in the journal or in an old store. */
  #tidyUp(endedBefore: Instant): void {
    if (this.#path === ':memory:') return;
    // The loop must not stand still for a reader: then the journal is written over in time, by what comes.
    this.#reading(() => emptyJournal(this.#database, 0));
    removeSetAside(this.#path, endedBefore);
  }

  #inOneTransaction<Result>(work: () => Result): Result {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (cause) {
      // A failed COMMIT may have rolled back by itself; the process ends either way.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw writeFailed(this.#path, cause);
    }
  }

  #reading<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (cause) {
      throw writeFailed(this.#path, cause);
    }
  }

  #readDataVersion(): unknown {
    return this.#statements.dataVersion.get()?.['data_version'];
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
    else if (change.kind === 'dropped') this.#statements.dropped.run(change.at, change.cause, change.seq);
    else {
      const state = change.kind === 'parked' ? 'parked' : 'due';
      this.#statements.failed.run(state, change.attempts, change.cause, change.seq);
    }
  }

  #putRequest(at: number): void {
    this.#statements.putRequest.run(at);
    this.#statements.forgetRequests.run(at - REQUESTS_KEPT_MS);
  }

  /**
   * After a restart of the machine, our clock counts from zero again. A request then lies in the future, or, where the
   * machine has been up for long, in a past that is too near: either way it counts for too long rather than too short.
   */
  #settleRequests(): void {
    const now = this.#clock.monotonic();
    this.#statements.dateRequests.run(now);
    this.#statements.redateRequests.run(now);
    this.#statements.forgetRequests.run(now - REQUESTS_KEPT_MS);
  }
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
