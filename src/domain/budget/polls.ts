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
// An answer in vain is as good as new for this long.
const JUST_NOW_MS = 3_000;

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
  const unaskedSince = ({ callId, enteredAtMonotonic }: WaitingCall) =>
    spending.asks.lastAskedAt.get(callId) ?? enteredAtMonotonic;
  for (const head of [...heads.values()].sort((one, other) => unaskedSince(one) - unaskedSince(other))) {
    if (spending.inFlight.has(head.callId)) continue;
    const poll = pollOfHead(spending, head, pace);
    polls[poll.class].push(candidate(spending, head, poll));
    polls.eager.push(...overdueCandidate(spending, head, poll));
  }
  for (const [queue, calls] of Map.groupBy(newcomersOf(spending.calls), ({ queue }) => queue)) {
    const head = heads.get(queue);
    if (head === undefined || mayTakeAgentOf(spending, head)) continue;
    for (const call of calls)
      if (call !== head && !spending.inFlight.has(call.callId))
        polls.registering.push(candidate(spending, call, registering(spending, call)));
  }
  return polls;
}

const RESERVE_OF: Readonly<Record<Class, keyof Reserve>> = {
  eager: 'ofEagerPolls',
  registering: 'ofTheRest',
  blind: 'ofBlindPolls',
};

function candidate({ window }: Spending, call: WaitingCall, poll: Poll): Candidate {
  return {
    request: { kind: 'ask', call, why: poll.why },
    dueAt: poll.dueAt,
    wants: 1 + reserveOf(window.limit)[RESERVE_OF[poll.class]],
    isPromising: poll.class === 'eager' && poll.why !== 'late',
  };
}

/** A question about a head does not wait for ever for permits that are kept back: others would take all that come. */
function overdueCandidate(spending: Spending, head: WaitingCall, poll: Poll): readonly Candidate[] {
  const { window, held, now } = spending;
  const patient = candidate(spending, head, poll);
  const wants = 1 + (poll.class === 'eager' ? 0 : reserveOf(window.limit).ofEagerPolls);
  if (patient.wants <= wants) return [];
  const heldSince = held.get(head.callId) ?? Math.max(now, poll.dueAt);
  return [{ ...patient, dueAt: heldSince + LONGEST_KEPT_BACK_MS, wants }];
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
  const why = hopeOf(outlook, now);
  return { class: timing.isSure && why !== 'blind' ? 'eager' : 'blind', why, dueAt };
}

function registering({ asks, window, now }: Spending, call: WaitingCall): Poll {
  const lastAskedAt = asks.lastAskedAt.get(call.callId) ?? -Infinity;
  const dueAt = Math.max(now, lastAskedAt + evenSpacingMs(window.limit));
  return { class: 'registering', why: 'newcomer', dueAt };
}

/** Whether somebody else of the queue, asked about now, might be named the agent for whom its head waits. */
function mayTakeAgentOf(spending: Spending, head: WaitingCall): boolean {
  const { asks, agents, inFlight, now } = spending;
  if (inFlight.has(head.callId) || asks.askAgain.has(head.callId)) return true;
  if (isEndingOnItsWay(spending, head)) return true;
  const outlook = outlookOf(spending, head);
  const deniedAt = agents.deniedAt.get(head.queue) ?? -Infinity;
  // However many are free on the phone: none of them was named just now, and nothing has been seen since.
  if (now - deniedAt < JUST_NOW_MS && hopeOf(outlook, now + ON_ITS_WAY_MS) === 'blind') return false;
  return chanceOfAgent(outlook, now + ON_ITS_WAY_MS) > LITTLE_CHANCE;
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
  const isTaken = (extension: Extension) =>
    extensions.isInUse(extension) || asked.some((other) => known.members.get(other)?.has(extension));
  // Chances are taken at some hundred instants, and all of them by what is shown now: read from the board once.
  const taken = new Set([...(known.members.get(queue) ?? [])].filter(isTaken));
  return { queue, known, extensions: { ...extensions, isInUse: (extension) => taken.has(extension) } };
}

/** Others, for which a question is on its way. */
function queuesAskedAbout({ calls, inFlight }: Spending, but: QueueName): readonly QueueName[] {
  return calls
    .filter((call) => call.phase === 'waiting' && call.queue !== but && inFlight.has(call.callId))
    .map(({ queue }) => queue);
}
