export type Cancel = () => void;

/** Time as the simulator sees it. A test hands in a fast one; the demo lives in real time. */
export interface SimulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
  after(delayMs: number, action: () => void): Cancel;
}

/** Real time, run `speed` times as fast. The only place of the simulator that touches the machine's clock. */
export function wallClock(speed = 1): SimulatorClock {
  const startedAt = Date.now();
  const origin = performance.now();
  return {
    now: () => startedAt + (performance.now() - origin) * speed,
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs / speed);
      return () => clearTimeout(timer);
    },
  };
}

/** A clock whose pending timers can all be dropped at once: what a killed process does. */
export class TimerGroup implements SimulatorClock {
  private readonly clock: SimulatorClock;
  private readonly pending = new Set<Cancel>();

  constructor(clock: SimulatorClock) {
    this.clock = clock;
  }

  now(): number {
    return this.clock.now();
  }

  after(delayMs: number, action: () => void): Cancel {
    const stop = this.clock.after(delayMs, () => {
      this.pending.delete(cancel);
      action();
    });
    const cancel = (): void => {
      this.pending.delete(cancel);
      stop();
    };
    this.pending.add(cancel);
    return cancel;
  }

  cancelAll(): void {
    for (const cancel of [...this.pending]) cancel();
  }
}
