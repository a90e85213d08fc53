const WINDOW_MS = 1_000;

/**
 * Counts requests in any second that ends now.
 * Assumed: the window slides, and a refused request counts like any other. That is the strictest reading: whoever
 * stays within it stays within a fixed window as well.
 */
export class RateWindow {
  readonly #limit: number;
  readonly #arrivals: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more; whether it is one of those that are allowed. */
  admits(at: number): boolean {
    while ((this.#arrivals[0] ?? at) <= at - WINDOW_MS) this.#arrivals.shift();
    this.#arrivals.push(at);
    return this.#arrivals.length <= this.#limit;
  }
}
