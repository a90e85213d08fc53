import type { Clock } from '../ports/clock.ts';

// A call whose end nobody told us of is reported at most this much too late; one question a call and minute is nothing to
// a PBX.
const PATROL_MS = 60_000;

/** Looks round at a steady pace: an event may be lost, refused or filtered away, and no call may stay open for that. */
export class Patrol {
  readonly #clock: Clock;
  readonly #look: () => void;
  #cancel: () => void = () => {};

  constructor(clock: Clock, look: () => void) {
    this.#clock = clock;
    this.#look = look;
  }

  start(): void {
    this.#cancel = this.#clock.after(PATROL_MS, () => {
      this.#look();
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }
}
