import type { Clock } from '../ports/clock.ts';

/** Looks round at a steady pace, for what nobody comes and tells. */
export class Patrol {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #look: () => void;
  #cancel: () => void = () => {};

  constructor(clock: Clock, everyMs: number, look: () => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#look = look;
  }

  start(): void {
    this.#cancel = this.#clock.after(this.#everyMs, () => {
      this.#look();
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }
}
