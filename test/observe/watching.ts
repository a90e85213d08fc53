import type { Room } from '../../src/observe/http/room.ts';
import { StatusFeed } from '../../src/observe/http/status-feed.ts';
import { statusRoom } from '../../src/observe/http/status-room.ts';
import { Watchers } from '../../src/observe/http/watchers.ts';
import { numbersShown } from '../../src/observe/mask-number.ts';
import type { Status } from '../../src/ports/status.ts';
import { MORNING } from '../domain/builders.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { serving } from './serving.ts';
import { someStatus } from './some-status.ts';

/** The status over HTTP, of a daemon that is as a test says. */
export async function watching({
  shown = numbersShown('masked'),
  rooms = [],
}: {
  shown?: (number: string) => string;
  rooms?: readonly Room[];
} = {}) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const daemon = { changes: {} as Partial<Status>, reads: 0, fault: undefined as Error | undefined };
  const read = () => {
    daemon.reads += 1;
    if (daemon.fault !== undefined) throw daemon.fault;
    return someStatus({ at: clock.now(), ...daemon.changes });
  };
  const about = { version: '1.2.3', pbx: 'pbx1', startedAt: MORNING - 60_000 };
  const feed = new StatusFeed({ read, about, shown, clock });
  const watchers = new Watchers({ feed, clock, log });
  const place = await serving({ rooms: [...rooms, statusRoom({ feed, watchers })] });
  return { ...place, daemon, time: clock, watchersLog: log, serverLog: place.log };
}

/** Somebody who watches `/api/events` and reads all of it. */
export class EventReader implements Disposable {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #ended: Promise<void>;
  text = '';

  static async open(url: string): Promise<EventReader> {
    const abort = new AbortController();
    const response = await fetch(`${url}/api/events`, { signal: abort.signal });
    return new EventReader(response, abort);
  }

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    this.#ended = this.#read();
    // Told by `ended`, where a test asks.
    this.#ended.catch(() => {});
  }

  /** The data of each `status` so far. */
  get statuses(): readonly Record<string, unknown>[] {
    return [...this.text.matchAll(/^event: status\ndata: (.*)$/gm)].map(
      ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
    );
  }

  /** The other side said that this is all. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const piece of this.response.body ?? [])
        this.text += decoder.decode(piece, { stream: true });
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#abort.abort();
  }
}
