import type { Choice, Spending, SpendingPolicy } from '../../../src/domain/budget/spending.ts';
import type { WaitingCall } from '../../../src/domain/call/call.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';
import { dueReports, whenever } from './due-reports.ts';

/** What the field does: everybody who waits, and every report, has a timer of its own, and nobody counts requests. */
export function perCaller(everyMs: number): SpendingPolicy {
  const sentAt = new Map<number, number>();
  const retryAt = ({ seq }: Entry) => {
    const at = sentAt.get(seq);
    return at === undefined ? undefined : at + everyMs;
  };
  return (spending) => {
    const { urgent, unheard, nextRetryAt } = dueReports(spending, retryAt);
    const [request] = [...urgent, ...unheard];
    if (request === undefined) return firstPoll(spending, everyMs, nextRetryAt);
    if (request.kind === 'report') sentAt.set(request.entry.seq, spending.now);
    return { kind: 'start', request };
  };
}

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
