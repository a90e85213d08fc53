import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Exchange } from '../exchange.ts';
import type { Faults } from '../faults.ts';
import { AmiSession } from './session.ts';

export interface AmiServerOptions {
  readonly exchange: Exchange;
  readonly faults: Faults;
  readonly host: string;
  readonly username: string;
  readonly secret: string;
}

/** The manager port. It closes and opens again, on the same number, when the PBX restarts. */
export class AmiServer {
  private readonly options: AmiServerOptions;
  private readonly sessions = new Set<AmiSession>();
  private server: Server | undefined;
  private isBooted = true;
  private openPort = 0;

  constructor(options: AmiServerOptions) {
    this.options = options;
  }

  get port(): number {
    return this.openPort;
  }

  get loggedIn(): number {
    return [...this.sessions].filter((session) => session.isLoggedIn).length;
  }

  async listen(port: number): Promise<void> {
    const server = createServer((socket) => this.accept(socket));
    this.server = server;
    server.listen(port, this.options.host);
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') this.openPort = address.port;
  }

  /** Ends every connection in order, and refuses new ones. */
  async close(): Promise<void> {
    await this.stop((session) => session.finish());
  }

  /** What a killed process leaves: connections cut in the middle. */
  async kill(): Promise<void> {
    await this.stop((session) => session.drop());
  }

  /** Connections accepted from now on log in to a PBX that is still booting. */
  bootBegins(): void {
    this.isBooted = false;
  }

  bootEnds(): void {
    this.isBooted = true;
    for (const session of this.sessions) session.tellFullyBooted();
  }

  dropConnections(): void {
    for (const session of [...this.sessions]) session.drop();
  }

  freezeConnections(): void {
    for (const session of this.sessions) session.freeze();
  }

  /** As it stands, to everybody who is logged in. */
  write(text: string): void {
    for (const session of this.sessions) session.writeInto(text);
  }

  private accept(socket: Socket): void {
    const session = new AmiSession({
      ...this.options,
      socket,
      isBooted: () => this.isBooted,
      onClose: (closed) => {
        this.sessions.delete(closed);
        this.options.exchange.changed();
      },
    });
    this.sessions.add(session);
  }

  private async stop(endSession: (session: AmiSession) => void): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const session of [...this.sessions]) endSession(session);
    await closed;
  }
}
