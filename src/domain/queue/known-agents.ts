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
  /** The same, by whom. */
  readonly engagedExtensions: ReadonlySet<Extension>;
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
 * `named`: the help desk has them free; `in-vain`: so it said, and they could not take the call; `ended`: it has heard that
 * their call is over; `sign`: the PBX showed them free (idle, registered, do-not-disturb switched off), or the call is over
 * that they were only offered.
 */
export interface Sight {
  readonly kind: 'named' | 'in-vain' | 'ended' | 'sign';
  readonly at: number;
  /** Whose wrap-up follows. */
  readonly queue: QueueName | undefined;
  /** How often the PBX showed them free since they were last named, and they were not named. */
  readonly signsInVain?: number;
}

export const nobodyKnown: KnownAgents = {
  members: new Map(),
  sights: new Map(),
  engaged: new Map(),
  engagedExtensions: new Set(),
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
  return withEngaged(known, new Map(known.engaged).set(callId, by));
}

/** The offer came to nothing; the caller waits on. */
export function agentReleased(known: KnownAgents, callId: CallId): KnownAgents {
  return known.engaged.has(callId) ? withEngaged(known, without(known.engaged, callId)) : known;
}

/** Whoever was named did not take the call: that they were named is no reason to ask again. */
export function namedInVain(known: KnownAgents, extension: Extension, now: number): KnownAgents {
  return withSight(known, extension, { kind: 'in-vain', at: now, queue: undefined });
}

/** The help desk has heard of a call's ending: whoever talked to the caller begins their wrap-up. */
export function endingHeard(known: KnownAgents, callId: CallId, now: number): KnownAgents {
  const by = known.engaged.get(callId);
  if (by === undefined) return known;
  const { extension, queue, hasTalked } = by;
  const sight: Sight = hasTalked
    ? { kind: 'ended', at: now, queue }
    : { kind: 'sign', at: now, queue: undefined };
  // After a restart nobody was named yet whom we know.
  const members = new Set(known.members.get(queue)).add(extension);
  const freed = withEngaged(known, without(known.engaged, callId));
  return { ...withSight(freed, extension, sight), members: new Map(known.members).set(queue, members) };
}

/** The PBX shows that they are free again. After a call of ours that says nothing before their wrap-up is over. */
export function agentSeenFree(known: KnownAgents, extension: Extension, now: number): KnownAgents {
  const sight = known.sights.get(extension);
  if (sight === undefined || isEngaged(known, extension) || isWrappingUp(known, sight, now)) return known;
  const signsInVain = (sight.signsInVain ?? 0) + (wasDenied(known, extension, sight.at) ? 1 : 0);
  if (signsInVain > FEW_SIGNS && now - sight.at < SIGNS_APART_MS) return known;
  return withSight(known, extension, { kind: 'sign', at: now, queue: undefined, signsInVain });
}

// A phone that comes and goes of itself, or an agent who is logged out and phones all day, would spend the whole limit.
const FEW_SIGNS = 2;
const SIGNS_APART_MS = 120_000;

/** Asked since then, the help desk did not name them: it has them away, whatever their phone shows. */
function wasDenied(known: KnownAgents, extension: Extension, since: number): boolean {
  for (const [queue, members] of known.members)
    if (members.has(extension) && (known.deniedAt.get(queue) ?? -Infinity) > since) return true;
  return false;
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
  return known.engagedExtensions.has(extension);
}

function withEngaged(known: KnownAgents, engaged: KnownAgents['engaged']): KnownAgents {
  const engagedExtensions = new Set([...engaged.values()].map((by) => by.extension));
  return { ...known, engaged, engagedExtensions };
}

function withSight(known: KnownAgents, extension: Extension, sight: Sight): KnownAgents {
  return { ...known, sights: new Map(known.sights).set(extension, sight) };
}

export function wrapUpOf(known: KnownAgents, queue: QueueName): WrapUp {
  return known.wrapUps.get(queue) ?? untaught;
}

function without<Value>(map: ReadonlyMap<CallId, Value>, callId: CallId): ReadonlyMap<CallId, Value> {
  return new Map([...map].filter(([key]) => key !== callId));
}
