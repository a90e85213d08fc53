/** What came in and what was not believed, by reason. For the metrics. */
export class WireCounters {
  readonly #malformed = new Map<string, number>();
  #events = 0;
  #malformedCount = 0;

  get eventCount(): number {
    return this.#events;
  }

  get malformedCount(): number {
    return this.#malformedCount;
  }

  get malformedByReason(): ReadonlyMap<string, number> {
    return this.#malformed;
  }

  countEvents(count: number): void {
    this.#events += count;
  }

  /** Whether this one deserves a line in the log: the first, the tenth, the hundredth … of its reason. */
  countMalformed(why: string, count: number): boolean {
    const before = this.#malformed.get(why) ?? 0;
    this.#malformed.set(why, before + count);
    this.#malformedCount += count;
    return Math.floor(Math.log10(before + count)) > Math.floor(Math.log10(before));
  }
}
