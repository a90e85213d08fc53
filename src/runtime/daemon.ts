import type { CallRecords } from '../ports/call-records.ts';
import type { Readiness } from '../ports/readiness.ts';
import type { RecordingSearch } from '../ports/recording-search.ts';
import type { Status } from '../ports/status.ts';
import { Bridge, type BridgeParts } from './bridge.ts';
import { Heartbeat } from './heartbeat.ts';
import { Housekeeping } from './housekeeping.ts';
import { LinkRepairs } from './link-repairs.ts';
import type { CallOrder } from './made-call-input.ts';
import { within } from './within.ts';

export interface DaemonParts extends BridgeParts {
  /** Where recordings lie is looked for after their calls; without it, or without records, nobody looks. */
  readonly search?: RecordingSearch | undefined;
  readonly records?: CallRecords;
  /** Ended calls are forgotten after this many days. */
  readonly keepDays: number;
}

// Shorter than systemd's usual TimeoutStopSec of 90 s by far. A request under way is waited for a little longer, up to
// movidesk.timeoutMs: its answer is not heard any more, but the connection is closed in order.
const STOP_DEADLINE_MS = 15_000;

// For saying goodbye to a far side that answers. One that does not keeps nobody.
const RELAYS_CLOSE_WITHIN_MS = 2_000;

/** The life of the daemon between its far sides: all its parts started, and taken down in reverse order. */
export class Daemon {
  readonly #parts: DaemonParts;
  readonly #bridge: Bridge;
  readonly #heartbeat: Heartbeat;
  readonly #housekeeping: Housekeeping;
  readonly #linkRepairs: LinkRepairs | undefined;
  readonly #running: Promise<void>;

  /** Rejects where the store cannot be read; everything else is tried for ever. */
  static async start(parts: DaemonParts): Promise<Daemon> {
    const bridge = await Bridge.open(parts);
    const housekeeping = new Housekeeping(parts);
    await housekeeping.start();
    return new Daemon(parts, bridge, housekeeping);
  }

  private constructor(parts: DaemonParts, bridge: Bridge, housekeeping: Housekeeping) {
    this.#parts = parts;
    this.#bridge = bridge;
    this.#housekeeping = housekeeping;
    const { records, search } = parts;
    this.#linkRepairs =
      records && search && new LinkRepairs({ ...parts, records, search, push: bridge.hearOfRecordings });
    this.#running = bridge.run();
    this.#heartbeat = new Heartbeat({ ...parts, canServe: () => bridge.canServe });
    parts.pbx.start((event) => {
      if (event.kind === 'linked') this.#heartbeat.renew();
      bridge.hear(event);
    });
    for (const relay of parts.relays ?? []) relay.start(bridge.hearRelay);
    this.#heartbeat.start();
    this.#linkRepairs?.start();
  }

  get readiness(): Readiness {
    return this.#bridge.readiness;
  }

  /** How everything is now, for whoever watches. */
  get status(): Status {
    return this.#bridge.status;
  }

  /** An agent is to call a customer. */
  makeCall(order: CallOrder): void {
    this.#bridge.makeCall(order);
  }

  /** Its loop comes round. */
  get isAlive(): boolean {
    return this.#bridge.isAlive;
  }

  /** Resolves when all is stopped and kept; rejects when the loop broke. */
  async untilStopped(stop: AbortSignal): Promise<void> {
    const { pbx, helpDesk, store } = this.#parts;
    try {
      await Promise.race([this.#running, aborted(stop)]);
      this.#heartbeat.stop();
      await this.#bridge.stop(STOP_DEADLINE_MS);
      await this.#running;
    } finally {
      this.#heartbeat.stop();
      this.#housekeeping.stop();
      this.#linkRepairs?.stop();
      this.#bridge.abandon();
      await pbx.close();
      await Promise.all([helpDesk.close(), this.#closeRelays()]);
      await store.close();
    }
  }

  /**
   * What is under way there is told again after the next start, or kept aside for a person where it must not be done twice:
   * nothing is worth waiting for.
   */
  async #closeRelays(): Promise<void> {
    const { clock, relays = [] } = this.#parts;
    const closed = Promise.allSettled(relays.map((relay) => relay.close()));
    await within(clock, RELAYS_CLOSE_WITHIN_MS, closed);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
