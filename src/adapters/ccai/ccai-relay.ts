import { ruleFor } from '../../domain/call-back/rule.ts';
import { invariant } from '../../domain/invariant.ts';
import type { LostCallerRelay, Relay as Relayed } from '../../domain/relay/relay.ts';
import type { CallerHistories, CallerHistory } from '../../ports/caller-histories.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, type Outcome } from '../../ports/failure.ts';
import type { Made, Relay, Review } from '../../ports/relay.ts';
import { type CallBackRules, reviewOf } from './call-back-review.ts';
import type { CcaiClient } from './client.ts';
import { type KnownNumbers, knownFlags, tellFlags } from './known-flags.ts';
import { orderCall } from './order-call.ts';

export interface CcaiRelayParts {
  readonly client: Pick<CcaiClient, 'incomingCall' | 'scheduledCall' | 'setCustomerFlags' | 'close'>;
  readonly rules: CallBackRules;
  readonly known: KnownNumbers;
  readonly histories: CallerHistories;
  /** A caller's number in E.164; nothing where it cannot be called. */
  readonly numberOf: (clientNumber: string) => string | undefined;
  readonly clock: Clock;
}

/**
 * CCAI Platform, where callers whom nobody took are called back. Whether one still is to be called is looked up right
 * before: much may have happened since they were lost, and while CCAI Platform was out of reach.
 */
export class CcaiRelay implements Relay {
  readonly lane = 'ccai';
  /** One: of two calls of one caller, the second must see that the first was made. */
  readonly mostInFlight = 1;
  readonly #parts: CcaiRelayParts;

  constructor(parts: CcaiRelayParts) {
    this.#parts = parts;
  }

  /** It tells nothing of its own accord. */
  start(): void {}

  async review(relay: Relayed): Promise<Review> {
    const { rules, known, clock } = this.#parts;
    const ours = aboutLostCaller(relay);
    const caller = await this.#callerOf(ours);
    if (caller === undefined) return { kind: 'moot', why: 'the call is not kept any more' };
    if (caller.number === undefined)
      return { kind: 'moot', why: 'the number is withheld, or none that can be called' };
    if (ours.kind === 'call-back') return reviewOf(ours.loss, caller, rules, clock.now());
    if (caller.calledBackAs === undefined)
      return { kind: 'moot', why: 'no call was made for them, or none with an id' };
    return knownFlags(caller, known) === undefined
      ? { kind: 'moot', why: 'nothing is known of them' }
      : { kind: 'tell' };
  }

  async deliver(relay: Relayed): Promise<Outcome<Made | undefined>> {
    const { client, rules, known, clock } = this.#parts;
    const ours = aboutLostCaller(relay);
    const caller = await this.#callerOf(ours);
    if (caller === undefined) return GONE;
    if (ours.kind === 'customer-flags') return tellFlags(client, caller, known);
    const rule = ruleFor(rules.rules, ours.loss);
    const { number, lostAt } = caller;
    if (number === undefined || rule === undefined || rule.wants === 'nothing') return GONE;
    const hours = rules.hoursOf(ours.loss.queue);
    return orderCall(client, { rule, number, hours, lostAt, now: clock.now() });
  }

  close(): Promise<void> {
    return this.#parts.client.close();
  }

  #callerOf({ callId }: LostCallerRelay): Promise<CallerHistory | undefined> {
    const { histories, numberOf } = this.#parts;
    return histories.callerHistory(callId, numberOf);
  }
}

/** Forgotten or erased in the moment since the review. */
const GONE = failed({ kind: 'refused', status: 0, cause: 'not sent: the caller is not kept any more' });

function aboutLostCaller(relay: Relayed): LostCallerRelay {
  invariant('callId' in relay, 'CCAI Platform is told of lost callers alone');
  return relay;
}
