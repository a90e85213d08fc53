import type { Exchange } from '../exchange.ts';
import type { Faults } from '../faults.ts';
import type { AmiSocket, Door } from './door.ts';
import { AmiSession } from './session.ts';

export interface AmiServerOptions {
  readonly exchange: Exchange;
  readonly faults: Faults;
  readonly door: Door;
  readonly username: string;
  readonly secret: string;
}

/** Everybody who is connected to the manager port. */
export class AmiServer {
  private readonly options: AmiServerOptions;
  private readonly sessions = new Set<AmiSession>();
  private isBooted = true;

  constructor(options: AmiServerOptions) {
    this.options = options;
  }

  get port(): number {
    return this.options.door.port;
  }

  get loggedIn(): number {
    return [...this.sessions].filter((session) => session.isLoggedIn).length;
  }

  listen(port: number): Promise<void> {
    return this.options.door.open(port, (socket) => this.accept(socket));
  }

  /** Ends every connection in order, and refuses new ones. */
  close(): Promise<void> {
    return this.stop((session) => session.finish());
  }

  /** What a killed process leaves: connections cut in the middle. */
  kill(): Promise<void> {
    return this.stop((session) => session.drop());
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

  private accept(socket: AmiSocket): void {
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

  private stop(endSession: (session: AmiSession) => void): Promise<void> {
    return this.options.door.close(() => {
      for (const session of [...this.sessions]) endSession(session);
    });
  }
}
