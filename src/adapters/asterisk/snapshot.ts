import { queueNameFrom, uniqueidFrom } from '../../domain/identity.ts';
import type { PbxEvent, SnapshotCaller } from '../../ports/pbx.ts';
import { AGENT_VARIABLE, QUEUE_VARIABLE } from './dialplan-names.ts';
import { numberFrom, type Packet, textOf, variableOf } from './packet.ts';
import { asteriskQueueOf, type PlaceNames, placeOf } from './place.ts';

/** Asked for by name, so that the snapshot does not depend on `channelvars` in manager.conf. */
export const SNAPSHOT_VARIABLES = [QUEUE_VARIABLE, AGENT_VARIABLE].join(',');

/** What the lists say: `waiting` are `QueueEntry` items, queue by queue, `channels` are `Status` items. */
export interface Lists {
  readonly waiting: readonly Packet[];
  readonly channels: readonly Packet[];
}

/**
 * The callers of ours among all channels, first come first. Those in queues of Asterisk's own come before the others, by
 * their place there.
 */
export function callersOf(lists: Lists, names: PlaceNames): readonly SnapshotCaller[] {
  const channels = new Map(oldestFirst(lists.channels).map((status) => [textOf(status, 'uniqueid'), status]));
  const callers = new Map<string, SnapshotCaller>();
  for (const entry of inOrder(lists.waiting)) {
    const status = channels.get(textOf(entry, 'uniqueid'));
    // The channels are listed last: whoever is not there has hung up since.
    if (status === undefined) continue;
    const caller = callerOf(status, textOf(entry, 'queue'), names);
    callers.set(caller.uniqueid, { ...caller, place: { at: 'hold' } });
  }
  for (const [uniqueid, status] of channels) {
    const isOurs = markOf(status) !== '' || ourAsteriskQueueOf(status, names) !== undefined;
    if (!callers.has(uniqueid) && isOurs) {
      callers.set(uniqueid, callerOf(status, ourAsteriskQueueOf(status, names), names));
    }
  }
  return [...callers.values()];
}

function callerOf(status: Packet, asteriskQueue: string | undefined, names: PlaceNames): SnapshotCaller {
  return {
    uniqueid: uniqueidFrom(textOf(status, 'uniqueid')),
    number: numberFrom(textOf(status, 'calleridnum')),
    via:
      asteriskQueue === undefined
        ? { entry: 'dialplan', queue: queueNameFrom(markOf(status)) }
        : { entry: 'asterisk-queue', asteriskQueue },
    place: placeOf(status, names),
  };
}

const markOf = (status: Packet) => variableOf(status, 'variable', QUEUE_VARIABLE);

function ourAsteriskQueueOf(status: Packet, names: PlaceNames): string | undefined {
  const queue = asteriskQueueOf(status);
  return queue !== undefined && names.asteriskQueues.has(queue) ? queue : undefined;
}

/** Asterisk lists its channels in no order, and the line of those who came while nobody listened is made from it. */
function oldestFirst(channels: readonly Packet[]): readonly Packet[] {
  const ageOf = (status: Packet) => Number(textOf(status, 'seconds')) || 0;
  return channels.toSorted((one, other) => ageOf(other) - ageOf(one));
}

function inOrder(entries: readonly Packet[]): readonly Packet[] {
  return entries.toSorted(
    (one, other) => Number(textOf(one, 'position')) - Number(textOf(other, 'position')),
  );
}

/**
 * The lists take a while, and events come in between: what they tell is newer than, or as new as, what was listed.
 */
export function afterEvents(
  listed: readonly SnapshotCaller[],
  events: readonly PbxEvent[],
): readonly SnapshotCaller[] {
  const callers = new Map<string, SnapshotCaller>(listed.map((caller) => [caller.uniqueid, caller]));
  for (const event of events) apply(callers, event);
  return [...callers.values()];
}

function apply(callers: Map<string, SnapshotCaller>, event: PbxEvent): void {
  if (event.kind === 'hung-up') callers.delete(event.uniqueid);
  if (event.kind === 'caller-entered') {
    const { uniqueid } = event.caller;
    callers.set(uniqueid, { ...event.caller, place: { at: 'hold' } });
  }
  if (event.kind === 'offer-failed') move(callers, event.uniqueid, { at: 'hold' });
  if (event.kind === 'answered' && event.by.context === 'agent') {
    move(callers, event.uniqueid, { at: 'agent', extension: event.by.extension, bridged: true });
  }
}

function move(callers: Map<string, SnapshotCaller>, uniqueid: string, place: SnapshotCaller['place']): void {
  const caller = callers.get(uniqueid);
  if (caller !== undefined) callers.set(uniqueid, { ...caller, place });
}
