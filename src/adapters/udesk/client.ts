import type { LookupFunction } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import { type Failure, failed } from '../../ports/failure.ts';
import { HttpClient } from '../kit/http-client.ts';
import { outcomeOf, type UdeskOutcome, withError } from './answer.ts';
import { masked, PHONE_NUMBER } from './masked.ts';
import type { CallArguments, ResultOf } from './operation-types.ts';
import type { Kinds } from './operations/kind.ts';
import type { Operation } from './operations/operation.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { serverSign, type TimestampUnit, timestampOf } from './signature.ts';

export interface UdeskClientOptions {
  /** `https://{host}/ccapi/v2`, with or without a slash at its end. */
  readonly baseUrl: string;
  /** The account. */
  readonly sid: string;
  readonly authToken: string;
  /** Undefined where there is none yet: only `appCreate` can do without. */
  readonly appId: string | undefined;
  readonly timestampUnit: TimestampUnit;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** As `HttpClient` has it. */
  readonly lookup?: LookupFunction | undefined;
}

// One for each agent that is told of at once, and one for the list of seats beside them: what hangs until its deadline
// holds up nobody else.
const CONNECTIONS = 9;

// The list of seats comes as a whole. In the document's example a seat is some 400 bytes: room for twenty thousand.
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

// As the document has them, for every method.
const HEADERS = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };

/** Udesk's REST API: every operation of the table, one way to call them. */
export class UdeskClient {
  readonly #options: UdeskClientOptions;
  readonly #http: HttpClient;

  constructor(options: UdeskClientOptions) {
    this.#options = options;
    this.#http = new HttpClient({
      baseUrl: options.baseUrl,
      timeoutMs: options.timeoutMs,
      connections: CONNECTIONS,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      secrets: [options.authToken],
      now: () => options.clock.now(),
      lookup: options.lookup,
    });
  }

  /** Whether repeating is harmless stands in the operation's row. Signed anew each time. */
  async call<Name extends OperationName>(
    name: Name,
    ...[given]: CallArguments<Name>
  ): Promise<UdeskOutcome<ResultOf<Name>>> {
    const outcome = await this.#send(OPERATIONS[name], new Map<string, unknown>(Object.entries(given ?? {})));
    // `read` makes of a row's kind what `ResultOf` says of it; no type can follow it there.
    return outcome as UdeskOutcome<ResultOf<Name>>;
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #send(operation: Operation, given: ReadonlyMap<string, unknown>): Promise<UdeskOutcome<unknown>> {
    const path = pathOf(operation.path, given);
    if (path === undefined) return failed(notSent(operation));
    const authentication = this.#authentication(operation);
    const personal = [authentication.Sign, ...phoneNumbersIn(given)];
    const answer = await this.#http.send({
      method: operation.method,
      path,
      query: { ...authentication, ...textsOf(operation.query ?? {}, given) },
      headers: HEADERS,
      ...bodyOf(operation, given),
      personal,
    });
    if (!answer.ok) return withoutNumbers(failed(withError(answer.failure)));
    const causeOf = (text: string) => `${operation.method} ${path}: ${this.#http.excerpt(text, personal)}`;
    return withoutNumbers(outcomeOf(operation, answer.value, causeOf));
  }

  #authentication({ app }: Operation) {
    const { sid, authToken, appId, timestampUnit, clock } = this.#options;
    const timestamp = timestampOf(clock.now(), timestampUnit);
    return {
      Timestamp: timestamp,
      ...(app === 'none' ? {} : { [app]: appId }),
      Sid: sid,
      Sign: serverSign({ sid, authToken, timestamp }),
    };
  }
}

/** The path with its parameters in it; nothing where one is missing or would change which resource is meant. */
function pathOf(template: string, given: ReadonlyMap<string, unknown>): string | undefined {
  const segments = template.split('/').map((segment) => {
    const [, name] = /^\{(.+)\}$/.exec(segment) ?? [];
    return name === undefined ? segment : encodeURIComponent(textOf(given.get(name)));
  });
  return segments.some((segment) => /^(?:%20)*\.{0,2}(?:%20)*$/.test(segment))
    ? undefined
    : segments.join('/');
}

/** Status 0: nobody was asked. `DELETE agents/` with an empty id would be another operation. */
function notSent({ method, path }: Operation): Failure {
  return { kind: 'refused', status: 0, cause: `${method} ${path}: not sent, its path parameter is empty` };
}

function bodyOf({ body }: Operation, given: ReadonlyMap<string, unknown>): { readonly body?: string } {
  if (body === undefined) return {};
  const fields = Object.keys(body).map((name) => [name, given.get(name)] as const);
  return { body: JSON.stringify(Object.fromEntries(fields)) };
}

function textsOf(kinds: Kinds, given: ReadonlyMap<string, unknown>): Readonly<Record<string, string>> {
  const names = Object.keys(kinds).filter((name) => given.get(name) !== undefined);
  return Object.fromEntries(names.map((name) => [name, textOf(given.get(name))]));
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value).toWellFormed();
}

function phoneNumbersIn(given: ReadonlyMap<string, unknown>): readonly string[] {
  return JSON.stringify([...given.values()]).match(PHONE_NUMBER) ?? [];
}

/** Also numbers that we never sent: a description may name whom the call was with. */
function withoutNumbers(outcome: UdeskOutcome<unknown>): UdeskOutcome<unknown> {
  if (outcome.ok) return outcome;
  const { failure } = outcome;
  return { ok: false, failure: { ...failure, cause: masked(failure.cause) } };
}
