import { permitsAt, WINDOW_MS } from '../../../src/domain/budget/request-window.ts';
import type { Spending, SpendingPolicy } from '../../../src/domain/budget/spending.ts';
import type { WaitingCall } from '../../../src/domain/call/call.ts';
import { headsOf } from '../../../src/domain/queue/line.ts';
import { dueReports, startWhen, whenever } from './due-reports.ts';

// Two of the three requests that an answered call takes are reports; four of ten leave room for as many calls as the
// rest can ask for.
const SHARE_OF_REPORTS = 0.4;

/** The careful way: reports first, and what is left of the limit evenly spread over the heads of the queues, in turn. */
export function headOnly(): SpendingPolicy {
  let lastPollAt = -Infinity;
  return (spending) => {
    const { window, now } = spending;
    const { urgent, unheard, nextRetryAt } = dueReports(spending);
    const permitted = permitsAt(window, 1, now) ?? Infinity;
    const [report] = urgent;
    if (report !== undefined) return startWhen(permitted, now, report);
    const head = headInTurn(spending);
    const [farewell] = unheard;
    if (head === undefined && farewell !== undefined) return startWhen(permitted, now, farewell);
    if (head === undefined) return { kind: 'wait', until: whenever(nextRetryAt), held: [] };
    const spacingMs = WINDOW_MS / (window.limit * (1 - SHARE_OF_REPORTS));
    const dueAt = Math.max(permitted, lastPollAt + spacingMs);
    if (dueAt > now) return { kind: 'wait', until: Math.min(dueAt, nextRetryAt), held: [] };
    lastPollAt = now;
    return { kind: 'start', request: { kind: 'ask', call: head, why: 'blind' } };
  };
}

function headInTurn({ calls, asks, inFlight, mayAsk }: Spending): WaitingCall | undefined {
  const lastAsked = ({ callId }: WaitingCall) => asks.lastAskedAt.get(callId) ?? -Infinity;
  return [...headsOf(calls).values()]
    .filter(({ callId }) => mayAsk && !inFlight.has(callId))
    .sort((one, other) => lastAsked(one) - lastAsked(other))[0];
}
