import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '../../domain/identity.ts';
import { HttpClient } from '../kit/http-client.ts';

export interface TokenProbeOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly timeoutMs: number;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
}

export interface TokenFacts {
  readonly verdict: TokenVerdict;
  /** What was answered, or why nothing was: one short line without the token. */
  readonly cause: string;
  /** How far this machine's clock is ahead of Movidesk's, by its Date header; nothing where it has none. */
  readonly aheadMs: number | undefined;
}

/**
 * `unclear`: an answer that is no refusal of the token, and no proof that it is accepted. `throttled`: the limit of requests
 * is spent. `broken`: Movidesk itself failed. `unreachable`: nothing was sent. `silent`: sent, and no answer came.
 */
export type TokenVerdict =
  | 'accepted'
  | 'refused'
  | 'unclear'
  | 'throttled'
  | 'broken'
  | 'unreachable'
  | 'silent';

/**
 * Asks Movidesk whether it takes the token, in one request that leaves nothing behind. Of the six operations the page has,
 * five begin, move or end a call. `setMadeCallLink` alone only adds the link of a recording to a call that is there: it is
 * sent with an id that no call of anybody has (ours begin with the PBX's name and a uniqueid) and an empty link, so
 * that even a call of that name would get nothing. All its parameters are there, for a server that looks for the operation
 * by its parameters would otherwise answer 404 before it reads the token.
 *
 * How a wrong token is answered the page does not say: 401 or 403 by HTTP's own rules, or a 4xx that speaks of it.
 */
const PROBE = { path: 'setMadeCallLink', id: 'asterisk-movidesk-check', Link: '' } as const;

// Their bodies say more than the status.
const READ_STATUSES = [400, 401, 403, 404, 405, 409, 410, 415, 422] as const;

export async function probeToken({ baseUrl, token, timeoutMs, now }: TokenProbeOptions): Promise<TokenFacts> {
  const http = new HttpClient({ baseUrl, timeoutMs, connections: 1, secrets: [token], now });
  const clocks = new Clocks(now);
  try {
    const { path, id, Link } = PROBE;
    const answer = await http.send({
      method: 'POST',
      path,
      query: { token, id, Link },
      headers: { 'content-type': 'application/json' },
      answeredBy: READ_STATUSES,
      onHeaders: (headers) => clocks.compare(headers),
    });
    const { aheadMs } = clocks;
    if (!answer.ok) return { verdict: VERDICTS[answer.failure.kind], cause: answer.failure.cause, aheadMs };
    const { status, text } = answer.value;
    return { verdict: verdictOf(status, text), cause: `${status} ${http.excerpt(text)}`.trim(), aheadMs };
  } finally {
    await http.close();
  }
}

const VERDICTS = {
  throttled: 'throttled',
  unreachable: 'unreachable',
  'unknown-outcome': 'silent',
  broken: 'broken',
  unauthorized: 'refused',
  refused: 'unclear',
} as const;

// In English, and in the Portuguese of the vendor.
const ABOUT_TOKEN = /token|unauthori[sz]ed|n[aã]o autorizad|api.?key|chave/i;

function verdictOf(status: number, body: string): TokenVerdict {
  if (status < 300) return 'accepted';
  if (status === 401 || status === 403 || ABOUT_TOKEN.test(body)) return 'refused';
  return 'unclear';
}

/** Compares the clocks of both ends: theirs was read somewhere between our question and its answer. */
class Clocks {
  readonly #now: () => number;
  readonly #askedAt: Instant;
  aheadMs: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
    this.#askedAt = now();
  }

  compare({ date }: IncomingHttpHeaders): void {
    const theirs = Date.parse(date ?? '');
    // A Date header leaves out the milliseconds: half a second on average.
    if (!Number.isNaN(theirs)) this.aheadMs = (this.#askedAt + this.#now()) / 2 - (theirs + 500);
  }
}
