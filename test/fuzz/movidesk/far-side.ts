import type { Socket } from 'node:net';
import { aTcpServer, type FarSide } from '../../adapters/movidesk/far-side.ts';
import { type Answer, bytesOf } from './answers.ts';

/** A far side that answers each request with whatever it was told last. */
export class HostileFarSide {
  readonly #server: FarSide;
  #answer: (socket: Socket) => void = (socket) => socket.end();

  static async listen(): Promise<HostileFarSide> {
    const farSide: HostileFarSide = new HostileFarSide(
      await aTcpServer((socket) => {
        let asked = '';
        socket.on('data', (chunk) => {
          asked += chunk;
          if (!asked.includes('\r\n\r\n')) return;
          asked = '';
          farSide.#answer(socket);
        });
      }),
    );
    return farSide;
  }

  private constructor(server: FarSide) {
    this.#server = server;
  }

  get url(): string {
    return this.#server.url;
  }

  says(answer: Answer): void {
    this.#answer = (socket) => {
      const bytes = bytesOf(answer);
      if (answer.afterwards === 'ends') socket.end(bytes);
      else socket.write(bytes, () => answer.afterwards === 'resets' && socket.resetAndDestroy());
    };
  }

  async close(): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}
