import type { CallId, Extension, QueueName } from '../identity.ts';
import { chanceOver, taught, untaught, type WrapUp } from './wrap-up.ts';

/**
 * What the help desk's answers have told of its agents: who serves which queue, what the last word on each was, and how
 * long they are left alone after a call. It decides alone whom it names; this is only for guessing when to ask it.
 *
 * Lost at a restart, which costs some polls. Instants are of one clock that never jumps.
 */
export interface KnownAgents {
  /** Who was ever named for each queue. */
  readonly members: ReadonlyMap<QueueName, ReadonlySet<Extension>>;
  readonly sights: ReadonlyMap<Extension, Sight>;
  /** Who is kept busy by a call of ours, until the help desk has heard of its ending. */
  readonly engaged: ReadonlyMap<CallId, Engagement>;
  /** When the head of each queue was last asked about, and when for the last time in vain. */
  readonly askedAt: ReadonlyMap<QueueName, number>;
  readonly deniedAt: ReadonlyMap<QueueName, number>;
  readonly wrapUps: ReadonlyMap<QueueName, WrapUp>;
}

export interface Engagement {
  readonly extension: Extension;
  readonly queue: QueueName;
  /** Or only offered the caller. */
  readonly hasTalked: boolean;
}

/**
 * `named`: the help desk has them free; `ended`: it has heard that their call is over; `sign`: the PBX showed them free
 * (idle, registered, do-not-disturb switched off), or the call is over that they were only offered.
 */
export interface Sight {
  readonly kind: 'named' | 'ended' | 'sign';
  readonly at: number;
  /** Whose wrap-up follows. */
  readonly queue: QueueName | undefined;
}

export const nobodyKnown: KnownAgents = {
  members: new Map(),
  sights: new Map(),
  engaged: new Map(),
  askedAt: new Map(),
  deniedAt: new Map(),
  wrapUps: new Map(),
};

/** The head of a queue is asked about. */
export function headAsked(known: KnownAgents, queue: QueueName, now: number): KnownAgents {
  return { ...known, askedAt: new Map(known.askedAt).set(queue, now) };
}

/** Asked at that instant about the head of a queue, the help desk had nobody. */
export function headDenied(known: KnownAgents, queue: QueueName, askedAt: number): KnownAgents {
  // Answers may come in another order than their questions.
  const deniedAt = Math.max(askedAt, known.deniedAt.get(queue) ?? askedAt);
  return { ...known, deniedAt: new Map(known.deniedAt).set(queue, deniedAt) };
}

/** Asked about a caller of this queue, it named somebody. */
export function agentNamed(
  known: KnownAgents,
  { queue, extension, now }: { queue: QueueName; extension: Extension; now: number },
): KnownAgents {
  const members = new Set(known.members.get(queue)).add(extension);
  return {
    ...known,
    members: new Map(known.members).set(queue, members),
    sights: new Map(known.sights).set(extension, { kind: 'named', at: now, queue }),
    wrapUps: lessonOf(known, { queue, extension, now }),
  };
}

/** Named for the first time after a call: their wrap-up was over by now. */
function lessonOf(
  known: KnownAgents,
  { queue, extension, now }: { queue: QueueName; extension: Extension; now: number },
): KnownAgents['wrapUps'] {
  const sight = known.sights.get(extension);
  if (sight?.kind !== 'ended' || sight.queue === undefined) return known.wrapUps;
  const deniedAt = known.deniedAt.get(queue) ?? -Infinity;
  const lesson = { notBeforeMs: Math.max(0, deniedAt - sight.at), byMs: now - sight.at };
  return new Map(known.wrapUps).set(sight.queue, taught(wrapUpOf(known, sight.queue), lesson));
}

/** A caller is offered to an agent, or talks to one: for the help desk they are busy until it has heard of the ending. */
export function agentEngaged(known: KnownAgents, callId: CallId, by: Engagement): KnownAgents {
  return { ...known, engaged: new Map(known.engaged).set(callId, by) };
}

/** The offer came to nothing; the caller waits on. */
export function agentReleased(known: KnownAgents, callId: CallId): KnownAgents {
  return known.engaged.has(callId) ? { ...known, engaged: without(known.engaged, callId) } : known;
}

/** The help desk has heard of a call's ending: whoever talked to the caller begins their wrap-up. */
export function endingHeard(known: KnownAgents, callId: CallId, now: number): KnownAgents {
  const by = known.engaged.get(callId);
  if (by === undefined) return known;
  const { extension, queue, hasTalked } = by;
  const sight: Sight = hasTalked
    ? { kind: 'ended', at: now, queue }
    : { kind: 'sign', at: now, queue: undefined };
  const engaged = without(known.engaged, callId);
  return { ...known, engaged, sights: new Map(known.sights).set(extension, sight) };
}

/** The PBX shows that they are free again. After a call of ours that says nothing before their wrap-up is over. */
export function agentSeenFree(known: KnownAgents, extension: Extension, now: number): KnownAgents {
  const sight = known.sights.get(extension);
  if (sight === undefined || isEngaged(known, extension) || isWrappingUp(known, sight, now)) return known;
  return {
    ...known,
    sights: new Map(known.sights).set(extension, { kind: 'sign', at: now, queue: undefined }),
  };
}

function isWrappingUp(known: KnownAgents, { kind, at, queue }: Sight, now: number): boolean {
  if (kind !== 'ended' || queue === undefined) return false;
  return (
    now - at < SURELY_LEARNING_MS || chanceOver(wrapUpOf(known, queue), now - at, undefined) < NEARLY_ALL
  );
}

// Nine of ten agents are back by then.
const NEARLY_ALL = 0.9;
// Before anything is learned a wrap-up may be anything, and a sign taken for its end would teach nothing.
const SURELY_LEARNING_MS = 60_000;

/** Since when an agent may have been free for this queue: the last sign of it, or later where somebody was asked about in vain. */
export function freeSince(known: KnownAgents, queue: QueueName, extension: Extension): number | undefined {
  const sight = known.sights.get(extension);
  return sight === undefined ? undefined : Math.max(sight.at, known.deniedAt.get(queue) ?? -Infinity);
}

export function isEngaged(known: KnownAgents, extension: Extension): boolean {
  for (const by of known.engaged.values()) if (by.extension === extension) return true;
  return false;
}

export function wrapUpOf(known: KnownAgents, queue: QueueName): WrapUp {
  return known.wrapUps.get(queue) ?? untaught;
}

function without<Value>(map: ReadonlyMap<CallId, Value>, callId: CallId): ReadonlyMap<CallId, Value> {
  return new Map([...map].filter(([key]) => key !== callId));
}
