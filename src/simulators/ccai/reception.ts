import type { Arrival, Reaction, Reply } from '../kit/http-door.ts';
import { isObject, parseJson } from '../kit/json.ts';
import { type Answer, NOT_FOUND, refused, TOO_MANY, UNAUTHORIZED } from './answer.ts';
import { type Customer, entryOf } from './authentication.ts';
import { type Fault, isHeard } from './faults.ts';
import { BASE_PATH, type Operation, type OperationName, operationOf } from './operation.ts';
import type { RateWindow } from './rate-window.ts';
import { ASSUMED_REFUSALS } from './refusal.ts';
import type { RequestEntry } from './request-entry.ts';
import type { World } from './state/world.ts';

export interface ReceptionParts {
  readonly world: World;
  readonly customer: Customer;
  readonly rate: RateWindow;
  readonly takeFault: (name: OperationName) => Fault | undefined;
  readonly record: (entry: RequestEntry) => void;
  readonly object: (breach: string) => void;
}

/** What a request that was not acted upon gets where its fault brings no answer of its own. */
const UNHEARD: Answer = { status: 500 };

/** What became of a request. */
interface Outcome {
  readonly operation: OperationName | undefined;
  readonly answer: Answer;
  readonly reaction: Reaction;
}

/** Takes each request in turn: whose it is, whether there are too many, its place, its form, and only then its meaning. */
export class Reception {
  readonly #parts: ReceptionParts;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
  }

  receive(arrival: Arrival): Reaction {
    const at = this.#parts.world.clock.now();
    const given = arrival.body === '' ? undefined : (parseJson(arrival.body) ?? arrival.body);
    const path = pathOf(arrival.target);
    const { operation, answer, reaction } = this.#outcome(arrival, path, given);
    this.#parts.record({
      ...{ at, operation, method: arrival.method, path, body: given },
      ...seen(reaction, answer),
    });
    return reaction;
  }

  #outcome(arrival: Arrival, path: string, given: unknown): Outcome {
    const refusal = this.#atTheDoor(arrival);
    if (refusal !== undefined) return outcomeOf(refusal);
    const operation = operationOf(arrival.method, path, isObject(given) ? given : {});
    if (operation === undefined)
      return outcomeOf(this.#object(`no such place: ${arrival.method} ${path}`, NOT_FOUND));
    if (arrival.method !== 'GET') {
      const wrong = this.#form(arrival, given, operation);
      if (wrong !== undefined) return outcomeOf(wrong, operation.name);
    }
    return this.#perform(operation);
  }

  #atTheDoor({ headers }: Arrival): Answer | undefined {
    const { customer, rate, world } = this.#parts;
    const entry = entryOf(headers, customer);
    if (entry === 'wrong-subdomain') return this.#object(entry, NOT_FOUND);
    if (entry === 'unauthorized') return this.#object(entry, UNAUTHORIZED);
    return rate.admits(world.clock.now())
      ? undefined
      : this.#object('too many requests in a second', TOO_MANY);
  }

  /** "Content-Type: application/json", and a body that is. */
  #form({ headers }: Arrival, given: unknown, { name, breaches }: Operation): Answer | undefined {
    for (const breach of breaches) this.#parts.object(`${name}: ${breach}`);
    const isJson = String(headers['content-type'] ?? '').startsWith('application/json') && isObject(given);
    return isJson
      ? undefined
      : this.#object(`${name}: no JSON object`, refused(ASSUMED_REFUSALS.bodyNotJson));
  }

  #perform({ name, perform }: Operation): Outcome {
    const fault = this.#parts.takeFault(name);
    const answer = isHeard(fault) ? perform(this.#parts.world) : UNHEARD;
    return { operation: name, answer, reaction: reactionTo(answer, fault) };
  }

  #object(breach: string, answer: Answer): Answer {
    this.#parts.object(breach);
    return answer;
  }
}

function pathOf(target: string): string {
  const [path = ''] = target.split('?');
  return path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : path;
}

function outcomeOf(answer: Answer, operation?: OperationName): Outcome {
  return { operation, answer, reaction: replyOf(answer) };
}

function reactionTo(answer: Answer, fault: Fault | undefined): Reaction {
  if (fault === undefined) return replyOf(answer);
  if ('silence' in fault) return 'hang';
  if ('delayMs' in fault) return { ...replyOf(answer), delayMs: fault.delayMs };
  if ('cut' in fault) return fault.cut === 'before' ? 'reset' : { ...replyOf(answer), isCut: true };
  const headers = { 'content-type': 'application/json; charset=utf-8', ...fault.headers };
  return { status: fault.status, headers, body: fault.body ?? '', delayMs: 0, isCut: false };
}

function replyOf({ status, body }: Answer): Reply {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // Assumed: a second later the window is empty again.
      ...(status === TOO_MANY.status ? { 'retry-after': '1' } : {}),
    },
    body: body === undefined ? '' : JSON.stringify(body),
    ...{ delayMs: 0, isCut: false },
  };
}

/** How a reaction stands in the ledger. */
function seen(reaction: Reaction, { body }: Answer): Pick<RequestEntry, 'status' | 'answer'> {
  if (reaction === 'hang') return { status: 'silence', answer: body };
  if (reaction === 'reset' || reaction.isCut) return { status: 'cut', answer: body };
  return {
    status: reaction.status,
    answer: reaction.body === '' ? undefined : (parseJson(reaction.body) ?? reaction.body),
  };
}
