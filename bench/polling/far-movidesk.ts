import type { HttpAnswer, HttpRequest } from '../../src/adapters/kit/http-client.ts';
import { type CallId, callIdOf, type Uniqueid } from '../../src/domain/identity.ts';
import { invariant } from '../../src/domain/invariant.ts';
import { failed, type Outcome, success } from '../../src/ports/failure.ts';
import { Account } from '../../src/simulators/movidesk/account.ts';
import type { SimulatedQueue } from '../../src/simulators/movidesk/allocation.ts';
import { BASE_PATH } from '../../src/simulators/movidesk/operations.ts';
import { Reception } from '../../src/simulators/movidesk/reception.ts';
import { Chance } from '../../test/simulation/chance.ts';
import type { VirtualTime } from '../../test/simulation/virtual-time.ts';
import { ANSWERING_MS, LIMIT_PER_MINUTE, NAMED_FOR_MS, WAY } from './assumptions.ts';
import type { DayTrace, TracedCaller } from './day-trace.ts';
import type { Journal } from './journal.ts';

export const PBX_NAME = 'bench';
export const TOKEN = 'token-of-nobody';
const MINUTE_MS = 60_000;
const ENDINGS: ReadonlySet<string> = new Set([
  'asterisk_completedCall',
  'asterisk_lostCall',
  'asterisk_canceledCall',
]);

/** The strict Movidesk at the end of a network, with a limit that forgives whoever exceeds it. */
export class FarMovidesk {
  readonly account: Account;
  readonly queues: readonly SimulatedQueue[];
  readonly #reception: Reception;
  readonly #time: VirtualTime;
  readonly #journal: Journal;
  readonly #hasLimit: boolean;
  /** What the network does is not the callers' draw: it differs with the requests that are sent. */
  readonly #way: Chance;
  readonly #callers: ReadonlyMap<string, TracedCaller>;
  /** When the requests of the last minute arrived that count. */
  #counted: readonly number[] = [];
  /** Questions on their way, by call. */
  readonly #asked = new Set<string>();
  readonly #sentAt: number[] = [];
  /** Told when a request was acted upon. */
  onHeard: () => void = () => {};
  /** Told of whom the ending was heard. */
  onEnding: (uniqueid: Uniqueid) => void = () => {};

  constructor(trace: DayTrace, parts: { time: VirtualTime; journal: Journal; hasLimit: boolean }) {
    const callers = new Map(trace.callers.map((caller) => [callIdOfCaller(caller), caller]));
    this.#callers = callers;
    this.queues = trace.setting.queues.map(({ agents }, index) => ({ id: index + 1, agents }));
    this.account = new Account(this.queues, {
      reserveNamed: true,
      namedForMs: NAMED_FOR_MS,
      firstInFirstOut: false,
      wrapUpMs: (callId) => this.#callers.get(callId)?.wrapUpMs ?? 0,
    });
    this.#reception = new Reception(this.account, { token: TOKEN, requestsPerMinute: Infinity });
    this.#time = parts.time;
    this.#journal = parts.journal;
    this.#hasLimit = parts.hasLimit;
    this.#way = new Chance(trace.seed).streamOf('network');
  }

  /** A question about this caller is on its way. */
  isAskedAbout({ caller }: { caller: TracedCaller }): boolean {
    return this.#asked.has(callIdOfCaller(caller));
  }

  /** Requests sent in the last so many milliseconds. */
  sentWithin(ms: number): number {
    const since = this.#time.passedMs - ms;
    let count = 0;
    while ((this.#sentAt[this.#sentAt.length - 1 - count] ?? -Infinity) > since) count += 1;
    return count;
  }

  send(request: HttpRequest): Promise<Outcome<HttpAnswer>> {
    const callId = request.query?.['id'] ?? '';
    const isQuestion = request.path === 'asterisk_receivedCall';
    this.#sentAt.push(this.#time.passedMs);
    if (isQuestion) this.#asksAbout(callId);
    return new Promise((resolve) => {
      this.#time.after(this.#wayMs(), () => {
        const outcome = this.#arrives(request, callId);
        this.#time.after(ANSWERING_MS + this.#wayMs(), () => {
          if (isQuestion) this.#asked.delete(callId);
          resolve(outcome);
        });
      });
    });
  }

  #wayMs(): number {
    const { shortestMs, meanMs, longestMs } = WAY;
    return Math.min(longestMs, Math.round(shortestMs + this.#way.exponential(meanMs - shortestMs)));
  }

  #asksAbout(callId: string): void {
    this.#asked.add(callId);
    this.#journal.polled(this.#callerOf(callId).uniqueid);
  }

  #arrives(request: HttpRequest, callId: string): Outcome<HttpAnswer> {
    this.#journal.counts.requests += 1;
    if (!this.#isWithinLimit()) return failed({ kind: 'throttled', retryAfterMs: 0, cause: '429' });
    const at = this.#time.now();
    const reaction = this.#reception.receive({
      method: request.method,
      target: targetOf(request),
      body: '',
      at,
    });
    invariant(typeof reaction !== 'string' && reaction.status === 200, this.#reception.violations.join('; '));
    const { uniqueid } = this.#callerOf(callId);
    if (ENDINGS.has(request.path)) this.onEnding(uniqueid);
    this.onHeard();
    return success({ status: 200, text: reaction.body });
  }

  /** Only those that are let in count. */
  #isWithinLimit(): boolean {
    const now = this.#time.passedMs;
    this.#counted = this.#counted.filter((at) => at > now - MINUTE_MS);
    const isWithin = this.#counted.length < LIMIT_PER_MINUTE;
    if (!isWithin) this.#journal.counts.beyondLimit += 1;
    const isLetIn = isWithin || !this.#hasLimit;
    if (isLetIn) this.#counted = [...this.#counted, now];
    return isLetIn;
  }

  #callerOf(callId: string): TracedCaller {
    const caller = this.#callers.get(callId);
    invariant(caller !== undefined, `${callId} is nobody's call`);
    return caller;
  }
}

/** Everybody comes in once. */
export const callIdOfCaller = ({ uniqueid }: TracedCaller): CallId => callIdOf(PBX_NAME, uniqueid, 1);

function targetOf({ path, query = {} }: HttpRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return `${BASE_PATH}/${path}?${pairs.join('&')}`;
}
