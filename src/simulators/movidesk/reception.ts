import type { Account } from './account.ts';
import { type Fault, Faults, isHeard } from './faults.ts';
import { Ledger } from './ledger.ts';
import { operationAt } from './operations.ts';
import { RateWindow } from './rate-window.ts';
import { readQuery } from './read-query.ts';

export interface Arrival {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: string;
  readonly at: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the answer is held back. */
  readonly delayMs: number;
}

/** An answer, or how it stays away. */
export type Reaction = Answer | 'reset' | 'hang';

export interface ReceptionOptions {
  readonly token: string;
  readonly requestsPerMinute: number;
}

/** Takes each request in turn: limit, token, form, and only then the account. Every breach is written down. */
export class Reception {
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly violations: string[] = [];
  readonly #account: Account;
  readonly #token: string;
  readonly #window: RateWindow;

  constructor(account: Account, { token, requestsPerMinute }: ReceptionOptions) {
    this.#account = account;
    this.#token = token;
    this.#window = new RateWindow(requestsPerMinute);
  }

  receive(arrival: Arrival): Reaction {
    const [path = '', search = ''] = arrival.target.split(/\?(.*)/s, 2);
    const parameters = new URLSearchParams(search);
    const request = { arrival, path, search, token: parameters.get('token') };
    parameters.delete('token');
    const callId = parameters.get('id') ?? '';
    const reaction = this.#reaction(request, callId);
    const seen = typeof reaction === 'string' ? { status: reaction, body: '' } : reaction;
    this.ledger.add({
      at: arrival.at,
      operation: operationAt(path),
      callId,
      query: Object.fromEntries(parameters),
      status: seen.status,
      body: seen.body,
    });
    return reaction;
  }

  #reaction(request: Request, callId: string): Reaction {
    const name = `${request.path.split('/').at(-1)} ${callId}`.trim();
    const operation = operationAt(request.path);
    if (operation === undefined) return this.#refuse(name, { status: 404, breaches: ['no such path'] });
    const { values, breaches } = readQuery(operation, request.search);
    const refusal = this.#refusal(request, breaches);
    if (refusal !== undefined) return this.#refuse(name, refusal);
    const fault = this.faults.take(operation);
    if (!isHeard(fault)) return faulty(fault, '');
    const heard = this.#account.hear(operation, values, request.arrival.at);
    if ('breach' in heard) return this.#refuse(name, { status: 400, breaches: [heard.breach] });
    return faulty(fault, heard.body);
  }

  /** What is wrong with a request before one asks what it means. A breach costs its permit all the same. */
  #refusal({ arrival, token }: Request, breaches: readonly string[]): Refusal | undefined {
    const waitSeconds = this.#window.arrive(arrival.at);
    if (waitSeconds !== undefined) {
      const headers = { 'retry-after': String(waitSeconds) };
      return { status: 429, breaches: ['more requests than allowed in 60 s'], headers };
    }
    if (arrival.method !== 'POST') return { status: 405, breaches: [`${arrival.method}, not POST`] };
    if (token !== this.#token) return { status: 401, breaches: ['the token is missing or wrong'] };
    if (arrival.body !== '') return { status: 400, breaches: ['the body is not empty'] };
    return breaches.length > 0 ? { status: 400, breaches } : undefined;
  }

  #refuse(name: string, { status, breaches, headers }: Refusal): Answer {
    this.violations.push(...breaches.map((breach) => `${name}: ${breach}`));
    return answer(status, JSON.stringify({ message: breaches.join('; ') }), headers);
  }
}

interface Request {
  readonly arrival: Arrival;
  readonly path: string;
  readonly search: string;
  readonly token: string | null;
}

interface Refusal {
  readonly status: number;
  readonly breaches: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, body, headers, delayMs: 0 };
}

/** `body` is that of the right answer, where the account has acted on the request. */
function faulty(fault: Fault | undefined, body: string): Reaction {
  if (fault === undefined) return answer(200, body);
  if ('silence' in fault) return fault.silence;
  if ('delayMs' in fault) return { ...answer(200, body), delayMs: fault.delayMs };
  return answer(fault.status, fault.body ?? JSON.stringify({ message: 'simulated fault' }), fault.headers);
}
