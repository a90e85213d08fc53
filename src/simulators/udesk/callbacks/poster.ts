import type { SimulatorClock } from '../../kit/clock.ts';

/** What came back, or why nothing did. */
export interface Posted {
  readonly status: number | 'failed';
  readonly answer: string;
}

/** POSTs JSON to us, with a deadline, until it is closed. */
export class Poster {
  readonly #clock: SimulatorClock;
  readonly #timeoutMs: number;
  readonly #closing = new AbortController();

  constructor(clock: SimulatorClock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  async post(url: string, body: string): Promise<Posted> {
    const deadline = new AbortController();
    const cancel = this.#clock.after(this.#timeoutMs, () => deadline.abort());
    const signal = AbortSignal.any([deadline.signal, this.#closing.signal]);
    const headers = { 'content-type': 'application/json;charset=utf-8', accept: 'application/json' };
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      return { status: response.status, answer: await response.text() };
    } catch (error) {
      return { status: 'failed', answer: String(error) };
    } finally {
      cancel();
    }
  }

  close(): void {
    this.#closing.abort();
  }
}
