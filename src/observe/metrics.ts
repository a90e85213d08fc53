import { Counter, Histogram, Registry } from 'prom-client';
import type { AskReason } from '../domain/budget/ask-memory.ts';
import type { Ending } from '../domain/call/call.ts';
import type { QueueName } from '../domain/identity.ts';
import type { MadeCallResult } from '../domain/made-call/made-call.ts';
import type {
  FoundChange,
  Meter,
  PollResult,
  Present,
  RequestOperation,
  RequestOutcome,
  WaitEnd,
} from '../ports/meter.ts';
import { CallMetrics } from './call-metrics.ts';
import { PREFIX } from './metrics-prefix.ts';
import { NOWHERE, type Place, showPlace } from './place-metrics.ts';
import { NOTHING_YET, showPresent } from './present-metrics.ts';
import { processMetrics } from './process-metrics.ts';
import { readGauge } from './read-metric.ts';

// At ten requests a minute, six seconds are one request's turn and sixty the whole window: most of the steps lie there.
// Below, a sign was acted upon at once; above, callers waited beside a free agent, and more detail would not help them.
const EXCESS_WAIT_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2, 4, 6, 9, 12, 18, 24, 30, 45, 60, 120, 300];
// An answer over the internet takes a tenth of a second or so; movidesk.timeoutMs gives up after 10 s by default, 60 s at most.
const REQUEST_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
// A call that was kept under a queue which the configuration has forgotten since.
const FORGOTTEN_QUEUE = 'forgotten';

/** The metrics in Prometheus' text format. `docs/metrics.md` says what each means, and a test holds the two together. */
export class Metrics implements Meter {
  readonly #registry = new Registry();
  readonly #queues: ReadonlySet<QueueName>;
  readonly #polls = new Counter({
    name: `${PREFIX}polls_total`,
    help: 'Times Movidesk was asked about a caller, by why and by what came of it.',
    labelNames: ['reason', 'result'],
    registers: [this.#registry],
  });
  readonly #excessWait = new Histogram({
    name: `${PREFIX}excess_wait_seconds`,
    help: 'From the first sign that an agent was free to the offer of the caller whose turn it was.',
    labelNames: ['queue'],
    buckets: EXCESS_WAIT_BUCKETS_SECONDS,
    registers: [this.#registry],
  });
  readonly #requests = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Requests to Movidesk, by what they told and what came of them.',
    labelNames: ['operation', 'outcome'],
    registers: [this.#registry],
  });
  readonly #requestTime = new Histogram({
    name: `${PREFIX}request_seconds`,
    help: 'From a request to Movidesk to its answer, or to giving it up.',
    labelNames: ['operation'],
    buckets: REQUEST_BUCKETS_SECONDS,
    registers: [this.#registry],
  });
  readonly #calls: CallMetrics;
  #usedRatio = () => 0;
  #present = () => NOTHING_YET;
  #place = NOWHERE;

  /** `queues`: all that may stand in a label; each is shown from the start. */
  constructor(queues: readonly QueueName[]) {
    this.#queues = new Set(queues);
    for (const queue of queues) this.#excessWait.zero({ queue });
    this.#calls = new CallMetrics(this.#registry, queues);
    const help = 'Share of the limit of requests to Movidesk that the last minute has used.';
    readGauge(this.#registry, 'budget_used_ratio', help, () => this.#usedRatio());
    showPresent(this.#registry, () => this.#present());
    showPlace(this.#registry, () => this.#place);
  }

  polled(reason: AskReason, result: PollResult): void {
    this.#polls.inc({ reason, result });
  }

  excessWaited(name: QueueName, ms: number): void {
    this.#excessWait.observe({ queue: this.#shown(name) }, ms / 1_000);
  }

  waitEnded(name: QueueName, how: WaitEnd, ms: number): void {
    this.#calls.waitEnded(this.#shown(name), how, ms);
  }

  callEnded(name: QueueName, ending: Ending): void {
    this.#calls.callEnded(this.#shown(name), ending);
  }

  madeCallEnded(result: MadeCallResult): void {
    this.#calls.madeCallEnded(result);
  }

  found(change: FoundChange): void {
    this.#calls.found(change);
  }

  requestSettled(operation: RequestOperation, outcome: RequestOutcome, ms: number): void {
    this.#requests.inc({ operation, outcome });
    this.#requestTime.observe({ operation }, ms / 1_000);
  }

  watchBudget(usedRatio: () => number): void {
    this.#usedRatio = usedRatio;
  }

  watch(present: () => Present): void {
    this.#present = present;
  }

  /** The same of what lies outside of the daemon's loop. */
  watchPlace(place: Place): void {
    this.#place = place;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of them as they are now. Rejects where one of them cannot be read. */
  text(): Promise<string> {
    return Registry.merge([this.#registry, processMetrics()]).metrics();
  }

  #shown(queue: QueueName): string {
    return this.#queues.has(queue) ? queue : FORGOTTEN_QUEUE;
  }
}
