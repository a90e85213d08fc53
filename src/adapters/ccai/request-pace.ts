import type { Clock } from '../../ports/clock.ts';

export interface PaceOptions {
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  /** As many as have a connection: whoever would wait for one has not begun, though they had their turn. */
  readonly mostInFlight: number;
  /** Whoever has not had their turn by then gives up. */
  readonly patienceMs: number;
}

interface Waiting {
  readonly start: (mayStart: boolean) => void;
  readonly cancel: () => void;
}

// "Ten requests a second per customer", by the vendor's notes on all of its APIs.
const MOST_IN_WINDOW = 10;
// Half a second of margin, since we count when we send and they when it arrives.
const WINDOW_MS = 1_500;
// What is asked for by hand or by rule is some requests a minute: more than this many are not waiting for an answer any more.
const MOST_WAITING = 100;

/** Lets requests through in the order of their coming, never more than ten in any second. */
export class RequestPace {
  readonly #options: PaceOptions;
  /** When the latest of them began, on the monotonic clock. */
  #starts: readonly number[] = [];
  #line: readonly Waiting[] = [];
  #inFlight = 0;
  #cancelWake: () => void = () => {};
  #closed = false;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Does the work when its turn has come; nothing where it never came. */
  async run<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    if (!(await this.#turn())) return undefined;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      this.#letThrough();
    }
  }

  /** Whoever waits is sent away, and so is whoever comes later. */
  close(): void {
    this.#closed = true;
    this.#cancelWake();
    for (const waiting of this.#line) this.#sendAway(waiting);
  }

  #turn(): Promise<boolean> {
    if (this.#closed || this.#line.length >= MOST_WAITING) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiting: Waiting = {
      start: resolve,
      cancel: this.#options.clock.after(this.#options.patienceMs, () => this.#sendAway(waiting)),
    };
    this.#line = [...this.#line, waiting];
    this.#letThrough();
    return promise;
  }

  #letThrough(): void {
    this.#cancelWake();
    while (this.#inFlight < this.#options.mostInFlight) {
      const [first, ...others] = this.#line;
      if (first === undefined) return;
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        this.#cancelWake = this.#options.clock.after(waitMs, () => this.#letThrough());
        return;
      }
      this.#line = others;
      this.#begin(first);
    }
  }

  #begin({ start, cancel }: Waiting): void {
    this.#starts = [...this.#starts, this.#options.clock.monotonic()].slice(-MOST_IN_WINDOW);
    this.#inFlight += 1;
    cancel();
    start(true);
  }

  /** Until the tenth but latest is out of the window. */
  #waitMs(): number {
    const [oldest] = this.#starts;
    if (oldest === undefined || this.#starts.length < MOST_IN_WINDOW) return 0;
    return oldest + WINDOW_MS - this.#options.clock.monotonic();
  }

  #sendAway(waiting: Waiting): void {
    this.#line = this.#line.filter((one) => one !== waiting);
    waiting.cancel();
    waiting.start(false);
  }
}
