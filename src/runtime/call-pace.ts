import type { Extension } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';

const MINUTE_MS = 60_000;

/** How many calls each extension has asked for in the last minute. */
export class CallPace {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** When they did, ascending. */
  readonly #asked = new Map<Extension, readonly number[]>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  add(extension: Extension): void {
    const now = this.#clock.monotonic();
    const recent = (this.#asked.get(extension) ?? []).filter((at) => now - at < MINUTE_MS);
    this.#asked.set(extension, [...recent, now]);
  }

  /** How long until the extension may ask for one more: 0 where it may now. */
  msUntilNext(extension: Extension, perMinute: number): number {
    const askedAt = this.#asked.get(extension)?.at(-perMinute);
    return askedAt === undefined ? 0 : Math.max(0, askedAt + MINUTE_MS - this.#clock.monotonic());
  }
}
