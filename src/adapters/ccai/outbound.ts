import type { CallOut, CallOutOutcome, CallOutResult, CallOutWish } from '../../ports/call-out.ts';
import type { Failure } from '../../ports/failure.ts';
import type { Country } from '../kit/phone-number.ts';
import type { CcaiClient, OutboundAnswer } from './client.ts';
import { mistakeSentence, readWish } from './outbound-wish.ts';
import { type CcaiRefusal, sentenceOf } from './refusal.ts';

export interface CallOutParts {
  readonly client: Pick<CcaiClient, 'outboundCall'>;
  /** Where a number without a country is at home. */
  readonly country: Country;
}

/** How an agent is asked to call out. */
export function callOutThrough({ client, country }: CallOutParts): CallOut {
  return async (wish: CallOutWish) => {
    const reading = readWish(wish, country);
    if (!reading.ok) return told('invalid', reading.code, mistakeSentence(reading.code));
    const outcome = await client.outboundCall(reading.arguments);
    return outcome.ok ? answered(outcome.value) : notAnswered(outcome.failure);
  };
}

type Rest = Partial<Pick<CallOutResult, 'ccaiCallId' | 'retryAfterMs' | 'cause'>>;

function told(outcome: CallOutOutcome, code: string, message: string, rest: Rest = {}): CallOutResult {
  return {
    outcome,
    code,
    message,
    ccaiCallId: rest.ccaiCallId,
    retryAfterMs: rest.retryAfterMs,
    cause: rest.cause,
  };
}

function answered(answer: OutboundAnswer): CallOutResult {
  switch (answer.kind) {
    case 'created':
      return told('created', 'created', 'The call was created: the agent is being connected.', {
        ccaiCallId: answer.call.id ?? undefined,
      });
    case 'needs-agent':
      return told(
        'needs-agent',
        'needs-agent',
        'CCAI Platform took the request; the agent must go on in the call adapter.',
      );
    case 'needs-outbound-number':
      return told(
        'needs-outbound-number',
        'needs-outbound-number',
        'CCAI Platform took the request; the agent must choose the number to call out with in the call adapter.',
      );
    case 'refused':
      return refused(answer.why);
    default:
      return answer satisfies never;
  }
}

function refused(why: CcaiRefusal): CallOutResult {
  const sentence = sentenceOf(why);
  // These two are about us, and not about what was asked.
  const outcome =
    why.code === 'resource-not-found' || why.code === 'invalid-call-type' ? 'misconfigured' : 'refused';
  return told(outcome, why.code, `CCAI Platform refused: ${sentence}`);
}

function notAnswered(failure: Failure): CallOutResult {
  const { cause } = failure;
  switch (failure.kind) {
    case 'throttled': {
      const { retryAfterMs } = failure;
      const message = 'CCAI Platform takes no more requests for now. Nobody is called; try again later.';
      return told('throttled', 'throttled', message, { retryAfterMs, cause });
    }
    case 'unauthorized':
      return told(
        'misconfigured',
        'unauthorized',
        'CCAI Platform does not accept our subdomain and token: look at ccai.subdomain and ccai.token.',
        { cause },
      );
    case 'unknown-outcome':
      return told(
        'unknown-outcome',
        'unknown-outcome',
        'CCAI Platform did not answer. The call may have been made all the same: ask the agent before you try again.',
        { cause },
      );
    case 'unreachable':
    case 'broken':
      return told(
        'unavailable',
        failure.kind,
        'CCAI Platform cannot be reached, or is out of order. Nobody is called; try again later.',
        { cause },
      );
    case 'refused':
      return told('refused', 'unknown', 'CCAI Platform refused, and not in a way that is documented.', {
        cause,
      });
    default:
      return failure satisfies never;
  }
}
