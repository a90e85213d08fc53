import type { Instant } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Status } from '../../ports/status.ts';
import { toldAsJson } from './status-json.ts';

export interface StatusFeedParts {
  readonly read: () => Status;
  readonly about: About;
  /** A caller's number as it may be shown. */
  readonly shown: (number: string) => string;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** What does not change while the process lives. */
export interface About {
  readonly version: string;
  /** The name of the PBX. */
  readonly pbx: string;
  readonly startedAt: Instant;
}

/** The status as text. */
export interface ToldStatus {
  readonly json: string;
  /** Rises when anything but the time has changed. */
  readonly version: number;
}

// A person sees no sooner what changed, and however many of them look, it costs the callers no more.
const FRESH_MS = 1_000;
const SECOND_MS = 1_000;

/** The status for however many watch: built when somebody asks, and at most once a second. */
export class StatusFeed {
  readonly #parts: StatusFeedParts;
  #builtAt = -Infinity;
  #body = '';
  #told: ToldStatus = { json: '', version: 0 };

  constructor(parts: StatusFeedParts) {
    this.#parts = parts;
  }

  get now(): ToldStatus {
    const now = this.#parts.clock.monotonic();
    if (now - this.#builtAt >= FRESH_MS) {
      this.#told = this.#build();
      this.#builtAt = now;
    }
    return this.#told;
  }

  #build(): ToldStatus {
    const { read, about, shown } = this.#parts;
    const { at, ...rest } = read();
    const body = toldAsJson({ ...about, ...rest }, shown);
    const version = this.#told.version + (body === this.#body ? 0 : 1);
    this.#body = body;
    const uptimeSeconds = Math.max(0, Math.floor((at - about.startedAt) / SECOND_MS));
    const head = toldAsJson({ at, uptimeSeconds }, shown);
    return { json: `${head.slice(0, -1)},${body.slice(1)}`, version };
  }
}
