import type { Clock } from '../ports/clock.ts';
import type { Pbx } from '../ports/pbx.ts';

// The dialplan counts us as gone after 15 s at the entry and 30 s on hold (dialplan contract): three beats may be lost.
const BEAT_MS = 5_000;
// How soon it is seen that we can serve again: every second of it sends callers to the fallback.
const LOOK_MS = 250;

/** Tells the dialplan, while we can serve, that somebody will come for its callers. A planned stop does not take it back. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #pbx: Pbx;
  readonly #canServe: () => boolean;
  #cancel: () => void = () => {};
  #isStopped = false;
  #nextBeatAt = -Infinity;

  constructor(parts: { clock: Clock; pbx: Pbx; canServe: () => boolean }) {
    this.#clock = parts.clock;
    this.#pbx = parts.pbx;
    this.#canServe = parts.canServe;
  }

  start(): void {
    void this.#beat();
  }

  /** Beats again as soon as we can serve: a PBX that was restarted has forgotten the last beat. */
  renew(): void {
    this.#nextBeatAt = -Infinity;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #beat(): Promise<void> {
    const now = this.#clock.monotonic();
    if (now >= this.#nextBeatAt && this.#canServe() && (await this.#pbx.beat()))
      this.#nextBeatAt = now + BEAT_MS;
    if (this.#isStopped) return;
    this.#cancel = this.#clock.after(LOOK_MS, () => void this.#beat());
  }
}
