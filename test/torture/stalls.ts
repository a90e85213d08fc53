const TICK_MS = 20;
// What any timer is late by; no stall.
const USUAL_MS = 10;

/** How much later than asked this process ran: what a busy machine takes from us, it takes from the daemon as well. */
export class Stalls {
  #worstMs = 0;
  #lastAt = performance.now();
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);

  /** The longest stall since the beginning. */
  get worstMs(): number {
    return Math.round(Math.max(0, this.#worstMs - USUAL_MS));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    this.#worstMs = Math.max(this.#worstMs, now - this.#lastAt - TICK_MS);
    this.#lastAt = now;
  }
}
