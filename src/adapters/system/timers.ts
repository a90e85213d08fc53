interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** Timers of a clock that somebody moves: in the order in which they are due, ties in that of their making. */
export class Timers {
  #timers: readonly Timer[] = [];

  get size(): number {
    return this.#timers.length;
  }

  /** Answers how to take it back. */
  add(dueAt: number, callback: () => void): () => void {
    const timer = { dueAt, callback };
    const index = this.#timers.findIndex((other) => other.dueAt > dueAt);
    this.#timers = this.#timers.toSpliced(index === -1 ? this.#timers.length : index, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Takes out the first that is due by then. */
  takeDue(by: number): Timer | undefined {
    const [next, ...later] = this.#timers;
    if (next === undefined || next.dueAt > by) return undefined;
    this.#timers = later;
    return next;
  }
}
