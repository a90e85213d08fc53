const WINDOW_MS = 60_000;

/**
 * Counts requests in any 60 seconds that end now.
 * Assumed: the window slides, and a refused request counts like any other. That is the strictest reading: whoever
 * stays within it stays within a fixed window as well.
 */
export class RateWindow {
  readonly #limit: number;
  readonly #arrivals: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more; answers how many seconds to wait where that is too many, else nothing. */
  arrive(at: number): number | undefined {
    while ((this.#arrivals[0] ?? at) <= at - WINDOW_MS) this.#arrivals.shift();
    this.#arrivals.push(at);
    const excess = this.#arrivals.length - this.#limit;
    if (excess <= 0) return undefined;
    // The next request is welcome once so many of the oldest have left that it is the last one allowed.
    const leavingLast = this.#arrivals[excess] ?? at;
    return Math.max(1, Math.ceil((leavingLast + WINDOW_MS - at) / 1000));
  }
}
