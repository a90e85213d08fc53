import type { Clock } from '../ports/clock.ts';

// Whoever waits longer than a second wonders.
const SILENT_MS = 1_000;
const EVERY_MS = 200;
const CLEARED = '\r\u001B[K';

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far something has come, in one line that goes when it is done; only where somebody looks on, and has waited. */
export class Progress implements Disposable {
  readonly #out: Terminal;
  readonly #clock: Pick<Clock, 'monotonic'>;
  #nextAt: number;
  #isShown = false;

  constructor(clock: Pick<Clock, 'monotonic'>, out: Terminal = process.stderr) {
    this.#clock = clock;
    this.#out = out;
    this.#nextAt = clock.monotonic() + SILENT_MS;
  }

  /** To be called as often as one likes. */
  tell(text: () => string): void {
    if (!this.#out.isTTY) return;
    const now = this.#clock.monotonic();
    if (now < this.#nextAt) return;
    this.#nextAt = now + EVERY_MS;
    this.#isShown = true;
    this.#out.write(`${CLEARED}${text()}`);
  }

  /** Nothing of it stays in front of what is printed next. */
  [Symbol.dispose](): void {
    if (this.#isShown) this.#out.write(CLEARED);
  }
}
