import type { Extension, QueueName } from '../identity.ts';
import { isEngaged, type KnownAgents, type Sight, wrapUpOf } from '../queue/known-agents.ts';
import { chanceOver } from '../queue/wrap-up.ts';
import type { ExtensionsNow } from './spending.ts';

/**
 * How likely the help desk would name an agent if it were asked about the head of a queue now, by everything that was
 * seen since it was last asked in vain.
 */
export interface Outlook {
  readonly queue: QueueName;
  readonly known: KnownAgents;
  readonly extensions: ExtensionsNow;
}

/** What the hope rests on: `sign`: the PBX showed an agent free; `ended`: an agent's call is over; `blind`: only time has passed. */
export type Hope = 'sign' | 'ended' | 'blind';

// What is learned of wrap-ups says more than that time has passed.
const MORE_THAN_TIME = 0.2;
// Shown free by the PBX, or held by the help desk a moment ago: a few are logged out there, or in a pause.
const SURE = 0.95;
// Agents who are free on the phone and were not named are in a pause, or logged out; one comes back about every two
// minutes (our guess, as nobody tells). Where nobody is known yet, anybody may be; of others than those known there are few.
const RETURN_MS = 120_000;
const FIRST_AGENT_MS = 30_000;
const STRANGER_MS = 300_000;

/** Of at least one agent, at that instant. */
export function chanceOfAgent(outlook: Outlook, at: number): number {
  const { known, queue, extensions } = outlook;
  const members = known.members.get(queue);
  const deniedAt = known.deniedAt.get(queue);
  // Of those whom nobody knows an answer says something whoever it names.
  const passedMs = Math.max(0, at - (latest(deniedAt, known.askedAt.get(queue)) ?? -Infinity));
  const returned = 1 - Math.exp(-passedMs / RETURN_MS);
  if (members === undefined) return 1 - Math.exp(-passedMs / FIRST_AGENT_MS);
  let nobody = Math.exp(-passedMs / STRANGER_MS);
  let isAnyoneIdle = false;
  for (const extension of members) {
    if (isBusy(extension, outlook)) continue;
    isAnyoneIdle = true;
    if (!extensions.isSetAside(extension))
      nobody *= 1 - chanceOf(known.sights.get(extension), known, { at, deniedAt, returned });
  }
  return isAnyoneIdle ? 1 - nobody : 0;
}

/** Since when there has been any hope at all: before that all whom we know were busy. */
export function hopefulSince(outlook: Outlook): number {
  const { known, queue } = outlook;
  const idle = [...(known.members.get(queue) ?? [])].filter((extension) => !isBusy(extension, outlook));
  const since = idle.map((extension) => known.sights.get(extension)?.at ?? -Infinity);
  return since.length === 0 ? -Infinity : Math.min(...since);
}

const latest = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);

const isBusy = (extension: Extension, { known, extensions }: Outlook): boolean =>
  isEngaged(known, extension) || extensions.isInUse(extension);

function chanceOf(
  sight: Sight | undefined,
  known: KnownAgents,
  { at, deniedAt, returned }: { at: number; deniedAt: number | undefined; returned: number },
): number {
  if (sight === undefined || sight.kind === 'in-vain') return returned;
  const isNews = sight.at > (deniedAt ?? -Infinity);
  if (sight.kind !== 'ended') return isNews ? SURE : returned;
  const over = chanceOfWrapUpOver(sight, known, { at, deniedAt });
  return isNews ? over : 1 - (1 - over) * (1 - returned);
}

function chanceOfWrapUpOver(
  sight: Sight,
  known: KnownAgents,
  { at, deniedAt }: { at: number; deniedAt: number | undefined },
): number {
  if (sight.queue === undefined) return 0;
  const notBeforeMs = deniedAt === undefined || deniedAt < sight.at ? undefined : deniedAt - sight.at;
  return chanceOver(wrapUpOf(known, sight.queue), at - sight.at, notBeforeMs);
}

/** What speaks most for asking now. */
export function hopeOf(outlook: Outlook, at: number): Hope {
  const { known, queue, extensions } = outlook;
  const deniedAt = known.deniedAt.get(queue);
  let hope: Hope = 'blind';
  for (const extension of known.members.get(queue) ?? []) {
    const sight = known.sights.get(extension);
    if (sight === undefined || isBusy(extension, outlook) || extensions.isSetAside(extension)) continue;
    const isNews = sight.at > (deniedAt ?? -Infinity);
    if (isNews && (sight.kind === 'named' || sight.kind === 'sign')) return 'sign';
    const over = sight.kind === 'ended' ? chanceOfWrapUpOver(sight, known, { at, deniedAt }) : 0;
    if ((isNews && sight.kind === 'ended') || over > MORE_THAN_TIME) hope = 'ended';
  }
  return hope;
}
