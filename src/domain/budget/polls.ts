import type { WaitingCall } from '../call/call.ts';
import type { Extension, QueueName } from '../identity.ts';
import { headsOf, newcomersOf } from '../queue/line.ts';
import type { AskReason } from './ask-memory.ts';
import { chanceOfAgent, hopeOf, type Outlook } from './chance-of-agent.ts';
import { pollTiming } from './poll-timing.ts';
import {
  evenSpacingMs,
  LONGEST_KEPT_BACK_MS,
  priceMs,
  type Reserve,
  reserveOf,
  SHORTEST_SPACING_MS,
} from './reserve.ts';
import type { Candidate, Spending } from './spending.ts';

/**
 * Whom to ask about, and when.
 *
 * Only heads are asked for: another caller's turn cannot come first, and asking for them would steal the agent. A newcomer
 * for whom nobody is likely to be free is registered, so that supervisors see them, at a moment when that takes no agent
 * from the head of their queue.
 */
export interface Polls {
  /** An agent is free for these heads, as far as one can know; or they have not been asked about for too long. */
  readonly eager: readonly Candidate[];
  /** Newcomers to be registered. */
  readonly registering: readonly Candidate[];
  /** An agent may be free for these heads by now. */
  readonly blind: readonly Candidate[];
}

export const noPolls: Polls = { eager: [], registering: [], blind: [] };

// Whom we know may not be all there are: a head is asked about this often even while all of them are in calls.
const LONGEST_SILENCE_MS = 180_000;
// The chance at which a newcomer's first poll is more than a registering.
const EVEN_CHANCE = 0.5;
// The chance that a newcomer who is registered now is named the agent whom the head waits for.
const LITTLE_CHANCE = 0.1;
// A request is heard within this time, and is judged by what is true then.
const ON_ITS_WAY_MS = 1_000;

type Class = keyof Polls;

interface Poll {
  readonly class: Class;
  readonly why: AskReason;
  readonly dueAt: number;
}

/**
 * `pace`: how many times their price blind polls cost. Within a class, who has waited longest for a question comes first: no
 * queue starves, however many there are.
 */
export function pollsOf(spending: Spending, pace: number): Polls {
  const polls: Record<Class, Candidate[]> = { eager: [], registering: [], blind: [] };
  const heads = headsOf(spending.calls);
  const add = (call: WaitingCall, poll: Poll) => polls[poll.class].push(...candidates(spending, call, poll));
  const unaskedSince = ({ callId, enteredAtMonotonic }: WaitingCall) =>
    spending.asks.lastAskedAt.get(callId) ?? enteredAtMonotonic;
  for (const head of [...heads.values()].sort((one, other) => unaskedSince(one) - unaskedSince(other)))
    if (!spending.inFlight.has(head.callId)) add(head, pollOfHead(spending, head, pace));
  for (const call of newcomersOf(spending.calls)) {
    const head = heads.get(call.queue);
    if (head === undefined || head === call || spending.inFlight.has(call.callId)) continue;
    add(call, registeringBehind(spending, call, head));
  }
  return polls;
}

const RESERVE_OF: Readonly<Record<Class, keyof Reserve>> = {
  eager: 'ofEagerPolls',
  registering: 'ofTheRest',
  blind: 'ofBlindPolls',
};

function candidates({ window, held, now }: Spending, call: WaitingCall, poll: Poll): readonly Candidate[] {
  const request = { kind: 'ask', call, why: poll.why } as const;
  const reserve = reserveOf(window.limit)[RESERVE_OF[poll.class]];
  const isPromising = poll.class === 'eager' && poll.why !== 'late';
  const patient = { request, dueAt: poll.dueAt, wants: 1 + reserve, isPromising };
  if (poll.class !== 'eager' || reserve === 0) return [patient];
  const heldSince = held.get(call.callId) ?? Math.max(now, poll.dueAt);
  return [patient, { ...patient, dueAt: heldSince + LONGEST_KEPT_BACK_MS, wants: 1 }];
}

function pollOfHead(spending: Spending, head: WaitingCall, pace: number): Poll {
  const { asks, window, now } = spending;
  const lastAskedAt = asks.lastAskedAt.get(head.callId) ?? -Infinity;
  if (asks.askAgain.has(head.callId)) return { class: 'eager', why: 'again', dueAt: now };
  if (head.hearing === 'unasked') return firstPollOf(spending, head);
  if (asks.unanswered.has(head.callId))
    return { class: 'blind', why: 'blind', dueAt: lastAskedAt + evenSpacingMs(window.limit) };
  return guessedPollOf(spending, head, pace);
}

function firstPollOf(spending: Spending, head: WaitingCall): Poll {
  const isHopeful = chanceOfAgent(outlookOf(spending, head), spending.now) >= EVEN_CHANCE;
  return { class: isHopeful ? 'eager' : 'registering', why: 'newcomer', dueAt: spending.now };
}

/** By what is known of the agents. */
function guessedPollOf(spending: Spending, head: WaitingCall, pace: number): Poll {
  const { asks, agents, window, now } = spending;
  const lastAskedAt = asks.lastAskedAt.get(head.callId) ?? -Infinity;
  const since = agents.askedAt.get(head.queue) ?? -Infinity;
  const outlook = outlookOf(spending, head);
  const timing = pollTiming(outlook, { since, now, priceMs: pace * priceMs(window, now) });
  const lateAt = Math.max(lastAskedAt, since) + LONGEST_SILENCE_MS;
  if (timing.at > now && lateAt < timing.at) return { class: 'eager', why: 'late', dueAt: lateAt };
  const dueAt = Math.max(timing.at, lastAskedAt + SHORTEST_SPACING_MS);
  const why = hopeOf(outlook);
  return { class: timing.isSure && why !== 'blind' ? 'eager' : 'blind', why, dueAt };
}

/** They are told of at once where the head, who was asked about in vain just now, is unlikely to lose an agent by it. */
function registeringBehind(spending: Spending, call: WaitingCall, head: WaitingCall): Poll {
  const { asks, inFlight, window, now } = spending;
  const isHeadsTurn = inFlight.has(head.callId) || asks.askAgain.has(head.callId);
  const isRisky =
    isHeadsTurn ||
    isEndingOnItsWay(spending, call) ||
    chanceOfAgent(outlookOf(spending, head), now + ON_ITS_WAY_MS) > LITTLE_CHANCE;
  const lastAskedAt = asks.lastAskedAt.get(call.callId) ?? -Infinity;
  const dueAt = isRisky ? Infinity : Math.max(now, lastAskedAt + evenSpacingMs(window.limit));
  return { class: 'registering', why: 'newcomer', dueAt };
}

/** The help desk may have heard of it, and have an agent free of whom we do not know yet. */
function isEndingOnItsWay({ agents, inFlight }: Spending, { queue }: WaitingCall): boolean {
  const members = agents.members.get(queue);
  return [...agents.engaged].some(
    ([callId, { extension }]) => inFlight.has(callId) && members?.has(extension) === true,
  );
}

function outlookOf(spending: Spending, { queue }: WaitingCall): Outlook {
  const { agents: known, extensions } = spending;
  const asked = queuesAskedAbout(spending, queue);
  // Whoever serves two queues may be named to the head of the other in a moment.
  const isInUse = (extension: Extension) =>
    extensions.isInUse(extension) || asked.some((other) => known.members.get(other)?.has(extension));
  return { queue, known, extensions: { ...extensions, isInUse } };
}

/** Others, for which a question is on its way. */
function queuesAskedAbout({ calls, inFlight }: Spending, but: QueueName): readonly QueueName[] {
  return calls
    .filter((call) => call.phase === 'waiting' && call.queue !== but && inFlight.has(call.callId))
    .map(({ queue }) => queue);
}
