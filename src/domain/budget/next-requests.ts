import type { Call, WaitingCall } from '../call/call.ts';
import type { CallId } from '../identity.ts';
import type { Entry } from '../outbox/entry.ts';
import { frontEntries } from '../outbox/entry.ts';
import { headsOf, newcomersOf } from '../queue/line.ts';
import type { AskMemory, AskReason } from './ask-memory.ts';
import { type HeldPolls, heldForLongerThan } from './held-polls.ts';
import type { RequestWindow } from './request-window.ts';
import { permitsAt, WINDOW_MS } from './request-window.ts';

/**
 * Who spends the next request.
 *
 *   1 `transfered`: the agent's screen opens with it          spends the last permit
 *   2 endings, oldest first: they free agents                 spends the last permit
 *     (and the registering of a caller for whom an agent may be held)
 *   3 a head to be asked about at once                        leaves a reserve for 1 and 2, one short
 *     (and one whose blind poll has been due for too long)
 *   4 a newcomer's first poll: they may be lucky              leaves a reserve, one short
 *     (repeated, where it failed, among the blind ones)
 *   5 callers gone unheard: two requests, as one unit         leaves a reserve
 *   6 a blind poll for a head, spread evenly                  leaves a reserve
 *   7 the links of calls that agents made                     leaves a reserve
 *
 * A unit wants one permit more than a poll, so polls alone would keep it from ever starting: while one waits, blind
 * polls come at half their pace. They are due by the clock then, so neither can starve the other.
 *
 * Only heads are asked for: another caller's turn cannot come first, and asking for them would steal the agent.
 */
export type Request =
  | { readonly kind: 'report'; readonly entry: Entry }
  | { readonly kind: 'ask'; readonly call: WaitingCall; readonly why: AskReason };

/** What the choice depends on. Instants are of one clock that never jumps. */
export interface Spending {
  readonly now: number;
  readonly window: RequestWindow;
  readonly calls: readonly Call[];
  readonly entries: readonly Entry[];
  readonly asks: AskMemory;
  readonly held: HeldPolls;
  /** Calls with a request on its way: nothing else of theirs may overtake it. */
  readonly inFlight: ReadonlySet<CallId>;
  /** Entries that wait for their retry, by `seq`. */
  readonly retryAt: ReadonlyMap<number, number>;
  /** Callers can be moved: without the PBX nobody is asked about, for the agent named would wait in vain. */
  readonly mayAsk: boolean;
}

/**
 * The next request, or when to look again (nothing: when something happens). `held`: heads about whom a question is due
 * that the limit does not allow.
 */
export type Choice =
  | { readonly kind: 'start'; readonly request: Request }
  | { readonly kind: 'wait'; readonly until: number | undefined; readonly held: readonly CallId[] };

/** How requests are chosen; the benches hold other ways against `nextRequest`. */
export type SpendingPolicy = (spending: Spending) => Choice;

interface Candidate {
  readonly request: Request;
  readonly dueAt: number;
  /** Permits that must be there: its own, those of its unit, and the reserve. */
  readonly wants: number;
}

export function nextRequest(spending: Spending): Choice {
  const { now, window } = spending;
  let until: number | undefined;
  const due: Request[] = [];
  for (const { request, dueAt, wants } of candidatesOf(spending)) {
    if (dueAt <= now) due.push(request);
    const permitted = permitsAt(window, wants, now);
    if (permitted === undefined) continue;
    const startAt = Math.max(dueAt, permitted);
    if (startAt <= now) return { kind: 'start', request };
    until = Math.min(until ?? startAt, startAt);
  }
  return { kind: 'wait', until, held: headsAmong(due, spending.calls) };
}

function headsAmong(due: readonly Request[], calls: readonly Call[]): readonly CallId[] {
  if (due.length === 0) return [];
  const heads = new Set([...headsOf(calls).values()].map((call) => call.callId));
  return due.flatMap((request) =>
    request.kind === 'ask' && heads.has(request.call.callId) ? [request.call.callId] : [],
  );
}

/** Permits kept back from polls for `transfered` and endings: three of the published ten a minute. */
export function reserveOf(limit: number): number {
  return Math.min(3, Math.floor((limit - 1) / 3));
}

// People do not become free faster than that, however generous the limit.
const SHORTEST_SPACING_MS = 1_000;

/** Blind polls share what the reserve leaves, evenly over the minute and over all heads. */
export function blindSpacingMs(limit: number): number {
  return Math.max(SHORTEST_SPACING_MS, Math.ceil(WINDOW_MS / Math.max(1, limit - reserveOf(limit))));
}

/** In the order of the classes above. */
function candidatesOf(spending: Spending): readonly Candidate[] {
  const { transfered, endings, unheard, links } = reportsOf(spending);
  const { eager, blind } = spending.mayAsk ? pollsOf(spending, unheard.length > 0 ? 2 : 1) : NO_POLLS;
  return [...transfered, ...endings, ...eager, ...unheard, ...blind, ...links];
}

function reportsOf(spending: Spending) {
  const { entries, inFlight, retryAt, now, window } = spending;
  const transfered: Candidate[] = [];
  const endings: Candidate[] = [];
  const unheard: Candidate[] = [];
  const links: Candidate[] = [];
  for (const entry of frontEntries(entries)) {
    if (inFlight.has(entry.report.callId)) continue;
    const request = { kind: 'report', entry } as const;
    const dueAt = retryAt.get(entry.seq) ?? now;
    const { kind } = entry.report;
    if (kind === 'transfered') transfered.push({ request, dueAt, wants: 1 });
    else if (entry.report.kind === 'received' && !entry.report.mayHoldAgent)
      unheard.push({ request, dueAt, wants: unitAndReserve(window.limit) });
    else if (kind === 'made-call-link') links.push({ request, dueAt, wants: 1 + reserveOf(window.limit) });
    else endings.push({ request, dueAt, wants: 1 });
  }
  return { transfered, endings, unheard, links };
}

function unitAndReserve(limit: number): number {
  return Math.min(limit, 2 + reserveOf(limit));
}

const NO_POLLS: Polls = { eager: [], blind: [] };

interface Polls {
  readonly eager: readonly Candidate[];
  readonly blind: readonly Candidate[];
}

/** `pace`: how many times their spacing blind polls are apart. */
function pollsOf(spending: Spending, pace: number): Polls {
  const { calls, asks, held, inFlight, now, window } = spending;
  const reserve = reserveOf(window.limit);
  const heads = [...headsOf(calls).values()].filter((call) => !inFlight.has(call.callId));
  // An agent may be free for those who are asked about now; blind polls only look whether one is.
  const poll = (call: WaitingCall, why: AskReason, dueAt: number): Candidate => ({
    request: { kind: 'ask', call, why },
    dueAt,
    wants: 1 + (why === 'blind' ? reserve : Math.max(0, reserve - 1)),
  });
  const again = heads
    .filter((call) => asks.askAgain.has(call.callId))
    .map((call) => poll(call, 'again', now));
  const newcomers = newcomersOf(calls).filter((call) => !inFlight.has(call.callId));
  const isAsked = (call: WaitingCall) => asks.lastAskedAt.has(call.callId);
  const first = newcomers.filter((call) => !isAsked(call)).map((call) => poll(call, 'newcomer', now));
  const blind = [...heads.filter((call) => call.hearing === 'heard'), ...newcomers.filter(isAsked)]
    .sort((one, other) => lastAsked(asks, one) - lastAsked(asks, other))
    .map((call) => poll(call, 'blind', blindAt(spending, call, pace)));
  const overdue = heldForLongerThan(held, OVERDUE_SPACINGS * blindSpacingMs(window.limit), now);
  const isOverdue = (call: WaitingCall) => overdue.includes(call.callId);
  const late = heads.filter(isOverdue).map((call) => poll(call, 'late', now));
  return { eager: [...again, ...late, ...first], blind };
}

// A flood of newcomers, each with a first poll, would otherwise keep those who have waited longest from any. It leaves
// newcomers two thirds of what polls may spend.
const OVERDUE_SPACINGS = 2;

function blindAt({ asks, window }: Spending, call: WaitingCall, pace: number): number {
  return Math.max(asks.lastHeadAskedAt, lastAsked(asks, call)) + pace * blindSpacingMs(window.limit);
}

function lastAsked(asks: AskMemory, call: WaitingCall): number {
  return asks.lastAskedAt.get(call.callId) ?? -Infinity;
}
