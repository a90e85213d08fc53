import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StatusFeed } from './status-feed.ts';
import { Watcher } from './watcher.ts';

export interface WatchersParts {
  readonly feed: StatusFeed;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

/** Some screens in an office, and a tab somebody forgot on each of their desks. */
export const MOST_WATCHERS = 20;

const LOOK_MS = 1_000;
// Half of the silence after which the server closes a connection (`HTTP_LIMITS`, limited-server.ts).
const ALIVE_MS = 15_000;
// Whoever takes nothing for this long is gone, or will be better off with a new connection.
const STUCK_MS = 20_000;
// A browser that lost us comes back after this long.
const RETRY_MS = 2_000;

/**
 * Everybody who watches live. Each change of the status is sent whole, once a second at most; without any, a sign of life
 * is. Whoever does not take what was sent is passed over, and dropped when that lasts: nothing piles up for them.
 */
export class Watchers {
  readonly #parts: WatchersParts;
  readonly #watchers = new Set<Watcher>();
  #isBroken = false;
  #isClosed = false;
  #cancel: () => void = () => {};

  constructor(parts: WatchersParts) {
    this.#parts = parts;
  }

  get hasRoom(): boolean {
    return !this.#isClosed && this.#watchers.size < MOST_WATCHERS;
  }

  /** One more. `drop` ends their connection, whatever is on its way. */
  add(drop: () => void): Watcher {
    const { feed, clock } = this.#parts;
    const watcher = new Watcher({ drop, now: clock.monotonic() });
    const { json, version } = feed.now;
    watcher.send(`retry: ${RETRY_MS}\n${eventOf(json)}`, version, clock.monotonic());
    if (this.#watchers.size === 0) this.#lookLater();
    this.#watchers.add(watcher);
    watcher.stream.once('close', () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#cancel();
    });
    return watcher;
  }

  /** Nobody watches any more. */
  close(): void {
    this.#isClosed = true;
    this.#cancel();
    for (const watcher of this.#watchers) watcher.end();
  }

  #lookLater(): void {
    this.#cancel = this.#parts.clock.after(LOOK_MS, () => {
      this.#look();
      if (!this.#isClosed && this.#watchers.size > 0) this.#lookLater();
    });
  }

  #look(): void {
    const told = this.#read();
    const now = this.#parts.clock.monotonic();
    for (const watcher of this.#watchers) {
      if (watcher.isBehind) {
        if (now - watcher.sentAt >= STUCK_MS) watcher.drop();
      } else if (told !== undefined && told.version !== watcher.version)
        watcher.send(eventOf(told.json), told.version, now);
      else if (now - watcher.sentAt >= ALIVE_MS) watcher.send(ALIVE, watcher.version, now);
    }
  }

  /** What cannot be shown is a mistake of ours, and must not cost the callers their daemon. */
  #read(): StatusFeed['now'] | undefined {
    try {
      const told = this.#parts.feed.now;
      this.#isBroken = false;
      return told;
    } catch (error) {
      if (!this.#isBroken) this.#parts.log.error({ err: error }, 'the status cannot be told');
      this.#isBroken = true;
      return undefined;
    }
  }
}

// JSON has no line break: one line of data is all of it.
const eventOf = (json: string): string => `event: status\ndata: ${json}\n\n`;

// A proxy needs no more than the comment. The page never sees comments, and hears by the event that we are there.
const ALIVE = ': alive\nevent: alive\ndata:\n\n';
