import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

interface Parts {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Pick<Log, 'warn'>;
}

interface Said {
  readonly at: number;
  /** Refused since, and not said. */
  readonly others: number;
}

// An operator needs the first line at once, and to see that it goes on.
const SAID_EVERY_MS = 60_000;

/**
 * Says what was refused. Whoever reaches the daemon can be refused as often as they like, without any secret, so there is
 * one line a minute for each reason. How many went unsaid stands in the next one, however late that is.
 */
export class Refusals {
  readonly #parts: Parts;
  /** By what was asked for and why it was refused: words of ours both, so there are few. */
  readonly #said = new Map<string, Said>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  say(what: string, why: string): void {
    const reason = `${what} ${why}`;
    const at = this.#parts.clock.monotonic();
    const before = this.#said.get(reason);
    if (before !== undefined && at - before.at < SAID_EVERY_MS) {
      this.#said.set(reason, { at: before.at, others: before.others + 1 });
      return;
    }
    this.#said.set(reason, { at, others: 0 });
    const others = before === undefined || before.others === 0 ? {} : { othersSince: before.others };
    this.#parts.log.warn({ what, why, ...others }, 'a request was refused that is not signed by Udesk');
  }
}
