import { type FastifyInstance, fastify } from 'fastify';
import { invariant } from '../../domain/invariant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { TellForged } from './forged-links.ts';
import { frameworkLog } from './framework-log.ts';
import { HTTP_LIMITS, type HttpLimits, limitedServer } from './limited-server.ts';
import { authorityOf, ListenFault, type Place } from './listen-fault.ts';
import { refuseBadAddresses, refuseUnknownPaths, refusingOtherMethods, tellFaults } from './refusals.ts';
import type { Room } from './room.ts';

export interface HttpParts {
  readonly place: Place;
  readonly rooms: readonly Room[];
  readonly tellForged: TellForged;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  readonly limits?: HttpLimits;
}

// Nobody who is asking is worth a later start: a scrape is answered in milliseconds.
const CLOSE_DEADLINE_MS = 1_000;
// Nothing that is served takes a body yet; a room that does says so where it adds its route.
const BODY_BYTES = 16 * 1_024;
// The longest name that a file may have on Linux (NAME_MAX): no part of a path of ours is longer.
const PARAMETER_CHARACTERS = 255;

/** What the daemon serves over HTTP: health, metrics, the status page, and whatever else has a room. */
export class HttpServer implements AsyncDisposable {
  readonly url: string;
  readonly #server: FastifyInstance;
  readonly #clock: Pick<Clock, 'after'>;
  #closed: Promise<void> | undefined;

  /** Resolves when it listens; rejects with a `ListenFault` where it cannot. */
  static async start(parts: HttpParts): Promise<HttpServer> {
    const { place, clock, log } = parts;
    const server = furnished(parts);
    // A room that cannot be furnished is our own mistake, and no matter of host or port.
    await server.ready();
    try {
      await server.listen({ ...place });
    } catch (error) {
      await server.close();
      throw new ListenFault(place, error);
    }
    const started = new HttpServer(server, place.host, clock);
    log.info({ url: started.url }, 'status page, health and metrics are served');
    return started;
  }

  private constructor(server: FastifyInstance, host: string, clock: Pick<Clock, 'after'>) {
    this.#server = server;
    this.#clock = clock;
    this.url = `http://${authorityOf({ host, port: portOf(server) })}`;
  }

  /** Requests under way are answered first, if that is soon; nobody's open connection is waited for. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const cancel = this.#clock.after(CLOSE_DEADLINE_MS, () => this.#server.server.closeAllConnections());
    try {
      await this.#server.close();
    } finally {
      cancel();
    }
  }
}

/** The one that the system chose, where the configuration left it open. */
function portOf({ server }: FastifyInstance): number {
  const address = server.address();
  invariant(typeof address === 'object' && address !== null, 'a server that listens on a port has one');
  return address.port;
}

function furnished({ rooms, tellForged, log, limits = HTTP_LIMITS }: HttpParts): FastifyInstance {
  const server = fastify({
    serverFactory: (listener) => limitedServer(listener, limits),
    loggerInstance: frameworkLog(log),
    bodyLimit: BODY_BYTES,
    frameworkErrors: refuseBadAddresses(tellForged),
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
    // Only where we are given a server of our own, as here, does fastify close those who ask nothing.
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  tellFaults(server, log);
  refuseUnknownPaths(server);
  const otherMethods = refusingOtherMethods(server);
  // Fastify hears of a mistake in a room only from one that is asynchronous.
  for (const room of [...rooms, otherMethods]) server.register(async (own) => room(own));
  // What is told is of now, and is what it says it is.
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });
  return server;
}
