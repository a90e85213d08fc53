import type { Clock } from '../../ports/clock.ts';

// Whoever waits for longer than this wants to know for what.
const PATIENCE_MS = 1_000;
// Back to the beginning of the line, and clear it (ECMA-48 EL).
const CLEAR_LINE = '\r\u001b[K';

/** Tells on a terminal what is being looked at, where that takes longer than a second, and takes it away afterwards. */
export class WaitingLine {
  readonly #write: ((text: string) => void) | undefined;
  readonly #clock: Pick<Clock, 'after'>;
  #cancel: () => void = () => {};
  #isShown = false;

  /** Without `write` there is no terminal, and nothing is told. */
  constructor(write: ((text: string) => void) | undefined, clock: Pick<Clock, 'after'>) {
    this.#write = write;
    this.#clock = clock;
  }

  /** `isNow`: what is looked at leaves no moment to tell it later. */
  begin(what: string, isNow = false): void {
    this.end();
    if (this.#write === undefined) return;
    const tell = () => {
      this.#isShown = true;
      this.#write?.(`looking at ${what} …`);
    };
    if (isNow) tell();
    else this.#cancel = this.#clock.after(PATIENCE_MS, tell);
  }

  end(): void {
    this.#cancel();
    if (this.#isShown) this.#write?.(CLEAR_LINE);
    this.#isShown = false;
  }
}
