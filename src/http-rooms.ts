import { callRecords } from './adapters/sqlite/call-records.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import type { Config, HttpConfig } from './config/config.ts';
import type { Instant } from './domain/identity.ts';
import { callsRoom } from './observe/http/calls-room.ts';
import { guardedRoom } from './observe/http/guarded-room.ts';
import { healthRoom } from './observe/http/health-room.ts';
import { isLoopback } from './observe/http/loopback.ts';
import { loopbackRoom } from './observe/http/loopback-room.ts';
import { metricsRoom } from './observe/http/metrics-room.ts';
import { pageRoom } from './observe/http/page-room.ts';
import { readyRoom } from './observe/http/ready-room.ts';
import type { Room } from './observe/http/room.ts';
import { StatusFeed } from './observe/http/status-feed.ts';
import { statusRoom } from './observe/http/status-room.ts';
import { Watchers } from './observe/http/watchers.ts';
import { numbersShown } from './observe/mask-number.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Log } from './ports/log.ts';
import type { Readiness } from './ports/readiness.ts';
import type { Status } from './ports/status.ts';

export interface HttpRoomsParts {
  readonly config: Config;
  readonly version: string;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness;
  /** Nothing while it starts. */
  readonly status: () => Status | undefined;
  readonly log: Log;
}

/** What people and programs look at, in front of which the token stands where there is one. Health is for everybody. */
export function httpRooms(parts: HttpRoomsParts): readonly Room[] {
  const { config, version, metrics, readiness, status, log } = parts;
  const { http, asterisk, store } = config;
  const clock = systemClock;
  const shown = numbersShown(config.log.phoneNumbers);
  const read = () => status() ?? startingStatus(clock.now(), readiness());
  const about = { version, pbx: asterisk.name, startedAt: clock.now() };
  const feed = new StatusFeed({ read, about, shown, clock });
  const rooms = [
    readyRoom(readiness),
    metricsRoom(metrics),
    statusRoom({ feed, watchers: new Watchers({ feed, clock, log }) }),
    callsRoom({ records: callRecords(store.path), shown }),
    pageRoom,
  ];
  warnOfOpenDoor(http, log);
  return [healthRoom, ...rooms.map((room) => behindDoor(room, http))];
}

/** The token; on the loopback without one, that nobody from elsewhere asks through a browser. */
function behindDoor(room: Room, { host, token }: HttpConfig): Room {
  if (token !== undefined) return guardedRoom(room, token.reveal());
  return isLoopback(host) ? loopbackRoom(room) : room;
}

const startingStatus = (at: Instant, readiness: Readiness): Status => ({
  at,
  state: 'down',
  links: Object.entries(readiness).map(([name, part]) => ({ name, ...part })),
  queues: [],
  talks: [],
  leaving: [],
  agents: [],
  budget: { limit: 0, configured: 0, used: 0, ratio: 0 },
  outbox: [],
  endings: [],
});

function warnOfOpenDoor({ host, token }: HttpConfig, log: Log): void {
  if (token !== undefined || isLoopback(host)) return;
  log.warn(
    {
      host,
      remedy: 'set http.token (http.tokenFile, systemd credential http-token), or http.host to 127.0.0.1',
    },
    'whoever reaches the status page sees who calls: it is not on this machine alone, and asks for no token',
  );
}
