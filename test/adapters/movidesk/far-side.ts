import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';

export interface FarSide extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** A web server of the test's own making. */
export function aWebServer(listener: RequestListener): Promise<FarSide> {
  return listening(createServer(listener));
}

/** A web server that answers every request alike, and keeps what it was asked. */
export async function answering(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<FarSide & { readonly requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = await aWebServer((request, response) => {
    requests.push(request);
    response.writeHead(status, headers).end(body);
  });
  return Object.assign(server, { requests });
}

/** Something that accepts connections and does with them what the test says. */
export function aTcpServer(listener: (socket: Socket) => void): Promise<FarSide> {
  return listening(createTcpServer(listener));
}

async function listening(server: Server): Promise<FarSide> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/public/v1`,
    port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A port on which nobody listens. */
export async function aClosedPort(): Promise<number> {
  const server = await aTcpServer(() => {});
  await server[Symbol.asyncDispose]();
  return server.port;
}
