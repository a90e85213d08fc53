import type { LookupFunction } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import { type Failure, failed, type Outcome } from '../../ports/failure.ts';
import { HttpClient } from '../kit/http-client.ts';
import { answerFrom, failureFor, REFUSING_STATUSES } from './answer.ts';
import { type RepeatCustomerKey, repeatedUnder } from './customer-flags.ts';
import type { Operation } from './operation.ts';
import type { AnswerOf, ArgumentsOf } from './operation-types.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { withoutNumbers } from './phone-numbers.ts';
import { RequestPace } from './request-pace.ts';
import { writeFields } from './writing.ts';

export interface CcaiClientOptions {
  /** `https://{subdomain}.{domain}/apps/api/v1`, with or without a slash at its end. */
  readonly baseUrl: string;
  /** The user of the Basic authentication, whose password the token is. */
  readonly subdomain: string;
  readonly token: string;
  /** Of one request. It waits as long at most for its turn, which comes before. */
  readonly timeoutMs: number;
  /** How a PATCH spells the repeat customer: the document has both. Where nothing is said, both are sent. */
  readonly repeatCustomerKey?: RepeatCustomerKey;
  readonly clock: Clock;
  /** As `HttpClient` has it. */
  readonly lookup?: LookupFunction | undefined;
}

export type OutboundArguments = ArgumentsOf<'outboundCallByNumber'> | ArgumentsOf<'outboundCallByTicket'>;
export type OutboundAnswer = AnswerOf<'outboundCallByNumber'>;
export type IncomingArguments = ArgumentsOf<'incomingCall'>;
export type IncomingAnswer = AnswerOf<'incomingCall'>;
export type ScheduledArguments = ArgumentsOf<'scheduledCallByMenu'> | ArgumentsOf<'scheduledCallAfterCall'>;
export type ScheduledAnswer = AnswerOf<'scheduledCallByMenu'>;
export type FlagsToSet = ArgumentsOf<'setCustomerFlags'>;

// The relay tells one thing at a time; the others are for agents who are asked to call out.
const CONNECTIONS = 4;

/**
 * CCAI Platform's call API, whole. Every answer that the document has is a value; a `Failure` is all else. Creating a call
 * is never repeated here, and of one whose outcome is unknown nobody knows whether it was made.
 */
export class CcaiClient {
  readonly #options: CcaiClientOptions;
  readonly #http: HttpClient;
  readonly #pace: RequestPace;
  readonly #authorization: string;

  constructor(options: CcaiClientOptions) {
    const { baseUrl, subdomain, token, timeoutMs, clock, lookup } = options;
    const credential = Buffer.from(`${subdomain}:${token}`).toString('base64');
    this.#options = options;
    this.#authorization = `Basic ${credential}`;
    this.#pace = new RequestPace({ clock, mostInFlight: CONNECTIONS, patienceMs: timeoutMs });
    this.#http = new HttpClient({
      baseUrl,
      timeoutMs,
      connections: CONNECTIONS,
      secrets: [token, credential],
      now: () => clock.now(),
      lookup,
    });
  }

  /** An agent is asked to call a number, or whom a ticket belongs to. */
  outboundCall(given: OutboundArguments): Promise<Outcome<OutboundAnswer>> {
    return 'ticketId' in given
      ? this.#send('outboundCallByTicket', given)
      : this.#send('outboundCallByNumber', given);
  }

  /** Somebody is called back: they queue in a menu, and are dialled when an agent takes the call. */
  incomingCall(given: IncomingArguments): Promise<Outcome<IncomingAnswer>> {
    return this.#send('incomingCall', given);
  }

  /** The same at a certain time, in a menu or in that of an earlier call. */
  scheduledCall(given: ScheduledArguments): Promise<Outcome<ScheduledAnswer>> {
    return 'callId' in given
      ? this.#send('scheduledCallAfterCall', given)
      : this.#send('scheduledCallByMenu', given);
  }

  /** What is known there of who is in a call. */
  customerFlags(callId: number): Promise<Outcome<AnswerOf<'customerFlags'>>> {
    return this.#send('customerFlags', {}, callId);
  }

  /** Flags that are left out stay as they are. */
  setCustomerFlags(callId: number, flags: FlagsToSet): Promise<Outcome<AnswerOf<'setCustomerFlags'>>> {
    return this.#send('setCustomerFlags', flags, callId);
  }

  /** Whoever waits for their turn is sent away; the requests under way are waited for. May be repeated. */
  close(): Promise<void> {
    this.#pace.close();
    return this.#http.close();
  }

  async #send<Name extends OperationName>(
    name: Name,
    given: object,
    callId?: number,
  ): Promise<Outcome<AnswerOf<Name>>> {
    const operation: Operation = OPERATIONS[name];
    const outcome = await this.#pace.run(() => this.#exchange(operation, { ...given }, callId));
    // `answerFrom` makes of a row what `AnswerOf` says of it; no type can follow it there.
    return (outcome ?? failed(notSent(operation))) as Outcome<AnswerOf<Name>>;
  }

  async #exchange(
    operation: Operation,
    given: Readonly<Record<string, unknown>>,
    callId: number | undefined,
  ): Promise<Outcome<unknown>> {
    const path = operation.path.replace('{id}', String(callId));
    const body = this.#bodyOf(operation, given);
    const personal = personalIn(body ?? {});
    const answer = await this.#http.send({
      method: operation.method,
      path,
      headers: {
        accept: 'application/json',
        authorization: this.#authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      personal,
      answeredBy: REFUSING_STATUSES,
    });
    if (!answer.ok) return failed(withoutNumbersIn(failureFor(operation, answer.failure)));
    return answerFrom(operation, answer.value, {
      name: `${operation.method} ${path}`,
      // Secrets first: one that has a number in it would not be known any more.
      excerpt: (text) => withoutNumbers(this.#http.excerpt(text, personal)),
    });
  }

  #bodyOf({ callType, body }: Operation, given: Readonly<Record<string, unknown>>) {
    if (body === undefined) return undefined;
    const written = writeFields(body, given);
    if (callType !== undefined) return { call_type: callType, ...written };
    return repeatedUnder(this.#options.repeatCustomerKey ?? 'both', written);
  }
}

// Who calls whom, about what. Shorter texts would star half of a cause, and tell of nobody.
const PERSONAL = ['agent_email', 'end_user_number', 'outbound_number', 'ticket_id'];
const SHORTEST_PERSONAL = 5;

function personalIn(body: Readonly<Record<string, unknown>>): readonly string[] {
  return PERSONAL.map((name) => body[name])
    .filter((value) => typeof value === 'string')
    .filter((value) => value.length >= SHORTEST_PERSONAL);
}

function withoutNumbersIn(failure: Failure): Failure {
  return { ...failure, cause: withoutNumbers(failure.cause) };
}

function notSent({ method, path }: Operation): Failure {
  return {
    kind: 'unreachable',
    cause: `${method} ${path}: not sent, its turn did not come before the deadline`,
  };
}
