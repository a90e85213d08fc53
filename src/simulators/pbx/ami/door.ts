import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** What a session needs of its connection; a TCP socket has it. */
export interface AmiSocket {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableLength: number;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'error' | 'close', listener: () => void): unknown;
  setNoDelay(noDelay: boolean): unknown;
  write(text: string): unknown;
  pause(): unknown;
  /** After everything was written. */
  destroySoon(): void;
  destroy(): unknown;
}

/** Where connections come in. It closes and opens again when the PBX restarts. */
export interface Door {
  readonly port: number;
  open(port: number, onConnection: (socket: AmiSocket) => void): Promise<void>;
  /** Lets nobody in any more; resolves when everybody has gone. */
  close(endAll: () => void): Promise<void>;
}

/** The manager port on an address of this machine. */
export class TcpDoor implements Door {
  private readonly host: string;
  private server: Server | undefined;
  private openPort = 0;

  constructor(host: string) {
    this.host = host;
  }

  get port(): number {
    return this.openPort;
  }

  async open(port: number, onConnection: (socket: AmiSocket) => void): Promise<void> {
    const server = createServer(onConnection);
    this.server = server;
    server.listen(port, this.host);
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') this.openPort = address.port;
  }

  async close(endAll: () => void): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    endAll();
    await closed;
  }
}
