import { Counter, Histogram, type Registry } from 'prom-client';
import type { Ending } from '../domain/call/call.ts';
import type { MadeCallResult } from '../domain/made-call/made-call.ts';
import type { FoundChange, WaitEnd } from '../ports/meter.ts';
import { PREFIX } from './metrics-prefix.ts';

// An offer takes a second at least; ten minutes are the wait limit by default (queues[].maxWaitSeconds), an hour is the most
// that anybody bears. The steps between are those by which service levels are spoken of: 20, 30, 60 seconds …
const WAIT_BUCKETS_SECONDS = [1, 2, 5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1_200, 3_600];

const ENDINGS = { completed: true, lost: true, canceled: true } satisfies Record<Ending, true>;
const WAIT_ENDS = { answered: true, 'gave-up': true, 'sent-away': true } satisfies Record<WaitEnd, true>;
const FOUND = { ended: true, moved: true, entered: true } satisfies Record<FoundChange, true>;
const MADE = { answered: true, unanswered: true, 'not-made': true } satisfies Record<MadeCallResult, true>;

/** What became of callers, and of calls that agents made. */
export class CallMetrics {
  readonly #calls: Counter<'queue' | 'ending'>;
  readonly #waits: Histogram<'queue' | 'end'>;
  readonly #reconciled: Counter<'change'>;
  readonly #made: Counter<'result'>;

  /** `queues`: each is shown from the start, with every ending: a rate of what was never seen before begins too late. */
  constructor(registry: Registry, queues: readonly string[]) {
    this.#calls = new Counter({
      name: `${PREFIX}calls_total`,
      help: 'Calls that are over, by what they were reported as.',
      labelNames: ['queue', 'ending'],
      registers: [registry],
    });
    this.#waits = new Histogram({
      name: `${PREFIX}queue_wait_seconds`,
      help: 'How long callers waited for an agent, by how the wait ended.',
      labelNames: ['queue', 'end'],
      buckets: WAIT_BUCKETS_SECONDS,
      registers: [registry],
    });
    this.#reconciled = new Counter({
      name: `${PREFIX}reconciled_total`,
      help: 'Changes of calls that no event had told, found by a look at the PBX.',
      labelNames: ['change'],
      registers: [registry],
    });
    this.#made = new Counter({
      name: `${PREFIX}made_calls_total`,
      help: 'Calls that agents made from Movidesk, by what became of them.',
      labelNames: ['result'],
      registers: [registry],
    });
    for (const result of Object.keys(MADE)) this.#made.inc({ result }, 0);
    for (const queue of queues) {
      for (const ending of Object.keys(ENDINGS)) this.#calls.inc({ queue, ending }, 0);
      for (const end of Object.keys(WAIT_ENDS)) this.#waits.zero({ queue, end });
    }
    for (const change of Object.keys(FOUND)) this.#reconciled.inc({ change }, 0);
  }

  waitEnded(queue: string, end: WaitEnd, ms: number): void {
    this.#waits.observe({ queue, end }, ms / 1_000);
  }

  callEnded(queue: string, ending: Ending): void {
    this.#calls.inc({ queue, ending });
  }

  madeCallEnded(result: MadeCallResult): void {
    this.#made.inc({ result });
  }

  found(change: FoundChange): void {
    this.#reconciled.inc({ change });
  }
}
