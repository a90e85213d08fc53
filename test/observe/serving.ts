import type { TellForged } from '../../src/observe/http/forged-links.ts';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import { HttpServer } from '../../src/observe/http/http-server.ts';
import { HTTP_LIMITS, type HttpLimits } from '../../src/observe/http/limited-server.ts';
import type { Room } from '../../src/observe/http/room.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';

export interface Wish {
  readonly rooms?: readonly Room[];
  readonly tellForged?: TellForged;
  readonly limits?: Partial<HttpLimits>;
  readonly host?: string;
  readonly port?: number;
}

/** A server on a free port of this machine, its log, and the clock of its deadline. */
export async function serving({
  rooms = [healthRoom],
  tellForged = () => {},
  limits = {},
  host = '127.0.0.1',
  port = 0,
}: Wish = {}) {
  const log = new MemoryLog();
  const clock = new ManualClock();
  const all = { ...HTTP_LIMITS, ...limits };
  const place = { host, port };
  const server = await HttpServer.start({ place, rooms, tellForged, clock, log, limits: all });
  return { server, log, clock, url: server.url, [Symbol.asyncDispose]: () => endNow(server, clock) };
}

/** Whoever is still connected when a test is over, or has failed, is not waited for. */
async function endNow(server: HttpServer, clock: ManualClock): Promise<void> {
  const closed = server.close();
  await clock.pass(60_000);
  await closed;
}
