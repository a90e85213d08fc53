import type { CallId } from '../identity.ts';

/**
 * Since when a question about a head of a queue has been due, and held back because the limit is spent: on endings that
 * have piled up, or on more queues than the limit can serve. Nobody comes for a caller who cannot be asked about, so one
 * held for too long goes to the fallback. Instants are of one clock that never jumps.
 */
export type HeldPolls = ReadonlyMap<CallId, number>;

export const noneHeld: HeldPolls = new Map();

/** `held`: those that are due now and may not be sent. */
export function heldNow(
  before: HeldPolls,
  held: readonly { readonly callId: CallId }[],
  now: number,
): HeldPolls {
  return new Map(held.map(({ callId }) => [callId, before.get(callId) ?? now]));
}

export function heldForLongerThan(held: HeldPolls, ms: number, now: number): readonly CallId[] {
  return [...held].filter(([, since]) => now - since >= ms).map(([callId]) => callId);
}

export function withoutHeld(held: HeldPolls, callIds: readonly CallId[]): HeldPolls {
  return new Map([...held].filter(([callId]) => !callIds.includes(callId)));
}

/** When the first of them will have been held for that long. */
export function firstHeldFor(held: HeldPolls, ms: number): number | undefined {
  return held.size === 0 ? undefined : Math.min(...held.values()) + ms;
}
