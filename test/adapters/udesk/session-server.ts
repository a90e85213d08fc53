import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Credentials } from '../../certificates/authority.ts';

export type Message = Readonly<Record<string, unknown>>;
/** What is put on top of a reply; nothing where there is to be none. */
export type Answerer = (message: Message) => Message | undefined;

/** One connection as the server saw it. */
export interface Visit {
  readonly query: Readonly<Record<string, string>>;
  readonly webSocket: WebSocket;
  readonly messages: Message[];
}

export const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 10_000, interval: 2 });

/** Udesk's side of agent sessions, as a test wants it: every request succeeds where nothing else is said. */
export class SessionServer {
  readonly visits: Visit[] = [];
  readonly #server;
  readonly #webSockets = new WebSocketServer({ noServer: true });
  readonly #answerers = new Map<string, Answerer>();
  /** How an upgrade is answered, where not with a WebSocket. */
  refusal: string | undefined;

  constructor(credentials?: Credentials) {
    this.#server = credentials === undefined ? createServer() : createTlsServer({ ...credentials });
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => {});
      if (this.refusal === 'nothing') return;
      if (this.refusal !== undefined) socket.end(`HTTP/1.1 ${this.refusal}\r\ncontent-length: 0\r\n\r\n`);
      else this.#webSockets.handleUpgrade(request, socket, head, (it) => this.#onVisit(it, request));
    });
  }

  static async listen(credentials?: Credentials): Promise<SessionServer> {
    const server = new SessionServer(credentials);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get visit(): Visit {
    const visit = this.visits.at(-1);
    if (visit === undefined) throw new Error('nobody has connected');
    return visit;
  }

  /** Messages of the latest connection. */
  of(method: string): readonly Message[] {
    return this.visit.messages.filter((message) => message['Method'] === method);
  }

  answer(method: string, answerer: Answerer): void {
    this.#answerers.set(method, answerer);
  }

  send(message: Message): void {
    this.sendRaw(JSON.stringify(message));
  }

  sendRaw(data: string | Buffer): void {
    this.visit.webSocket.send(data);
  }

  /** An event with the standard header. */
  sendEvent(method: string, properties: Message = {}, key = { SeqId: 7, MsgId: 'event-1' }): void {
    this.send({ Ver: '1.0', ...key, MsgType: 'EVT', Timestamp: 1, Method: method, ...properties });
  }

  /** As when the cable is cut, but with word of it. */
  hangUp(): void {
    this.visit.webSocket.terminate();
  }

  async close(): Promise<void> {
    for (const { webSocket } of this.visits) webSocket.terminate();
    this.#server.closeAllConnections();
    this.#webSockets.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #onVisit(webSocket: WebSocket, { url = '' }: IncomingMessage): void {
    const query = Object.fromEntries(new URL(url, 'http://here').searchParams);
    const visit: Visit = { query, webSocket, messages: [] };
    this.visits.push(visit);
    webSocket.on('error', () => {});
    webSocket.on('message', (data) => {
      const message = JSON.parse(String(data));
      visit.messages.push(message);
      if (message.MsgType === 'REQ') this.#reply(webSocket, message);
    });
  }

  #reply(webSocket: WebSocket, message: Message): void {
    const answerer = this.#answerers.get(String(message['Method']));
    const answer = answerer === undefined ? {} : answerer(message);
    if (answer === undefined) return;
    const { SeqId, MsgId } = message;
    const head = { Ver: '1.0', SeqId, MsgId, MsgType: 'REP', Timestamp: 1, ErrCode: '000000', ErrDesc: 'OK' };
    webSocket.send(JSON.stringify({ ...head, ...answer }));
  }
}
