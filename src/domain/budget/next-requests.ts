import type { Call } from '../call/call.ts';
import { headsOf } from '../queue/line.ts';
import { noPolls, pollsOf } from './polls.ts';
import { reportsOf } from './reports.ts';
import { nextPermitAt, permitsAt } from './request-window.ts';
import type { Candidate, Choice, HeldPoll, Spending } from './spending.ts';

/**
 * Who spends the next request.
 *
 *   1 `transfered`: the agent's screen opens with it           spends the last permit
 *   2 endings, oldest first: they free agents                  spends the last permit
 *     (and the registering of a caller for whom an agent may be held)
 *   3 a head for whom an agent is free, by all signs           leaves one for 1 and 2, after a while none
 *     (a newcomer, too; and a head not asked about for too long)
 *   4 a newcomer for whom nobody is free: to register them     leaves the whole reserve
 *   5 callers gone unheard: two requests, as one unit          leaves two
 *   6 a head for whom an agent may be free by now              leaves two
 *   7 the links of calls that agents made                      leaves the whole reserve
 *   8 other links than were told, of recordings that moved     leaves the whole reserve
 *
 * A unit wants one permit more than a poll, so polls alone would keep it from ever starting: while one waits, blind
 * polls are twice as dear. They are due by the clock then, so neither can starve the other.
 */
export function nextRequest(spending: Spending): Choice {
  const { now, window } = spending;
  let until: number | undefined;
  const due: Candidate[] = [];
  for (const candidate of candidatesOf(spending)) {
    const { request, dueAt, wants } = candidate;
    if (dueAt <= now) due.push(candidate);
    const permitted = permitsAt(window, wants, now);
    if (permitted === undefined) continue;
    const startAt = Math.max(dueAt, permitted);
    if (startAt <= now) return { kind: 'start', request };
    if (startAt < Infinity) until = soonest(until, startAt);
  }
  return {
    kind: 'wait',
    until: soonest(until, otherwiseAt(spending)),
    held: headsAmong(due, spending.calls),
  };
}

/** With every permit that comes back polls are cheaper, and with every extension in turn again more likely: they may be due. */
function otherwiseAt({ calls, extensions, mayAsk, window, now }: Spending): number | undefined {
  if (!mayAsk || !calls.some(({ phase }) => phase === 'waiting')) return undefined;
  return soonest(nextPermitAt(window, now), extensions.nextInTurnAt);
}

const soonest = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);

/** In the order of the classes above. */
function candidatesOf(spending: Spending): readonly Candidate[] {
  const { transfered, endings, unheard, links, repairs } = reportsOf(spending);
  const { eager, registering, blind } = spending.mayAsk
    ? pollsOf(spending, unheard.length > 0 ? 2 : 1)
    : noPolls;
  return [...transfered, ...endings, ...eager, ...registering, ...unheard, ...blind, ...links, ...repairs];
}

function headsAmong(due: readonly Candidate[], calls: readonly Call[]): readonly HeldPoll[] {
  if (due.length === 0) return [];
  const heads = new Set([...headsOf(calls).values()].map((call) => call.callId));
  return due.flatMap(({ request, isPromising = false }) =>
    request.kind === 'ask' && heads.has(request.call.callId)
      ? [{ callId: request.call.callId, isPromising }]
      : [],
  );
}
