import type { Clock } from '../../ports/clock.ts';

// Some hundred bytes each. Before one falls out that is still true, as many others must have been said since; then it is
// said once more.
const MOST_REMEMBERED = 5_000;
// Whoever reads a day's log at a time finds in it what is still so.
const SAID_ANEW_AFTER_MS = 86_400_000;

/** What the log has said of lines: that which is so at every attempt is said once a day. */
export class SaidBefore {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** The oldest first. */
  readonly #said = new Map<string, { readonly line: string; readonly at: number }>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Whether it is to be said now. */
  isNews(line: string, what: string): boolean {
    const name = `${line}\n${what}`;
    const at = this.#clock.monotonic();
    const before = this.#said.get(name);
    if (before !== undefined && at - before.at < SAID_ANEW_AFTER_MS) return false;
    this.#said.delete(name);
    this.#said.set(name, { line, at });
    const [oldest] = this.#said.keys();
    if (this.#said.size > MOST_REMEMBERED && oldest !== undefined) this.#said.delete(oldest);
    return true;
  }

  /** It is news when it is so again. Whether it was said. */
  isOver(line: string, what: string): boolean {
    return this.#said.delete(`${line}\n${what}`);
  }

  forget(line: string): void {
    for (const [name, said] of this.#said) if (said.line === line) this.#said.delete(name);
  }
}
