/** What is still to happen in a round; none of it outlives the round. */
export class Timers {
  readonly #pending = new Set<NodeJS.Timeout>();

  after(delayMs: number, happen: () => void): void {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      happen();
    }, delayMs);
    this.#pending.add(timer);
  }

  clear(): void {
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}
