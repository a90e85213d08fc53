/** Time as the simulator sees it. */
export interface SimulatorClock {
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** Calls back once, after `delayMs`; the answer cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

/** The machine's time, for a simulator to which no other was given. */
export const machineClock: SimulatorClock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A clock of which all pending timers can be dropped at once. */
export class StoppableClock implements SimulatorClock {
  readonly #clock: SimulatorClock;
  readonly #pending = new Set<() => void>();

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
  }

  readonly now = (): number => this.#clock.now();

  readonly after = (delayMs: number, action: () => void): (() => void) => {
    const cancel = () => {
      this.#pending.delete(cancel);
      stop();
    };
    const stop = this.#clock.after(delayMs, () => {
      this.#pending.delete(cancel);
      action();
    });
    this.#pending.add(cancel);
    return cancel;
  };

  stop(): void {
    for (const cancel of [...this.#pending]) cancel();
  }
}
