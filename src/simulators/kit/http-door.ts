import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SimulatorClock } from './clock.ts';

export interface Arrival {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the answer is held back. */
  readonly delayMs: number;
  /** Whether it ends in the middle of its body. */
  readonly isCut?: boolean;
}

/** A reply, or how it stays away: the connection is open and silent, or reset. */
export type Reaction = Reply | 'hang' | 'reset';

export interface DoorParts {
  readonly clock: SimulatorClock;
  readonly receive: (arrival: Arrival) => Reaction;
  /** Where nothing is said, whoever wants to upgrade is cut off. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** The server on 127.0.0.1, which can go down and come up again at the same port. */
export class HttpDoor {
  readonly #parts: DoorParts;
  /** All of them, for those that became WebSockets are no longer the HTTP server's to close. */
  readonly #sockets = new Set<Duplex>();
  #server: Server | undefined;
  #port = 0;

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  get port(): number {
    return this.#port;
  }

  async open(port = this.#port): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((request, response) => void this.#serve(request, response));
    server.on('connection', (socket) => this.#keep(socket));
    server.on('upgrade', (request, socket, head) => {
      if (this.#parts.upgrade === undefined) socket.destroy();
      else this.#parts.upgrade(request, socket, head);
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
    await promise;
    const address = server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#server = server;
  }

  /** Whatever is open is cut off, hanging requests and WebSockets too, else nobody could stop. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    for (const socket of this.#sockets) socket.destroy();
    await promise;
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    // A client that broke off before its request was whole has said nothing.
    if (body === undefined) return;
    const { method = '', url: target = '', headers } = request;
    this.#answer(request, response, this.#parts.receive({ method, target, headers, body }));
  }

  #answer(request: IncomingMessage, response: ServerResponse, reaction: Reaction): void {
    if (reaction === 'hang') return;
    if (reaction === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const end = () => send(request, response, reaction);
    if (reaction.delayMs === 0) end();
    else this.#parts.clock.after(reaction.delayMs, end);
  }
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const { status, headers, body, isCut = false } = reply;
  if (!isCut) {
    response.writeHead(status, headers).end(body);
    return;
  }
  // Half of what is announced; where there is nothing to halve, a blank of two.
  const announced = { ...headers, 'content-length': Math.max(2, Buffer.byteLength(body)) };
  const half = body.slice(0, Math.ceil(body.length / 2));
  response.writeHead(status, announced).write(half || ' ', () => request.socket.destroy());
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch {
    return undefined;
  }
}
