import { permitsAt } from '../../../src/domain/budget/request-window.ts';
import type { Request, Spending, SpendingPolicy } from '../../../src/domain/budget/spending.ts';
import { headsOf } from '../../../src/domain/queue/line.ts';
import type { Oracle } from '../oracle.ts';
import { dueReports, startWhen, whenever } from './due-reports.ts';

/**
 * Asks about a head only where a phone will ring for it, the one who has waited longest first. It is greedy and looks no
 * further ahead than one request, so it is near to what Movidesk, the people and the limit allow, and no strict bound.
 */
export const clairvoyant =
  (oracle: Oracle, { hasLimit }: { hasLimit: boolean }): SpendingPolicy =>
  (spending) => {
    const { now, window } = spending;
    const { urgent, unheard, nextRetryAt } = dueReports(spending);
    const [request] = [...urgent, ...pollsOf(spending, oracle), ...unheard];
    const permitted = hasLimit ? (permitsAt(window, 1, now) ?? Infinity) : now;
    if (request !== undefined) return startWhen(permitted, now, request);
    const until = Math.min(nextRetryAt, oracle.nextChangeAt ?? Infinity);
    return { kind: 'wait', until: whenever(until), held: [] };
  };

function pollsOf({ calls, inFlight, mayAsk }: Spending, oracle: Oracle): readonly Request[] {
  if (!mayAsk) return [];
  // What is on its way may take the agent whom the look still shows.
  const asked = calls.filter((call) => call.phase === 'waiting' && inFlight.has(call.callId));
  return [...headsOf(calls).values()]
    .filter((head) => asked.every(({ queue }) => !oracle.shareAgents(queue, head.queue)))
    .filter((head) => oracle.wouldBringOffer(head))
    .sort((one, other) => one.enteredAt - other.enteredAt)
    .map((call) => ({ kind: 'ask', call, why: 'blind' }));
}
