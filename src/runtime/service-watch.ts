import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Readiness } from '../ports/readiness.ts';
import type { ServiceManager, ServiceNews } from '../ports/service-manager.ts';
import { Patrol } from './patrol.ts';

// What is told is at most this old, and costs nothing while nothing has changed.
const LOOK_MS = 1_000;
// Two signs of life may come late or be lost; systemd's own advice is half of its patience.
const SIGNS_IN_PATIENCE = 3;

/** What of the daemon is watched. */
export interface Watched {
  readonly readiness: Readiness;
  /** Its loop comes round. */
  readonly isAlive: boolean;
}

export interface ServiceWatchParts {
  readonly watched: Watched;
  readonly manager: ServiceManager;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Tells the service manager how the daemon is: ready once the PBX is reconciled (the store was read before), alive while
 * the loop comes round, and in one line what keeps callers from being served. A daemon whose loop is stuck gives no sign
 * of life, though its timers run, and is started anew.
 */
export class ServiceWatch implements AsyncDisposable {
  readonly #parts: ServiceWatchParts;
  readonly #patrol: Patrol;
  #isReady = false;
  #isStopping = false;
  #isStuck = false;
  #status = '';
  #signedAt = -Infinity;

  static start(parts: ServiceWatchParts, stop: AbortSignal): ServiceWatch {
    const watch = new ServiceWatch(parts);
    stop.addEventListener('abort', () => watch.#stops(), { once: true });
    watch.#look();
    watch.#patrol.start();
    return watch;
  }

  private constructor(parts: ServiceWatchParts) {
    this.#parts = parts;
    this.#patrol = new Patrol(parts.clock, LOOK_MS, () => this.#look());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#patrol.stop();
    await this.#parts.manager.settled();
  }

  #look(): void {
    if (this.#parts.watched.readiness['daemon']?.state === 'down') this.#stops();
    const news = { ...this.#readyNews(), ...this.#signOfLife(), ...this.#statusNews() };
    if (Object.keys(news).length > 0) this.#parts.manager.tell(news);
  }

  /**
   * Asked to, or because it cannot go on. Said in both cases: from here on the manager's patience with a stop holds, where
   * signs of life alone would keep a process that never gets to its end.
   */
  #stops(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#parts.manager.tell({ stopping: true });
  }

  /** Said once: what comes after the start is for `status` to tell. */
  #readyNews(): ServiceNews {
    if (this.#isReady || this.#parts.watched.readiness['pbx']?.state !== 'ready') return {};
    this.#isReady = true;
    return { ready: true };
  }

  #signOfLife(): ServiceNews {
    const { watched, manager, clock, log } = this.#parts;
    if (!watched.isAlive) {
      if (!this.#isStuck) log.error({}, 'the loop does not come round: systemd will start the daemon anew');
      this.#isStuck = true;
      return {};
    }
    this.#isStuck = false;
    if (manager.patienceMs === undefined) return {};
    const now = clock.monotonic();
    if (now - this.#signedAt < manager.patienceMs / SIGNS_IN_PATIENCE) return {};
    this.#signedAt = now;
    return { alive: true };
  }

  #statusNews(): ServiceNews {
    const status = statusOf(this.#parts.watched.readiness);
    if (status === this.#status) return {};
    this.#status = status;
    return { status };
  }
}

function statusOf(readiness: Readiness): string {
  const parts = Object.entries(readiness);
  const wrong = parts.filter(([, { state }]) => state !== 'ready');
  const isServing = parts.every(([, { state }]) => state !== 'down');
  const whys = wrong.map(([name, { why }]) => `${name}: ${why ?? 'unknown'}`);
  return [isServing ? 'Serving' : 'Not serving', ...whys].join('; ');
}
