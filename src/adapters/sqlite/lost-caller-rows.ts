import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type CallId, callIdFrom, type Instant } from '../../domain/identity.ts';
import type { HandedOut, LostCaller, LostCallersWanted } from '../../ports/lost-callers.ts';
import { type CallerStatements, KnownCallers, prepareCallerStatements } from './known-callers.ts';

// The loop stands still while one answer is looked up. So many lost calls, and so many calls of their callers, take 6 to
// 11 ms and seldom more than 25 (measured, with 20,000 lost calls); whoever asks is told that there is more to look at.
const MOST_LOOKED_AT = 200;
const MOST_OF_THEIR_CALLS = 400;

/**
 * Lost callers, given out once. A caller who is given out settles all of their lost calls, one who was answered since
 * those from before that: so each call is looked at once, and a later one counts anew, however the clock was set.
 *
 * Calls that cannot be settled yet, of callers who cannot be dialled or are calling, would be looked at first each time,
 * and there may be more of them than one answer looks at. So an answer that was cut short is gone on from where it ended,
 * until the end was reached; then all of them are looked at again. Whoever was passed over on the way because they were
 * calling may have hung up by the end: then it is not said that there is nobody else. An answer that could not be committed
 * delays its callers until then.
 */
export class LostCallerRows {
  readonly #callers: CallerStatements;
  readonly #lostAfter: StatementSync;
  readonly #settle: StatementSync;
  #lookedAtUntil: Start | undefined;

  constructor(database: DatabaseSync) {
    this.#callers = prepareCallerStatements(database);
    this.#lostAfter = database.prepare(`SELECT call_id, body ->> '$.clientNumber' AS client_number, ended_at
      FROM calls WHERE ending = 'lost' AND (ended_at, call_id) > (?, ?)
        AND NOT EXISTS (SELECT 1 FROM lost_calls_settled AS settled WHERE settled.call_id = calls.call_id)
      ORDER BY ended_at, call_id`);
    this.#settle = database.prepare(
      'INSERT OR IGNORE INTO lost_calls_settled (call_id, task, settled_at) VALUES (?, ?, ?)',
    );
  }

  /** In a transaction of the caller's. */
  handOut({ task, count, since, now, numberOf }: LostCallersWanted): HandedOut {
    const known = new KnownCallers(this.#callers, numberOf);
    const { callers, over, exhausted, lookedAtUntil } = this.#find(known, count, this.#startOf(since));
    for (const callId of over) this.#settle.run(callId, null, now);
    for (const { number } of callers)
      for (const callId of known.lostCallsOf(number)) this.#settle.run(callId, task, now);
    this.#lookedAtUntil = lookedAtUntil;
    return { callers, exhausted };
  }

  #startOf(since: Instant): Start {
    const position = this.#lookedAtUntil;
    // No id is empty, and instants are whole: this is before the first call that ended later than that.
    return position !== undefined && position.endedAt > since
      ? position
      : { endedAt: Math.floor(since) + 1, callId: '', isAfterBusy: false };
  }

  #find(known: KnownCallers, count: number, start: Start): Found {
    const callers = new Map<string, LostCaller>();
    const over: string[] = [];
    const found = (exhausted: boolean, lookedAtUntil: Start | undefined): Found => ({
      callers: [...callers.values()],
      ...{ over, exhausted, lookedAtUntil },
    });
    let last = start;
    let lookedAt = 0;
    for (const row of this.#lostAfter.iterate(start.endedAt, start.callId)) {
      if (lookedAt >= MOST_LOOKED_AT || known.callsRead >= MOST_OF_THEIR_CALLS) return found(false, last);
      const lost = lostCallIn(row);
      const number = known.callerOf(lost.clientNumber);
      const isOpen = number !== undefined && !callers.has(number);
      const isPassedOver = isOpen && isBusy(known, number, lost);
      const isWanted = isOpen && !isPassedOver;
      if (isWanted && known.isOver(number, lost)) over.push(lost.callId);
      else if (isWanted && callers.size === count) return found(false, this.#lookedAtUntil);
      else if (isWanted) callers.set(number, { callId: lost.callId, number });
      last = { ...lost, isAfterBusy: last.isAfterBusy || isPassedOver };
      lookedAt += 1;
    }
    return found(!start.isAfterBusy, undefined);
  }
}

/** In a call, or perhaps in that of somebody who calls them back: it is not known yet whether they still wait for one. */
function isBusy(known: KnownCallers, number: string, lost: LostCall): boolean {
  return known.isCalling(number) || known.isPerhapsCalled(number, lost);
}

/** A place among the lost calls, in the order of their ends. */
interface Position {
  readonly endedAt: Instant;
  readonly callId: string;
}

/** Where an answer begins. */
interface Start extends Position {
  /** Before it somebody was passed over who was busy. */
  readonly isAfterBusy: boolean;
}

interface LostCall extends Position {
  readonly callId: CallId;
  readonly clientNumber: string;
}

interface Found extends HandedOut {
  /** Lost calls for which nobody is to be called any more. */
  readonly over: readonly string[];
  /** Where the next answer goes on; nothing where it begins anew. */
  readonly lookedAtUntil: Start | undefined;
}

function lostCallIn(row: Record<string, unknown>): LostCall {
  return {
    callId: callIdFrom(String(row['call_id'])),
    endedAt: Number(row['ended_at']),
    clientNumber: String(row['client_number']),
  };
}
