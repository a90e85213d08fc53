import type { Clock } from '../../ports/clock.ts';

const MINUTE_MS = 60_000;

/** A brake for lines that strangers can provoke: nobody fills the disk with them. */
export class OnceAMinute {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #times = 0;
  #lastAt = -Infinity;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** It came about once more. How often since it was told last, where it is to be told now; otherwise nothing. */
  timesToTell(): number | undefined {
    this.#times += 1;
    const now = this.#clock.monotonic();
    if (now - this.#lastAt < MINUTE_MS) return undefined;
    const times = this.#times;
    this.#times = 0;
    this.#lastAt = now;
    return times;
  }
}
