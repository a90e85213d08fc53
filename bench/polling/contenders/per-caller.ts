import type { Choice, Spending, SpendingPolicy } from '../../../src/domain/budget/spending.ts';
import type { WaitingCall } from '../../../src/domain/call/call.ts';
import { dueReports, whenever } from './due-reports.ts';

/** What the field does: everybody who waits has a timer of their own, and nobody counts requests. */
export const perCaller =
  (everyMs: number): SpendingPolicy =>
  (spending) => {
    const { urgent, unheard, nextRetryAt } = dueReports(spending);
    const [report] = [...urgent, ...unheard];
    if (report !== undefined) return { kind: 'start', request: report };
    return firstPoll(spending, everyMs, nextRetryAt);
  };

function firstPoll(spending: Spending, everyMs: number, nextRetryAt: number): Choice {
  const { calls, asks, inFlight, mayAsk, now } = spending;
  let until = nextRetryAt;
  for (const call of mayAsk ? calls : []) {
    if (!isWaiting(call) || inFlight.has(call.callId)) continue;
    const dueAt = (asks.lastAskedAt.get(call.callId) ?? -Infinity) + everyMs;
    if (dueAt <= now) return { kind: 'start', request: { kind: 'ask', call, why: 'blind' } };
    until = Math.min(until, dueAt);
  }
  return { kind: 'wait', until: whenever(until), held: [] };
}

const isWaiting = (call: Spending['calls'][number]): call is WaitingCall => call.phase === 'waiting';
