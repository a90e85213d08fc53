import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Instant } from '../../domain/identity.ts';
import type { LostCallersWanted } from '../../ports/lost-callers.ts';

interface EndedCall {
  readonly callId: string;
  /** Of the phone call, which may have gone through several queues. */
  readonly uniqueid: string;
  readonly ending: string;
  readonly endedAt: Instant;
  /** The far side's task that their caller was given to with this call, and when. */
  readonly given: { readonly task: string; readonly at: Instant } | undefined;
  /** When a call-back for it was sent of which nobody knows what became. */
  readonly perhapsCalledAt: Instant;
}

/** The task of a lost call that is settled because its caller was called back by the relay itself. */
export const CALLED_BACK = 'ccai';

interface LostCall {
  readonly callId: string;
  readonly endedAt: Instant;
}

interface History {
  /** The last one first. */
  readonly calls: readonly EndedCall[];
  readonly lastServedAt: Instant;
  /** There may be earlier calls of theirs. */
  readonly isCut: boolean;
}

type Row = Readonly<Record<string, unknown>>;

const NEVER: Instant = Number.NEGATIVE_INFINITY;

// Of a million ends, somebody who floods us from numbers with the same one makes many rows of it. Only the last hundred
// calls of an end are looked at, in the order in which they began. A lost call from before those is over, and nobody is
// called for it: whether they were answered or given out since cannot be seen any more, and nobody is to be called twice.
// Their later lost calls count, if they have any.
const MOST_ALIKE = 100;

// Found bridged while they were sent away, they ended as lost in the hands of somebody who is none of our agents: the
// fallback has served them (see `found` in the domain's while-leaving.ts and found-unanswered.ts).
const IS_SERVED = `ending = 'completed' OR ending = 'lost' AND EXISTS (
  SELECT 1 FROM timeline WHERE timeline.call_id = calls.call_id AND to_phase = 'ended' AND input = 'found')`;

const PERHAPS_CALLED_AT = `(SELECT max(started) FROM relays WHERE relays.call_id = calls.call_id
  AND state IN ('due', 'parked') AND started > 0 AND relay ->> '$.kind' = 'call-back')`;

export interface CallerStatements {
  readonly open: StatementSync;
  readonly ended: StatementSync;
}

export function prepareCallerStatements(database: DatabaseSync): CallerStatements {
  return {
    open: database.prepare(
      `SELECT body ->> '$.clientNumber' AS client_number FROM calls WHERE phase <> 'ended'`,
    ),
    // By their row: that is how the index has them, and the order in which they were written first.
    ended:
      database.prepare(`SELECT call_id, uniqueid, body ->> '$.clientNumber' AS client_number, ending, ended_at,
      ${IS_SERVED} AS is_served, task, settled_at, ${PERHAPS_CALLED_AT} AS perhaps_called_at
      FROM calls LEFT JOIN lost_calls_settled USING (call_id) WHERE number_end = ? AND ended_at IS NOT NULL
      ORDER BY calls.rowid DESC LIMIT ${MOST_ALIKE}`),
  };
}

/** Callers as one request knows them: by the number they are called back at. Each is looked up once. */
export class KnownCallers {
  readonly #ended: StatementSync;
  readonly #numberOf: LostCallersWanted['numberOf'];
  readonly #numbers = new Map<string, string | undefined>();
  readonly #histories = new Map<string, History>();
  /** Ended calls by the end of their number, the last one first. */
  readonly #alike = new Map<string, readonly Row[]>();
  /** Whoever is calling, by the end of their number: only the few that end like somebody's are worth reading. */
  readonly #calling: ReadonlyMap<string, readonly string[]>;
  #callsRead = 0;

  constructor({ open, ended }: CallerStatements, numberOf: LostCallersWanted['numberOf']) {
    this.#ended = ended;
    this.#numberOf = numberOf;
    const calling = open.all().map((row) => String(row['client_number']));
    this.#calling = Map.groupBy(calling, endOf);
  }

  /** Of how many ended calls it was read whose they were. */
  get callsRead(): number {
    return this.#callsRead;
  }

  /** Nothing where they cannot be called back. */
  callerOf(clientNumber: string): string | undefined {
    if (!this.#numbers.has(clientNumber)) this.#numbers.set(clientNumber, this.#numberOf(clientNumber));
    return this.#numbers.get(clientNumber);
  }

  isCalling(number: string): boolean {
    const alike = this.#calling.get(endOf(number)) ?? [];
    return alike.some((clientNumber) => this.callerOf(clientNumber) === number);
  }

  /** Whether nobody is to be called for a lost call of theirs: they were answered since, or called back for another one. */
  isOver(number: string, lost: LostCall): boolean {
    return this.isServed(number, lost) || this.isTooFarBack(number, lost) || this.#isCalledBack(number, lost);
  }

  /** Whether they were answered since. */
  isServed(number: string, lost: LostCall): boolean {
    return this.#historyOf(number).lastServedAt >= lost.endedAt;
  }

  /** Whether so many have called since that nobody knows whether they were answered. */
  isTooFarBack(number: string, lost: LostCall): boolean {
    const { calls, isCut } = this.#historyOf(number);
    return isCut && !calls.some(({ callId }) => callId === lost.callId);
  }

  /** When they were last handed out, for whichever call. */
  handedOutAt(number: string, lost: LostCall): Instant | undefined {
    // For this very call it was after it, however the clock was set.
    const times = this.endedCallsOf(number).flatMap(({ callId, given }) =>
      given === undefined || given.task === CALLED_BACK
        ? []
        : [callId === lost.callId ? Math.max(given.at, lost.endedAt) : given.at],
    );
    return times.length === 0 ? undefined : Math.max(...times);
  }

  /** Whether a call-back is on its way to them, or a person must find out whether one was made. */
  isPerhapsCalled(number: string, lost: LostCall): boolean {
    return this.endedCallsOf(number).some(({ perhapsCalledAt }) => perhapsCalledAt >= lost.endedAt);
  }

  lostCallsOf(number: string): readonly string[] {
    return this.endedCallsOf(number)
      .filter(({ ending }) => ending === 'lost')
      .map(({ callId }) => callId);
  }

  /** The last one first. */
  endedCallsOf(number: string): readonly EndedCall[] {
    return this.#historyOf(number).calls;
  }

  #isCalledBack(number: string, lost: LostCall): boolean {
    return this.endedCallsOf(number).some(
      ({ callId, given }) =>
        given?.task === CALLED_BACK && (callId === lost.callId || given.at >= lost.endedAt),
    );
  }

  #historyOf(number: string): History {
    const history = this.#histories.get(number) ?? this.#lookUp(number);
    this.#histories.set(number, history);
    return history;
  }

  #lookUp(number: string): History {
    const alike = this.#alikeTo(number);
    const theirs = alike.filter((row) => this.callerOf(String(row['client_number'])) === number);
    const served = theirs.filter((row) => row['is_served'] === 1);
    return {
      calls: theirs.map(endedCallIn),
      lastServedAt: served.reduce((latest, row) => Math.max(latest, Number(row['ended_at'])), NEVER),
      isCut: alike.length === MOST_ALIKE,
    };
  }

  #alikeTo(number: string): readonly Row[] {
    const end = endOf(number);
    const known = this.#alike.get(end);
    if (known !== undefined) return known;
    const rows = this.#ended.all(end);
    this.#alike.set(end, rows);
    this.#callsRead += rows.length;
    return rows;
  }
}

const endedCallIn = (row: Row): EndedCall => ({
  callId: String(row['call_id']),
  uniqueid: String(row['uniqueid']),
  ending: String(row['ending']),
  endedAt: Number(row['ended_at']),
  given: row['task'] === null ? undefined : { task: String(row['task']), at: Number(row['settled_at']) },
  perhapsCalledAt: row['perhaps_called_at'] === null ? NEVER : Number(row['perhaps_called_at']),
});

/** However a number is spelled, its last six digits are the same. */
const endOf = (number: string): string => number.slice(-6);
