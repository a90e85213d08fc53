/** When it has its second chance, if ever, by when it had been silent for too long. */
type ChanceAt = (tooLongAt: number) => number | undefined;

/**
 * How long the help desk has given nothing but failures. Silent for longer than `failOpenAfterMs`, callers must not wait
 * for it: those who do are sent to the fallback, and the heartbeat stops.
 *
 * It comes back with the first answer. Where nothing is sent that could bring one, nobody would ever ask again, so it
 * counts as speaking after a while, until the next caller proves it either way. Instants are of one clock that never jumps.
 */
export class HelpDeskSilence {
  readonly #failOpenAfterMs: number;
  #since: number | undefined;

  constructor(failOpenAfterMs: number) {
    this.#failOpenAfterMs = failOpenAfterMs;
  }

  /** It answered. True where that ends a silence that was too long. */
  end(now: number): boolean {
    const wasTooLong = this.isTooLong(now);
    this.#since = undefined;
    return wasTooLong;
  }

  /**
   * A request failed. Being told to wait is not silence yet: callers are not sent away before it was asked once more,
   * unless it wants to be left alone for longer than silence is borne.
   */
  begin(now: number, toldToWaitMs: number): void {
    this.#since ??= now + Math.min(toldToWaitMs, this.#failOpenAfterMs);
  }

  isTooLong(now: number): boolean {
    return this.#since !== undefined && now - this.#since >= this.#failOpenAfterMs;
  }

  /** True where it counts as speaking again. Called when time has passed, and at any other time without harm. */
  giveSecondChance(now: number, chanceAt: ChanceAt): boolean {
    const at = this.changesAt(now, chanceAt);
    if (!this.isTooLong(now) || at === undefined || at > now) return false;
    this.#since = undefined;
    return true;
  }

  /** When it will be too long, or have its second chance, if nothing happens. */
  changesAt(now: number, chanceAt: ChanceAt): number | undefined {
    if (this.#since === undefined) return undefined;
    const tooLongAt = this.#since + this.#failOpenAfterMs;
    return now < tooLongAt ? tooLongAt : chanceAt(tooLongAt);
  }
}
