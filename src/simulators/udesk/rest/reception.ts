import type { Arrival, Reaction, Reply } from '../../kit/http-door.ts';
import { textAt } from '../../kit/json.ts';
import { type Fault, isHeard } from '../faults.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { RequestEntry } from '../request-entry.ts';
import type { Application } from '../state/application.ts';
import type { PlaceCall } from '../state/place-call.ts';
import { answerBody } from './answer.ts';
import { type Judge, signatureBreach } from './authentication.ts';
import type { RestOperation, Result } from './operation.ts';
import { allOperations, BASE_PATH, type Found, findOperation, type OperationName } from './operations.ts';
import { readBody } from './read-body.ts';
import { type ReadQuery, readQuery } from './read-query.ts';

export interface ReceptionParts extends Judge {
  readonly takeFault: (name: OperationName) => Fault | undefined;
  readonly placeCall: PlaceCall;
  readonly record: (entry: RequestEntry) => void;
  readonly object: (breach: string) => void;
}

/** Takes each request in turn: place, signature, application, form, and only then its meaning. */
export class Reception {
  readonly #parts: ReceptionParts;
  readonly #operations: ReturnType<typeof allOperations>;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
    this.#operations = allOperations(parts.placeCall);
  }

  receive(arrival: Arrival): Reaction {
    const [path = '', search = ''] = arrival.target.split(/\?(.*)/s, 2);
    const found = findOperation(this.#operations, arrival.method, path);
    if (typeof found === 'number') {
      const name = `${arrival.method} ${path.replace(`${BASE_PATH}/`, '')}`;
      this.#object(name, ['no such operation']);
      return this.#recorded({ name: undefined, query: {}, body: arrival.body }, bare(found));
    }
    const query = readQuery(found.name, found.operation, search);
    const body = readBody(found.operation, arrival.body);
    const reaction = this.#reaction({ ...found, query, body, headers: arrival.headers });
    const { Sign: _, AuthToken: __, ...shown } = query.values;
    return this.#recorded({ name: found.name, query: shown, body: body.given }, reaction);
  }

  #reaction(request: Request): Reaction {
    const { name, operation, query, body, headers } = request;
    const breach = signatureBreach(query.values, this.#parts);
    if (breach !== undefined) {
      this.#object(name, [breach]);
      return bare(401);
    }
    const application = this.#applicationOf(operation, query);
    if (application instanceof Refusal) {
      this.#object(name, [application.desc]);
      return this.#answer(request, application);
    }
    this.#object(name, [...query.breaches, ...headerBreaches(headers, body.given), ...body.breaches]);
    if (body.refusal !== undefined) return this.#answer(request, body.refusal);
    const fault = this.#parts.takeFault(name);
    if (!isHeard(fault)) return this.#faulty(request, fault);
    return this.#faulty(request, fault, this.#perform(request, application));
  }

  #perform({ name, operation, path, body }: Request, application: Application | undefined): Result {
    const object = (breach: string) => this.#object(name, [breach]);
    const { account } = this.#parts;
    return operation.perform({ account, application, path, values: body.values, object });
  }

  #applicationOf({ app }: RestOperation, { values }: ReadQuery): Application | Refusal | undefined {
    if (app === 'none') return undefined;
    const appId = values[app] ?? '';
    if (appId === '') return REFUSALS.appIdBlank;
    const application = this.#parts.account.applications.get(appId);
    return application === undefined || application.forbidden ? REFUSALS.appNotFound : application;
  }

  /** `result` is that of the right answer, where the account has acted on the request. */
  #faulty(request: Request, fault: Fault | undefined, result: Result = null): Reaction {
    if (fault === undefined) return this.#answer(request, result);
    if ('silence' in fault) return fault.silence;
    if ('delayMs' in fault) return { ...this.#answer(request, result), delayMs: fault.delayMs };
    if ('errCode' in fault) {
      return this.#answer(request, new Refusal(fault.errCode, fault.errDesc ?? REFUSALS.systemError.desc));
    }
    const headers = { 'content-type': 'application/json', ...fault.headers };
    return { status: fault.status, headers, body: fault.body ?? '', delayMs: 0 };
  }

  #answer({ operation: { shape, desc }, query, body }: Request, result: Result): Reply {
    const msgId = query.values['MsgId'] ?? textAt(body.given, 'MsgId');
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return { status: 200, headers, body: answerBody(result, { shape, desc, msgId }), delayMs: 0 };
  }

  #object(name: string, breaches: readonly string[]): void {
    for (const breach of breaches) this.#parts.object(`${name}: ${breach}`);
  }

  #recorded(asked: Asked, reaction: Reaction): Reaction {
    const seen = typeof reaction === 'string' ? { status: reaction, body: '' } : reaction;
    this.#parts.record({
      at: this.#parts.account.world.now(),
      door: 'rest',
      operation: asked.name,
      query: asked.query,
      body: asked.body,
      status: seen.status,
      code: codeIn(seen.body),
      answer: seen.body,
    });
    return reaction;
  }
}

interface Request extends Found {
  readonly query: ReadQuery;
  readonly body: ReturnType<typeof readBody>;
  readonly headers: Arrival['headers'];
}

interface Asked {
  readonly name: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A status alone: the document has no code for a wrong signature, nor for a wrong path. */
function bare(status: number): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: '', delayMs: 0 };
}

/** "HTTP Header": what is accepted, and what a body is. */
function headerBreaches(headers: Arrival['headers'], body: unknown): readonly string[] {
  const accepts = String(headers['accept'] ?? '').includes('application/json');
  const type = String(headers['content-type'] ?? '');
  const typed = body === '' || type.startsWith('application/json');
  return [
    ...(accepts ? [] : ['no Accept: application/json']),
    ...(typed ? [] : [`a body of the type ${type}`]),
  ];
}

function codeIn(body: string): string {
  return /^\{"(?:ErrCode|code)":"(\w*)"/.exec(body)?.[1] ?? '';
}
