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

/** How long a deadline can be away at most, in milliseconds: whatever clocks say, nobody waits for longer than that. */
export function longestWatch(call: Call, rules: CallRules): number {
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
