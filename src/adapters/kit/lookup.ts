import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../../ports/clock.ts';

export interface SharedLookupOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Every address of a name, of both families; the system's own way where nothing is said. */
  readonly resolve?: (name: string) => Promise<readonly LookupAddress[]>;
}

type Answer =
  | { readonly ok: true; readonly addresses: readonly LookupAddress[] }
  | { readonly ok: false; readonly error: Error };

// getaddrinfo does not tell for how long an answer holds, so ours holds for as long as a lost connection waits between two
// attempts at most (30 s, agent-link): a far side that moves is found again with the attempt after.
const ANSWER_KEPT_MS = 30_000;
// The first attempts of all agents come within some three seconds of a failure, and one question serves them all. Any
// longer would keep us away from a name that is found again.
const FAILURE_KEPT_MS = 3_000;
// Whoever waits has a deadline of its own, but cannot be taken out of the line. Ten times as many as connect at once with
// a hundred agents.
const MOST_WAITING = 1_000;

/**
 * Turns names into addresses for all relays together, one question at a time.
 *
 * getaddrinfo blocks a thread and cannot be called off: a name whose nameserver is silent holds it for ten seconds and more,
 * and libuv lets two run at once (half of its four threads) in the whole process. Every attempt of every agent to connect
 * would add one, and Movidesk's name would come after them all. So relays share one of the two, and leave the other.
 *
 * Whoever asks for a name that is being asked for gets that answer; another name waits for its turn. A question without
 * any end holds up the relays, and is not asked again beside itself: the second one would cost us the help desk.
 */
export class SharedLookup {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #resolve: (name: string) => Promise<readonly LookupAddress[]>;
  /** By name: what is being asked, or is in line for it. As many as the configuration names, as for `#kept`. */
  readonly #asked = new Map<string, Promise<Answer>>();
  readonly #kept = new Map<string, { readonly answer: Answer; readonly until: number }>();
  /** Done when the last in line has been answered. It never rejects. */
  #lastInLine: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor({ clock, resolve = (name) => systemLookup(name, { all: true }) }: SharedLookupOptions) {
    this.#clock = clock;
    this.#resolve = resolve;
  }

  /** In the place of `dns.lookup`. It never calls back before it has returned. */
  readonly lookup: LookupFunction = (name, { all, family }, callback) => {
    void this.#answerTo(name).then((answer) => {
      const fitting = ofFamily(answer, name, family);
      if (!fitting.ok) callback(fitting.error, []);
      else if (all === true) callback(null, [fitting.first, ...fitting.rest]);
      else callback(null, fitting.first.address, fitting.first.family);
    });
  };

  async #answerTo(name: string): Promise<Answer> {
    const family = isIP(name);
    if (family !== 0) return { ok: true, addresses: [{ address: name, family }] };
    const kept = this.#kept.get(name);
    if (kept !== undefined && this.#clock.monotonic() < kept.until) return kept.answer;
    if (this.#waiting >= MOST_WAITING) return { ok: false, error: unanswered(name) };
    this.#waiting += 1;
    const answer = await (this.#asked.get(name) ?? this.#getInLine(name));
    this.#waiting -= 1;
    return answer;
  }

  #getInLine(name: string): Promise<Answer> {
    const answer = this.#lastInLine.then(() => this.#ask(name));
    this.#asked.set(name, answer);
    this.#lastInLine = answer;
    return answer;
  }

  async #ask(name: string): Promise<Answer> {
    const answer = await answerOf(() => this.#resolve(name));
    const keptMs = answer.ok ? ANSWER_KEPT_MS : FAILURE_KEPT_MS;
    this.#asked.delete(name);
    this.#kept.set(name, { answer, until: this.#clock.monotonic() + keptMs });
    return answer;
  }
}

async function answerOf(ask: () => Promise<readonly LookupAddress[]>): Promise<Answer> {
  try {
    return { ok: true, addresses: await ask() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** As getaddrinfo would have it: a name without an address of the family in question is one that is not found. */
function ofFamily(answer: Answer, name: string, family: number | 'IPv4' | 'IPv6' = 0) {
  if (!answer.ok) return answer;
  const wanted = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
  const [first, ...rest] = answer.addresses.filter((one) => wanted === 0 || one.family === wanted);
  return first === undefined
    ? ({ ok: false, error: lookupError('ENOTFOUND', `getaddrinfo ENOTFOUND ${name}`) } as const)
    : ({ ok: true, first, rest } as const);
}

function unanswered(name: string): Error {
  return lookupError('EAI_AGAIN', `getaddrinfo EAI_AGAIN ${name}: too many wait for an answer already`);
}

function lookupError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code, syscall: 'getaddrinfo' });
}
