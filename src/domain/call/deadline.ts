import type { Instant } from '../identity.ts';
import type { Call, CallRules } from './call.ts';

// The PBX answers a question in milliseconds and begins to dial 3 to 7 ms after a Redirect (seen on Asterisk 22); five
// seconds of silence mean that nothing will come.
export const PBX_SILENCE_MS = 5_000;
// The dialplan's own Dial timeout ends an offer; this is for a dialplan that does not.
export const RING_GRACE_MS = 5_000;

/** When a call wants to be looked at if nothing happens to it. */
export function deadlineOf(call: Call, rules: CallRules): Instant | undefined {
  switch (call.phase) {
    case 'waiting':
      return call.enteredAt + rules.maxWaitMs;
    case 'offered':
      return call.offer.until;
    case 'leaving':
      return call.lookAt;
    case 'talking':
    case 'ended':
      return undefined;
  }
}

/**
 * How long until then, in milliseconds. A wait is measured by the clock that never jumps; where that has begun anew since
 * (the machine was booted), or an older version did not keep it, by the wall clock. Whatever clocks say, no deadline is
 * further away than its whole length.
 */
export function msUntilDeadline(
  call: Call,
  rules: CallRules,
  { now, monotonic }: { readonly now: Instant; readonly monotonic: number },
): number | undefined {
  const deadline = deadlineOf(call, rules);
  if (deadline === undefined) return undefined;
  const longestMs = longestWatch(call, rules);
  const waitedMs = monotonic - call.enteredAtMonotonic;
  const leftMs = call.phase === 'waiting' && waitedMs >= 0 ? longestMs - waitedMs : deadline - now;
  return Math.min(Math.max(0, leftMs), longestMs);
}

function longestWatch(call: Call, rules: CallRules): number {
  switch (call.phase) {
    case 'waiting':
      return rules.maxWaitMs;
    case 'offered':
      return Math.max(PBX_SILENCE_MS, rules.ringMs + RING_GRACE_MS);
    case 'leaving':
      return PBX_SILENCE_MS;
    case 'talking':
    case 'ended':
      return 0;
  }
}
