import { callIdFrom, queueNameFrom } from '../../src/domain/identity.ts';
import { READY } from '../../src/ports/readiness.ts';
import type { Status } from '../../src/ports/status.ts';
import { extension, MORNING } from '../domain/builders.ts';

export const NUMBER = '5511987654321';
const support = queueNameFrom('support');

/** Somebody in every place where a caller can be, with changes laid over it. */
export function someStatus(changes: Partial<Status> = {}): Status {
  const caller = (id: string) => ({ callId: callIdFrom(id), number: NUMBER });
  const since = MORNING - 65_000;
  return {
    at: MORNING,
    state: 'ready',
    links: [
      { name: 'daemon', ...READY },
      { name: 'pbx', ...READY, isConnected: true, isReconciled: true, since },
      { name: 'helpDesk', ...READY },
    ],
    queues: [{ name: support, callers: [{ ...caller('a'), phase: 'waiting', since }] }],
    talks: [{ ...caller('b'), queue: support, extension: extension('1001'), since }],
    leaving: [{ ...caller('c'), queue: support, reason: 'closed', since }],
    agents: [
      { extension: extension('1001'), state: 'talking', queues: [support], callId: callIdFrom('b') },
      { extension: extension('1002'), state: 'free', queues: [], device: 'NOT_INUSE' },
    ],
    budget: { limit: 10, configured: 10, used: 4, ratio: 0.4 },
    outbox: [{ lane: 'movidesk', due: 1, parked: 0, oldestAt: since }],
    endings: [
      { ...caller('d'), queue: support, ending: 'completed', enteredAt: since, endedAt: MORNING },
      {
        ...caller('e'),
        queue: support,
        ending: 'lost',
        reason: 'nobody',
        enteredAt: since,
        endedAt: MORNING,
      },
    ],
    ...changes,
  };
}
