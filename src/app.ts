import { AmiPbx } from './adapters/asterisk/ami-pbx.ts';
import { MovideskClient } from './adapters/movidesk/client.ts';
import { SqliteStore } from './adapters/sqlite/sqlite-store.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import { systemRandom } from './adapters/system/system-random.ts';
import { bridgeSettings } from './bridge-settings.ts';
import type { Config } from './config/config.ts';
import type { HelpDesk } from './ports/help-desk.ts';
import type { Log } from './ports/log.ts';
import type { Pbx } from './ports/pbx.ts';
import type { Store } from './ports/store.ts';
import { Bridge } from './runtime/bridge.ts';
import { Heartbeat } from './runtime/heartbeat.ts';
import { Housekeeping } from './runtime/housekeeping.ts';

// Shorter than systemd's usual TimeoutStopSec of 90 s by far. A request under way is waited for a little longer, up to
// movidesk.timeoutMs: its answer is not heard any more, but the connection is closed in order.
const STOP_DEADLINE_MS = 15_000;

interface AppParts {
  readonly pbx: Pbx;
  readonly helpDesk: HelpDesk;
  readonly store: Store;
  readonly bridge: Bridge;
  readonly heartbeat: Heartbeat;
  readonly housekeeping: Housekeeping;
}

/** The composition root: builds the adapters, hands them to the runtime, and takes all down in reverse order. */
export class App {
  readonly #parts: AppParts;
  readonly #running: Promise<void>;

  /** Throws where the store cannot be opened; everything else is tried for ever. */
  static async start(config: Config, log: Log): Promise<App> {
    const clock = systemClock;
    const random = systemRandom;
    const store = new SqliteStore(config.store.path, clock.now);
    const helpDesk = movideskOf(config);
    const pbx = pbxOf(config, log);
    const settings = bridgeSettings(config);
    const bridge = await Bridge.open({ settings, pbx, helpDesk, store, clock, random, log });
    const heartbeat = new Heartbeat({ clock, pbx, canServe: () => bridge.canServe });
    const housekeeping = new Housekeeping({ store, clock, log, keepDays: config.store.keepDays });
    logBudget(config, log);
    await housekeeping.start();
    const app = new App({ pbx, helpDesk, store, bridge, heartbeat, housekeeping });
    pbx.start((event) => {
      if (event.kind === 'linked') heartbeat.renew();
      bridge.hear(event);
    });
    heartbeat.start();
    return app;
  }

  private constructor(parts: AppParts) {
    this.#parts = parts;
    this.#running = parts.bridge.run();
  }

  /** Resolves when all is stopped and kept; rejects when the loop broke. */
  async untilStopped(stop: AbortSignal): Promise<void> {
    try {
      await Promise.race([this.#running, aborted(stop)]);
      this.#parts.heartbeat.stop();
      await this.#parts.bridge.stop(STOP_DEADLINE_MS);
      await this.#running;
    } finally {
      this.#parts.heartbeat.stop();
      this.#parts.housekeeping.stop();
      this.#parts.bridge.abandon();
      await this.#parts.pbx.close();
      await this.#parts.helpDesk.close();
      await this.#parts.store.close();
    }
  }
}

function movideskOf({ movidesk }: Config): HelpDesk {
  const { baseUrl, token, dateFormat, timeoutMs } = movidesk;
  return new MovideskClient({ baseUrl, token: token.reveal(), dateFormat, timeoutMs, now: systemClock.now });
}

function pbxOf(config: Config, log: Log): Pbx {
  const { asterisk, queues, dialplan } = config;
  const { device, dndDeviceState = '', hintContext = '' } = config.agents;
  const agents = { device, dndDeviceState, hintContext };
  return new AmiPbx({ asterisk, queues, agents, dialplan, clock: systemClock, random: systemRandom, log });
}

/** One answered call costs three requests (received, transfered, completed), if not one poll is wasted. */
function logBudget({ movidesk: { requestsPerMinute } }: Config, log: Log): void {
  const callsPerMinute = Math.round((requestsPerMinute / 3) * 10) / 10;
  log.info(
    { requestsPerMinute, callsPerMinute },
    'the budget carries at most this many answered calls a minute',
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
