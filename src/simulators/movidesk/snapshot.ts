import type { Account } from './account.ts';
import type { Calendar, SimulatedQueue } from './allocation.ts';

/** How the account looks to a supervisor: who waits, who talks, who is free. */
export interface QueueSnapshot {
  readonly queueId: number;
  readonly calendar: Calendar;
  /** Longest waiting first. */
  readonly waiting: readonly {
    readonly callId: string;
    readonly clientNumber: string;
    readonly waitedMs: number;
    /** The extension named to it now. */
    readonly named: string | undefined;
  }[];
  readonly talking: readonly { readonly callId: string; readonly extension: string | undefined }[];
  readonly agents: readonly {
    readonly extension: string;
    readonly isOnline: boolean;
    readonly isOnPhone: boolean;
    readonly isTalking: boolean;
  }[];
}

export function snapshotOf(account: Account, at: number): readonly QueueSnapshot[] {
  return account.queues.map((queue) => queueSnapshot(account, queue, at));
}

function queueSnapshot({ allocation, book }: Account, queue: SimulatedQueue, at: number): QueueSnapshot {
  const calls = book.all();
  const ours = calls.filter((call) => call.queueId === queue.id);
  return {
    queueId: queue.id,
    calendar: allocation.calendarOf(queue.id),
    waiting: ours
      .filter((call) => call.phase === 'waiting')
      .map(({ callId, clientNumber, arrivedAt }) => ({
        callId,
        clientNumber,
        waitedMs: at - arrivedAt,
        named: allocation.namedTo(callId, at),
      })),
    talking: ours
      .filter((call) => call.phase === 'talking')
      .map(({ callId, extension }) => ({ callId, extension })),
    agents: queue.agents.map((extension) => ({
      extension,
      isOnline: allocation.isOnline(extension),
      isOnPhone: allocation.isOnPhone(extension),
      isTalking: calls.some((call) => call.phase === 'talking' && call.extension === extension),
    })),
  };
}
