import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CallId, Instant } from '../../domain/identity.ts';
import type { CallerHistory } from '../../ports/caller-histories.ts';
import type { LostCallersWanted } from '../../ports/lost-callers.ts';
import { type CallerStatements, KnownCallers, prepareCallerStatements } from './known-callers.ts';

interface Visit {
  readonly callId: string;
  readonly uniqueid: string;
  readonly clientNumber: string;
  readonly enteredAt: Instant;
  readonly endedAt: Instant;
}

/** Callers whom nobody took, one at a time, with what they did before and since. A row that cannot be read is nobody's. */
export class CallerHistoryRows {
  readonly #callers: CallerStatements;
  readonly #visit: StatementSync;
  readonly #calledBack: StatementSync;
  readonly #isToBeTold: StatementSync;

  constructor(database: DatabaseSync) {
    this.#callers = prepareCallerStatements(database);
    this.#visit =
      database.prepare(`SELECT call_id, uniqueid, body ->> '$.clientNumber' AS client_number, entered_at, ended_at
      FROM calls WHERE call_id = ? AND ended_at IS NOT NULL AND json_valid(body)`);
    // Of which nobody knows, it counts as made: while it is a person's business, the caller's next loss must not bring a second.
    this.#calledBack =
      database.prepare(`SELECT state, coalesce(due_at, settled_at) AS made_at, result FROM relays
      WHERE call_id = ? AND lane = 'ccai' AND relay ->> '$.kind' = 'call-back'
        AND (state = 'delivered' OR state = 'parked' AND started > 0)`);
    this.#isToBeTold = database.prepare(
      `SELECT 1 FROM relays WHERE call_id = ? AND relay ->> '$.kind' = 'call-back' AND state = 'due'`,
    );
  }

  historyOf(callId: CallId, numberOf: LostCallersWanted['numberOf']): CallerHistory | undefined {
    const row = this.#visit.get(callId);
    if (row === undefined) return undefined;
    const visit = visitIn(row);
    const known = new KnownCallers(this.#callers, numberOf);
    const number = known.callerOf(visit.clientNumber);
    return {
      lastCalledAt: visit.endedAt,
      ...(number === undefined ? NOBODY : this.#historyOf(number, visit, known)),
      number,
      lostAt: visit.endedAt,
      calledBackAs: this.#calledBack.get(callId)?.['result']?.toString(),
    };
  }

  #historyOf(number: string, visit: Visit, known: KnownCallers) {
    const others = known.endedCallsOf(number);
    // The same phone call may have gone through another queue before.
    const earlier = others.find((one) => one.uniqueid !== visit.uniqueid && one.endedAt <= visit.enteredAt);
    const later = others.filter((one) => one.endedAt > visit.endedAt);
    const calledBack = others
      .map(({ callId }) => this.#calledBack.get(callId))
      .filter((row) => row !== undefined)
      .map((row) => (row['state'] === 'parked' ? Infinity : Number(row['made_at'])));
    return {
      isCalling: known.isCalling(number),
      isServed: known.isServed(number, visit),
      isTooFarBack: known.isTooFarBack(number, visit),
      handedOutAt: known.handedOutAt(number, visit),
      isLostAnew: later.some(({ callId }) => this.#isToBeTold.get(callId) !== undefined),
      lastCalledAt: Math.max(visit.endedAt, ...later.map(({ endedAt }) => endedAt)),
      calledBackAt: calledBack.length === 0 ? undefined : Math.max(...calledBack),
      calledBefore: earlier?.endedAt,
    };
  }
}

const NOBODY = {
  ...{ isCalling: false, isServed: false, isTooFarBack: false, isLostAnew: false },
  ...{ handedOutAt: undefined, calledBackAt: undefined, calledBefore: undefined },
};

function visitIn(row: Readonly<Record<string, unknown>>): Visit {
  return {
    callId: String(row['call_id']),
    uniqueid: String(row['uniqueid']),
    clientNumber: String(row['client_number']),
    enteredAt: Number(row['entered_at']),
    endedAt: Number(row['ended_at']),
  };
}
