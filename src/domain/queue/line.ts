import type { Call, WaitingCall } from '../call/call.ts';
import type { QueueName } from '../identity.ts';

/**
 * The line of each queue: first come, first served. A caller back from an offer that failed keeps their place, since
 * their `enteredAt` stays. While it is being asked whether the extension named can take a caller, who may be back in a
 * moment, their queue has no head: whoever is asked about now might be served before them.
 */
export function headsOf(calls: Iterable<Call>): ReadonlyMap<QueueName, WaitingCall> {
  const heads = new Map<QueueName, WaitingCall>();
  const undecided = new Set<QueueName>();
  for (const call of calls) {
    if (call.phase === 'offered' && call.offer.stage === 'checking') undecided.add(call.queue);
    if (call.phase !== 'waiting') continue;
    const head = heads.get(call.queue);
    if (head === undefined || isBefore(call, head)) heads.set(call.queue, call);
  }
  for (const queue of undecided) heads.delete(queue);
  return heads;
}

/** Callers of whom the help desk has not heard yet, in the order in which they came. */
export function newcomersOf(calls: Iterable<Call>): readonly WaitingCall[] {
  const newcomers: WaitingCall[] = [];
  for (const call of calls) if (call.phase === 'waiting' && call.hearing !== 'heard') newcomers.push(call);
  return newcomers.sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

function isBefore(one: WaitingCall, other: WaitingCall): boolean {
  return one.enteredAt === other.enteredAt ? one.callId < other.callId : one.enteredAt < other.enteredAt;
}
