import { activeCallRooms } from './active-call-link.ts';
import { AmiPbx } from './adapters/asterisk/ami-pbx.ts';
import { MovideskClient } from './adapters/movidesk/client.ts';
import { callRecords } from './adapters/sqlite/call-records.ts';
import { openStore } from './adapters/sqlite/open-store.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import { systemRandom } from './adapters/system/system-random.ts';
import { bridgeSettings } from './bridge-settings.ts';
import { ccaiLink } from './ccai-link.ts';
import type { Config } from './config/config.ts';
import { highestAllowed, lowestAllowed } from './domain/budget/allowance.ts';
import { httpRooms } from './http-rooms.ts';
import { watchPlace } from './metrics-link.ts';
import { forgedLinks } from './observe/http/forged-links.ts';
import { HttpServer } from './observe/http/http-server.ts';
import { Metrics } from './observe/metrics.ts';
import type { HelpDesk } from './ports/help-desk.ts';
import type { Log } from './ports/log.ts';
import { down, type Readiness } from './ports/readiness.ts';
import { recordingSearchOf, recordingsRooms } from './recordings-link.ts';
import { Daemon } from './runtime/daemon.ts';
import type { Watched } from './runtime/service-watch.ts';
import { udeskLink } from './udesk-link.ts';

/** All that runs: the daemon, and what it serves over HTTP. */
export interface App {
  /** Where HTTP is served. */
  readonly url: string;
  readonly daemon: Watched;
  /** Resolves when all is stopped and kept; rejects when the loop broke. */
  untilStopped(stop: AbortSignal): Promise<void>;
}

const STARTING: Readiness = { daemon: down('it is starting') };

/**
 * The composition root. Rejects where the store cannot be opened, or HTTP cannot be served: no caller must be taken in
 * by a daemon of which nobody could see how it is. Everything else is tried for ever. `version`: to be shown.
 */
export async function startDaemon(config: Config, log: Log, { version = '' } = {}): Promise<App> {
  await using unfinished = new AsyncDisposableStack();
  const store = await openStore(config.store.path, { clock: systemClock, log });
  unfinished.defer(() => store.close());
  const metrics = new Metrics(config.queues.map(({ name }) => name));
  const { asterisk, udesk, ccai } = config;
  const toUdesk = udesk === undefined ? undefined : udeskLink(udesk, { pbxName: asterisk.name, store, log });
  const toCcai = ccai === undefined ? undefined : ccaiLink(ccai, { store, log });
  const links = [toUdesk, toCcai].filter((link) => link !== undefined);
  let daemon: Daemon | undefined;
  const readiness = () => daemon?.readiness ?? STARTING;
  const pbx = pbxOf(config, log);
  watchPlace(metrics, { readiness, pbx, storePath: config.store.path });
  const tellForged = forgedLinks({ clock: systemClock, log });
  const rooms = [
    ...httpRooms({ config, version, metrics, readiness, status: () => daemon?.status, log }),
    // They know who may ask by signature or token, and do not want ours.
    ...links.flatMap((link) => link.rooms),
    ...recordingsRooms(config.recordings, { tellForged, log }),
    ...activeCallRooms(config, { pbx, daemon: () => daemon, log }),
  ];
  const { host, port } = config.http;
  const http = unfinished.use(
    await HttpServer.start({ place: { host, port }, rooms, tellForged, clock: systemClock, log }),
  );
  logBudget(config, log);
  const started = await Daemon.start({
    settings: bridgeSettings(config, toCcai?.callBacks),
    keepDays: config.store.keepDays,
    pbx,
    helpDesk: movideskOf(config),
    store,
    clock: systemClock,
    random: systemRandom,
    meter: metrics,
    relays: links.map((link) => link.relay),
    records: callRecords(config.store.path),
    search: recordingSearchOf(config.recordings, log),
    log,
  });
  daemon = started;
  // From here on all goes at the daemon's end.
  unfinished.move();
  return { url: http.url, daemon: started, untilStopped: (stop) => untilBothStopped(started, http, stop) };
}

/** HTTP goes last: how the stop gets on can be watched. */
async function untilBothStopped(daemon: Daemon, http: HttpServer, stop: AbortSignal): Promise<void> {
  try {
    await daemon.untilStopped(stop);
  } finally {
    await http.close();
  }
}

function movideskOf({ movidesk }: Config): HelpDesk {
  const { baseUrl, token, dateFormat, timeoutMs } = movidesk;
  return new MovideskClient({ baseUrl, token: token.reveal(), dateFormat, timeoutMs, now: systemClock.now });
}

function pbxOf(config: Config, log: Log): AmiPbx {
  const { asterisk, queues, dialplan } = config;
  const { device, dndDeviceState = '', hintContext = '' } = config.agents;
  const agents = { device, dndDeviceState, hintContext };
  return new AmiPbx({
    asterisk,
    queues,
    agents,
    dialplan,
    linkedCallVariable: config.udesk?.callIdVariable,
    clock: systemClock,
    random: systemRandom,
    log,
  });
}

/** One answered call costs three requests (received, transfered, completed), if not one poll is wasted. */
function logBudget({ movidesk: { requestsPerMinute } }: Config, log: Log): void {
  const least = lowestAllowed(requestsPerMinute);
  const most = highestAllowed(requestsPerMinute);
  const callsPerMinute = Math.round((most / 3) * 10) / 10;
  const inOtherHours = least === most ? {} : { leastRequestsPerMinute: least };
  log.info(
    { requestsPerMinute: most, callsPerMinute, ...inOtherHours },
    'the budget carries at most this many answered calls a minute',
  );
}
