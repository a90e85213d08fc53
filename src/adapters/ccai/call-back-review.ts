import type { Loss } from '../../domain/call-back/loss.ts';
import type { OpeningHours } from '../../domain/call-back/opening-hours.ts';
import { type CallBackRule, ruleFor } from '../../domain/call-back/rule.ts';
import type { Instant, QueueName } from '../../domain/identity.ts';
import type { CallerHistory } from '../../ports/caller-histories.ts';
import type { Review } from '../../ports/relay.ts';

export interface CallBackRules {
  readonly rules: readonly CallBackRule[];
  readonly hoursOf: (queue: QueueName) => OpeningHours | undefined;
  /** For how long a lost caller may call again, and get through, before anybody is asked to call them. */
  readonly delayMs: number;
  /** Within this, a caller who is lost again is not called back again. */
  readonly onceWithinMs: number;
}

// Our choice: an agent must not be held up for a moment by a call that may end at any.
const WHILE_CALLING_MS = 10_000;
// Our choice: CCAI Platform may be out of reach over a long weekend; a week later a call-back would be a stranger's.
const STALE_AFTER_MS = 7 * 24 * 3_600_000;

/** Whether somebody should be asked to call this caller back, now. */
export function reviewOf(loss: Loss, caller: CallerHistory, rules: CallBackRules, now: Instant): Review {
  const why = whyNot(loss, caller, rules, now);
  if (why !== undefined) return { kind: 'moot', why };
  if (caller.isCalling)
    return { kind: 'later', afterMs: WHILE_CALLING_MS, why: 'they are calling at this moment' };
  const afterMs = waitMs(caller, rules, now);
  return afterMs > 0 ? { kind: 'later', afterMs, why: 'they may call again' } : { kind: 'tell' };
}

/** Ended further ahead of the clock than that, it was set back, and nobody knows how long they have waited. */
function waitMs({ lastCalledAt }: CallerHistory, { delayMs }: CallBackRules, now: Instant): number {
  return lastCalledAt - now > delayMs ? 0 : Math.min(delayMs, lastCalledAt + delayMs - now);
}

function whyNot(
  loss: Loss,
  caller: CallerHistory,
  { rules, onceWithinMs }: CallBackRules,
  now: Instant,
): string | undefined {
  const { lostAt, handedOutAt = -Infinity, calledBackAt = -Infinity } = caller;
  const rule = ruleFor(rules, loss);
  if (rule === undefined || rule.wants === 'nothing') return 'no rule wants it any more';
  if (caller.isServed) return 'they were answered since';
  if (caller.isTooFarBack) return 'so many have called since that nobody knows whether they were answered';
  if (handedOutAt >= lostAt || now - handedOutAt < onceWithinMs)
    return 'somebody else was asked to call them back';
  // For one that is still to come, too: its time is then ahead.
  if (now - calledBackAt < onceWithinMs) return 'they are called back already';
  if (caller.isLostAnew) return 'they were lost anew, and that decides';
  return now - lostAt > STALE_AFTER_MS ? 'they were lost more than a week ago' : undefined;
}
