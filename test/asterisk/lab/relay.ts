import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { waitFor } from './wait-for.ts';

/** One connection through the relay: the one who called, and the one whom the relay called for them. */
interface Pair {
  readonly near: Socket;
  readonly far: Socket | undefined;
  /** What came while the network stood still, in order, and where it is to go. */
  readonly held: { readonly to: Socket; readonly bytes: Buffer }[];
  state: 'open' | 'frozen' | 'forgotten';
}

/** The network between the daemon and a far side, as a test wants it: whole, cut, or dead without a word. */
export class Relay {
  readonly host = '127.0.0.1';
  readonly #target: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  #server: Server;
  #port = 0;
  #isFrozen = false;
  #givenUp = 0;

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = this.#newServer();
  }

  static async to(target: { host: string; port: number }): Promise<Relay> {
    const relay = new Relay(target);
    await relay.#listen();
    return relay;
  }

  get port(): number {
    return this.#port;
  }

  /** Those that pass, and those that only seem to. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** Every connection ends at once, and new ones are refused. */
  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const pair of this.#pairs) this.#end(pair);
    await closed;
  }

  /** Half-open: what is sent is taken and gets nowhere, and nobody is told. New connections fare alike. */
  freeze(): void {
    this.#isFrozen = true;
    this.#givenUp = 0;
    for (const pair of this.#pairs) pair.state = 'frozen';
  }

  /** Until the daemon has given up a connection that was frozen. */
  async givenUp(timeoutMs: number): Promise<void> {
    await waitFor('the daemon to notice that nothing comes', () => this.#givenUp > 0, timeoutMs);
  }

  /** New connections pass again. The far side of a frozen one goes on waiting, as after a lost NAT entry. */
  async mend(): Promise<void> {
    this.#isFrozen = false;
    for (const pair of this.#pairs) pair.state = 'forgotten';
    if (!this.#server.listening) {
      this.#server = this.#newServer();
      await this.#listen();
    }
  }

  /** The network was slow, not dead: all that was held arrives, late and in order. */
  thaw(): void {
    this.#isFrozen = false;
    for (const pair of this.#pairs) {
      pair.state = 'open';
      for (const { to, bytes } of pair.held.splice(0)) to.write(bytes);
    }
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.cut();
    else for (const pair of this.#pairs) this.#end(pair);
  }

  #newServer(): Server {
    return createServer((near) => this.#join(near));
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, this.host);
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #join(near: Socket): void {
    const far = this.#isFrozen ? undefined : connect(this.#target);
    const pair: Pair = { near, far, held: [], state: this.#isFrozen ? 'frozen' : 'open' };
    this.#pairs.add(pair);
    this.#carry(pair, near, far);
    if (far !== undefined) this.#carry(pair, far, near);
    near.on('close', () => {
      if (pair.state === 'open') this.#end(pair);
      else this.#givenUp += 1;
    });
    far?.on('close', () => {
      if (pair.state === 'open') this.#end(pair);
    });
  }

  #carry(pair: Pair, from: Socket, to: Socket | undefined): void {
    // Whoever is reset says so by `close` as well.
    from.on('error', () => undefined);
    from.on('data', (bytes: Buffer) => {
      if (to === undefined || pair.state === 'forgotten') return;
      if (pair.state === 'frozen') pair.held.push({ to, bytes });
      else to.write(bytes);
    });
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.near.destroy();
    pair.far?.destroy();
  }
}
