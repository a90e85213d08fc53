import { createServer, type RequestListener, type Server } from 'node:http';

export interface HttpLimits {
  /** A request's head, and the whole of it, must have come by then. */
  readonly headMs: number;
  readonly requestMs: number;
  /** Nothing sent or taken for this long within a request. */
  readonly silenceMs: number;
  /** Nothing asked for this long between two requests. */
  readonly idleMs: number;
  /** How often head and request are looked after. */
  readonly lookMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  // What is sent to us is a few hundred bytes; a phone's connection takes a second for it.
  headMs: 5_000,
  requestMs: 10_000,
  silenceMs: 30_000,
  // Longer than the minute after which Prometheus comes back by default, so that it need not connect each time.
  idleMs: 75_000,
  lookMs: 1_000,
};

// Node's own default, and that of most servers: a browser with many cookies stays well below it.
const HEAD_BYTES = 16 * 1_024;
// Prometheus, a health check, a proxy, and a status page in some browsers, each of which opens six at most.
const MOST_CONNECTIONS = 100;

/** A server on which whoever is slow, silent, or many finds an end: it must not cost the callers anything. */
export function limitedServer(listener: RequestListener, limits: HttpLimits): Server {
  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES,
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: limits.lookMs,
    },
    listener,
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = limits.silenceMs;
  return server;
}
