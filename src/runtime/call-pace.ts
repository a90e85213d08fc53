import type { Extension } from '../domain/identity.ts';
import { lastMinute, msUntilNext, type RecentCalls } from '../domain/made-call/call-pace.ts';
import type { Clock } from '../ports/clock.ts';

/** How many calls each extension has asked for in the last minute. */
export class CallPace {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #recent = new Map<Extension, RecentCalls>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  add(extension: Extension): void {
    const now = this.#clock.monotonic();
    this.#recent.set(extension, [...lastMinute(this.#recent.get(extension) ?? [], now), now]);
  }

  /** How long until the extension may ask for one more: 0 where it may now. */
  msUntilNext(extension: Extension, perMinute: number): number {
    return msUntilNext(this.#recent.get(extension) ?? [], perMinute, this.#clock.monotonic());
  }
}
