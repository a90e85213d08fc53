import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Pool } from 'undici';
import { failed, type Outcome, success } from '../../ports/failure.ts';
import { AnswerCollector, type Exchange } from './answer-collector.ts';
import { excerptWithout } from './excerpt.ts';
import { causeOf, failureOfSilence, failureOfStatus } from './failure-of.ts';
import { retryAfterMs } from './retry-after.ts';

export interface HttpClientOptions {
  /** Scheme, host, port and the path that stands before every request's own. */
  readonly baseUrl: string;
  /** From `send` to the last byte of the answer, waiting for a connection included. */
  readonly timeoutMs: number;
  /** Connections at most; what exceeds them waits in line, its deadline running. */
  readonly connections: number;
  /** The longest answer that is read; a longer one is given up. 64 KiB where nothing is said. */
  readonly bodyLimitBytes?: number;
  /** Texts that must not appear in any cause: tokens, passwords. */
  readonly secrets: readonly string[];
  /** Wall clock in milliseconds, for `Retry-After` given as a date. */
  readonly now: () => number;
  /** Turns the host's name into addresses; the system's own way where nothing is said. */
  readonly lookup?: LookupFunction | undefined;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, without a leading slash. It appears in causes, so nothing secret belongs in it. */
  readonly path: string;
  /** Parameters without a value are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Texts of this request that must not appear in its causes: a caller's number. */
  readonly personal?: readonly string[];
  /** Statuses beside 2xx whose whole body is wanted: their meaning is in it, and not in the status alone. */
  readonly answeredBy?: readonly number[];
  /** Told the headers of the answer, whatever its status. */
  readonly onHeaders?: (headers: IncomingHttpHeaders) => void;
}

/** A 2xx answer, or one that the request was ready for. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

// Far above any answer but a whole account's list; a longer one is somebody's error page or worse.
const BODY_LIMIT_BYTES = 64 * 1024;
// Of a longer text only its beginning is looked through for an excerpt: a list of megabytes would hold up the loop.
const EXCERPTED_LENGTH = 64 * 1024;
// An idle connection is dropped before a usual server drops it (Node's default is 5 s): a request written into a
// connection that is just being closed would come back with its outcome unknown.
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 60_000;
const KEEP_ALIVE_MARGIN_MS = 2_000;

/**
 * One far side over HTTP/1.1. It never retries (the outbox owns that), never follows a redirect and never rejects:
 * every fault is a `Failure` whose cause carries neither the secrets nor any query.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #inFlight = new Set<Promise<unknown>>();
  #closing = false;

  constructor(options: HttpClientOptions) {
    const url = new URL(options.baseUrl);
    this.#options = options;
    this.#prefix = url.pathname.replace(/\/+$/, '');
    this.#pool = new Pool(url.origin, poolOptions(options));
  }

  async send(request: HttpRequest): Promise<Outcome<HttpAnswer>> {
    if (this.#closing) return failed(failureOfSilence(false, `${nameOf(request)}: the client is closed`));
    const exchange = this.#exchange(request);
    this.#inFlight.add(exchange);
    try {
      return this.#outcome(request, await exchange);
    } finally {
      this.#inFlight.delete(exchange);
    }
  }

  /** Far-side text made fit for a log or a report: one short line without secrets. */
  excerpt(text: string, personal: readonly string[] = []): string {
    return excerptWithout([...this.#options.secrets, ...personal])(text.slice(0, EXCERPTED_LENGTH));
  }

  /** Waits for the requests in flight (each has its deadline), then drops the connections. May be repeated. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#inFlight);
    await this.#pool.destroy();
  }

  async #exchange(request: HttpRequest): Promise<Exchange> {
    const { timeoutMs, bodyLimitBytes = BODY_LIMIT_BYTES } = this.#options;
    const collector = new AnswerCollector(bodyLimitBytes);
    const deadline = AbortSignal.timeout(timeoutMs);
    const onDeadline = () => collector.giveUp(new Error(`no answer within ${timeoutMs} ms`));
    deadline.addEventListener('abort', onDeadline, { once: true });
    this.#pool.dispatch(
      {
        method: request.method,
        path: `${this.#prefix}/${request.path}${queryOf(request.query ?? {})}`,
        headers: { accept: 'application/json, text/plain', ...request.headers },
        body: request.body ?? null,
      },
      collector,
    );
    const exchange = await collector.exchange;
    deadline.removeEventListener('abort', onDeadline);
    return exchange;
  }

  #outcome(request: HttpRequest, exchange: Exchange): Outcome<HttpAnswer> {
    const cause = (text: string) => `${nameOf(request)}: ${this.excerpt(text, request.personal)}`;
    if (exchange.kind === 'silent')
      return failed(failureOfSilence(exchange.sent, cause(causeOf(exchange.error))));
    const { status, headers } = exchange.head;
    request.onHeaders?.(headers);
    const isWanted = status < 300 || request.answeredBy?.includes(status);
    if (isWanted && exchange.kind === 'answered') return success({ status, text: exchange.text });
    if (status < 300 && exchange.kind === 'cut')
      return failed(failureOfSilence(true, cause(`${status}, but ${causeOf(exchange.error)}`)));
    const detail = headers.location === undefined ? exchange.text : `to ${headers.location}`;
    return failed(
      failureOfStatus({
        status,
        retryAfterMs: retryAfterMs(headers['retry-after'], this.#options.now()),
        cause: cause(`${status} ${detail}`),
      }),
    );
  }
}

/** Every limit is named here, because undici's defaults (five minutes for a body) change under us. */
function poolOptions({ timeoutMs, connections, lookup }: HttpClientOptions): Pool.Options {
  return {
    connections,
    pipelining: 1,
    // HTTP/2 would put all requests on one connection, and one stall would then hold them all.
    allowH2: false,
    connect: { timeout: timeoutMs, lookup },
    autoSelectFamily: true,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
    keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
  };
}

/** Percent-encoded throughout: a bare `+` would arrive as a blank. */
function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  const encode = (text: string) => encodeURIComponent(text.toWellFormed());
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encode(name)}=${encode(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function nameOf(request: HttpRequest): string {
  return `${request.method} ${request.path}`;
}
