import { excerptWithout } from '../../src/adapters/kit/excerpt.ts';
import { failureOfSilence, failureOfStatus } from '../../src/adapters/kit/failure-of.ts';
import type { HttpAnswer, HttpRequest } from '../../src/adapters/kit/http-client.ts';
import { retryAfterMs } from '../../src/adapters/kit/retry-after.ts';
import { failed, type Outcome, success } from '../../src/ports/failure.ts';
import { Account } from '../../src/simulators/movidesk/account.ts';
import type { SimulatedQueue } from '../../src/simulators/movidesk/allocation.ts';
import type { Fault } from '../../src/simulators/movidesk/faults.ts';
import { BASE_PATH } from '../../src/simulators/movidesk/operations.ts';
import { type Reaction, Reception } from '../../src/simulators/movidesk/reception.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

export const TOKEN = 'simulated-token-of-nobody';

/** What Movidesk and the way to it are like at present. */
export type MovideskWeather =
  | 'fair'
  | 'slow'
  | 'refuses connections'
  | 'answers nothing'
  | 'loses answers'
  | 'fails'
  | 'fails after the effect'
  | 'throttles'
  | 'refuses requests'
  | 'refuses the token'
  | 'answers garbage';

interface Parts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly queues: readonly SimulatedQueue[];
  readonly requestsPerMinute: number;
}

// The daemon counts when it sends and Movidesk when it arrives; more than the window's margin no network may differ.
const LONGEST_WAY_MS = 400;

/** The strict Movidesk, reached by a network that takes its time. */
export class SimulatedMovidesk {
  readonly account: Account;
  readonly reception: Reception;
  weather: MovideskWeather = 'fair';
  readonly #time: VirtualTime;
  readonly #chance: Chance;

  constructor({ time, chance, queues, requestsPerMinute }: Parts) {
    this.account = new Account(queues, {
      reserveNamed: chance.happens(0.7),
      namedForMs: 15_000,
      firstInFirstOut: chance.happens(0.7),
      // The daemon's clock may be wrong by any amount here; what it says of time is judged by order alone.
      believesDates: true,
    });
    this.reception = new Reception(this.account, { token: TOKEN, requestsPerMinute });
    this.#time = time;
    this.#chance = chance;
  }

  /** One request of a process; nothing is heard of it once the process is gone. */
  send(request: HttpRequest, timeoutMs: number, isAlive: () => boolean): Promise<Outcome<HttpAnswer>> {
    return new Promise((resolve) => {
      const answer = (ms: number, outcome: Outcome<HttpAnswer>) =>
        this.#time.after(ms, () => {
          if (isAlive()) resolve(outcome);
        });
      if (this.weather === 'refuses connections') {
        answer(this.#chance.between(1, 20), failed(failureOfSilence(false, 'connect ECONNREFUSED')));
        return;
      }
      const wayMs = Math.min(LONGEST_WAY_MS, 20 + this.#chance.exponential(60));
      this.#time.after(wayMs, () => {
        const { reaction, takesMs } = this.#react(request);
        const outcome = reaction === 'hang' ? undefined : outcomeOf(reaction, this.#time.now());
        if (outcome === undefined || wayMs + takesMs > timeoutMs) {
          const silence = failureOfSilence(true, `no answer within ${timeoutMs} ms`);
          answer(Math.max(0, timeoutMs - wayMs), failed(silence));
        } else answer(takesMs, outcome);
      });
    });
  }

  #react({ method, path, query = {}, body = '' }: HttpRequest): { reaction: Reaction; takesMs: number } {
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
    );
    const fault = this.#fault();
    if (fault !== undefined) this.reception.faults.add('any', fault);
    const target = `${BASE_PATH}/${path}?${pairs.join('&')}`;
    const reaction = this.reception.receive({ method, target, body, at: this.#time.now() });
    this.reception.faults.end();
    const takesMs =
      this.weather === 'slow' ? this.#chance.between(500, 15_000) : 20 + this.#chance.exponential(60);
    return { reaction, takesMs };
  }

  #fault(): Fault | undefined {
    switch (this.weather) {
      case 'fair':
      case 'slow':
      case 'refuses connections':
        return undefined;
      case 'answers nothing':
        return { silence: 'hang', heard: false };
      case 'loses answers':
        return this.#chance.happens(0.5) ? { silence: 'reset' } : { silence: 'hang' };
      case 'fails':
        return { status: this.#chance.pick([500, 502, 503, 408]) };
      case 'fails after the effect':
        return { status: 500, heard: true };
      case 'throttles':
        return this.#chance.happens(0.5)
          ? { status: 429 }
          : { status: 429, headers: { 'retry-after': String(this.#chance.whole(1, 90)) } };
      case 'refuses the token':
        return { status: this.#chance.pick([401, 403]) };
      case 'refuses requests':
        return { status: this.#chance.pick([400, 404, 422] as const), body: REFUSAL };
      case 'answers garbage':
        return { status: 200, heard: true, body: this.#chance.pick(GARBAGE) };
    }
  }
}

/** What Movidesk says when it refuses though nothing is wrong: a person must look at it. */
const REFUSAL = '{"message":"simulated refusal"}';

// What stood in for an answer somewhere: error pages, empty bodies, other shapes of the same.
const GARBAGE = [
  '',
  '<html><body>Bad gateway</body></html>',
  '{"message":"ok"}',
  'null',
  '"99\\r\\nAction: Originate"',
  '[]',
] as const;

function outcomeOf(reaction: Exclude<Reaction, 'hang'>, now: number): Outcome<HttpAnswer> {
  if (reaction === 'reset') return failed(failureOfSilence(true, 'ECONNRESET'));
  const { status, headers, body } = reaction;
  if (status < 300) return success({ status, text: body });
  const cause = `${status} ${excerptWithout([])(body)}`;
  return failed(failureOfStatus({ status, retryAfterMs: retryAfterMs(headers['retry-after'], now), cause }));
}
