import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Somebody who speaks HTTP by hand: slowly, by halves, or not at all. */
export class RawClient implements Disposable {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #received = '';

  static async connect(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.on('close', () => resolve()));
    // A connection that is reset is closed, too.
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (text: string) => {
      this.#received += text;
    });
  }

  says(text: string): void {
    this.#socket.write(text);
  }

  /** Takes no more of what is sent. */
  stopsReading(): void {
    this.#socket.pause();
  }

  readsOn(): void {
    this.#socket.resume();
  }

  async hears(text: string): Promise<void> {
    while (!this.#received.includes(text)) await once(this.#socket, 'data');
  }

  /** All that came, once the other side has closed. */
  async sentAway(): Promise<string> {
    await this.#closed;
    return this.#received;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
