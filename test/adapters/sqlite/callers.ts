import type { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import type { Call, Ending } from '../../../src/domain/call/call.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import type { RelayChange } from '../../../src/ports/store.ts';
import { aCall, MORNING } from '../../domain/builders.ts';

export const ANA = '11987650001';
export const BIA = '11987650002';
export const minute = (minutes: number) => MORNING + minutes * 60_000;
export const of = <Kind extends Call>(call: Kind, clientNumber: string): Kind => ({ ...call, clientNumber });

/** A call of theirs that began and ended so many minutes into the morning. */
export function ended(id: string, clientNumber: string, ending: Ending, atMinute: number): Call {
  const call = aCall()
    .withId(id)
    .enteredAt(minute(atMinute - 0.5))
    .ended(ending);
  return { ...of(call, clientNumber), endedAt: minute(atMinute) };
}

/** Brazil's ways to write a number, as the far side dials them. */
export function numberOf(clientNumber: string): string | undefined {
  const [, national] = /^(?:\+?55|0)?([1-9][0-9]{10})$/.exec(clientNumber) ?? [];
  return national === undefined ? undefined : `+55${national}`;
}

export const historyOf = (store: SqliteStore, id: string) => store.callerHistory(callIdFrom(id), numberOf);

export const delivered = (seq: number, atMinute: number, result?: string): RelayChange => ({
  ...{ kind: 'delivered', seq, at: minute(atMinute), result },
});

/** Udesk asks whom to call. */
export const handOut = (store: SqliteStore, atMinute: number, count = 10) =>
  store.handOutLost({ task: 'task-1', count, since: minute(-10_000), now: minute(atMinute), numberOf });

export const idsIn = ({ callers }: Awaited<ReturnType<typeof handOut>>) =>
  callers.map(({ callId }) => callId);
