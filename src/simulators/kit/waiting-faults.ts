/** Faults waiting for their requests, the oldest fitting one first. */
export class WaitingFaults<Target extends string, Fault extends { readonly times?: number }> {
  readonly #waiting: { readonly target: Target | 'any'; readonly fault: Fault; left: number }[] = [];

  add(target: Target | 'any', fault: Fault): void {
    this.#waiting.push({ target, fault, left: fault.times ?? 1 });
  }

  /** Whatever was to fail does not any more. */
  end(): void {
    this.#waiting.length = 0;
  }

  take(target: Target): Fault | undefined {
    const found = this.#waiting.find((waiting) => waiting.target === target || waiting.target === 'any');
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#waiting.splice(this.#waiting.indexOf(found), 1);
    return found.fault;
  }
}
