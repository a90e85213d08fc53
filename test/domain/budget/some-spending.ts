import type { AskMemory } from '../../../src/domain/budget/ask-memory.ts';
import { askAnswered, askedInVain, askStarted, noAsks } from '../../../src/domain/budget/ask-memory.ts';
import { noneHeld } from '../../../src/domain/budget/held-polls.ts';
import { nextRequest } from '../../../src/domain/budget/next-requests.ts';
import type { Choice, Spending } from '../../../src/domain/budget/spending.ts';
import type { Extension } from '../../../src/domain/identity.ts';
import {
  agentNamed,
  agentSeenFree,
  headAsked,
  headDenied,
  type KnownAgents,
  nobodyKnown,
} from '../../../src/domain/queue/known-agents.ts';
import { taught, untaught } from '../../../src/domain/queue/wrap-up.ts';
import { aCall, extension } from '../builders.ts';

export const NOW = 1_000_000;

const NOTHING_SHOWN = { isInUse: () => false, isSetAside: () => false, nextInTurnAt: undefined };

/** Ten requests a minute, none spent, nothing to do. */
export function spending(
  changes: Partial<Spending> & { limit?: number; spent?: readonly number[] } = {},
): Spending {
  const { limit = 10, spent = [], ...rest } = changes;
  return {
    now: NOW,
    window: { limit, startedAt: spent },
    calls: [],
    entries: [],
    asks: noAsks,
    agents: nobodyKnown,
    extensions: NOTHING_SHOWN,
    held: noneHeld,
    inFlight: new Set(),
    retryAt: new Map(),
    mayAsk: true,
    ...rest,
  };
}

/** So many requests, the first a second ago. */
export const justSpent = (count: number) => Array.from({ length: count }, (_, at) => NOW - 1_000 + at);

export function chosen(choice: Choice): string {
  if (choice.kind === 'wait') return choice.until === undefined ? 'nothing' : `wait ${choice.until - NOW}`;
  const { request } = choice;
  return request.kind === 'ask'
    ? `${request.why} ${request.call.callId}`
    : `${request.entry.report.kind} ${request.entry.report.callId}`;
}
export const next = (changes: Parameters<typeof spending>[0]) => chosen(nextRequest(spending(changes)));

export const head = aCall().withId('head').enteredAt(1_000).heard().waiting();
export const later = aCall().withId('later').enteredAt(2_000);
export const other = aCall().withId('other').inQueue('sales').enteredAt(500).heard().waiting();
export const ana = extension('1001');
export const inVain = askedInVain(noAsks, head.callId, ana);

/** Asked about the head of this queue so long ago, the help desk had nobody; one agent is known. */
export function denied(
  msAgo: number,
  { queue } = head,
  { known = nobodyKnown, member = ana }: { known?: KnownAgents; member?: Extension } = {},
): KnownAgents {
  const named = agentNamed(known, { queue, extension: member, now: 0 });
  return headDenied(headAsked(named, queue, NOW - msAgo), queue, NOW - msAgo);
}
/** The PBX has shown since that the agent is free. */
export const shownFree = agentSeenFree(denied(2_000), ana, NOW - 100);
export const asked = (msAgo: number): AskMemory =>
  askAnswered(askStarted(noAsks, head.callId, NOW - msAgo), head.callId);
/** Asked about a moment ago: nobody is free, by all signs. */
export const justDenied = { asks: asked(1_100), agents: denied(1_100) };

/** Thirty lessons have taught that wrap-ups after the head's calls take between 19 and 21 s. */
export function knowingTwentySeconds(known: KnownAgents): KnownAgents {
  const lessons = Array.from({ length: 30 }, () => ({ notBeforeMs: 19_000, byMs: 21_000 }));
  return { ...known, wrapUps: new Map([[head.queue, lessons.reduce(taught, untaught)]]) };
}
