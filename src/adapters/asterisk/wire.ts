import { connect, type Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import AsteriskManager from 'asterisk-manager';
import { lendSocket } from './lent-socket.ts';
import type { Packet } from './packet.ts';
import { PacketStream } from './packet-stream.ts';
import { type TlsRefusal, tlsRefusalOf } from './tls-refusal.ts';
import { connectTls } from './tls-socket.ts';

/** Where the PBX is, and who we are there. */
export interface WireOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** Where given, AMI is spoken over TLS, and only with a PBX whom it vouches for. */
  readonly trust?: SecureContext | undefined;
}

/** What a wire tells. */
export interface WireEvents {
  /** Connected, over TLS where that is asked for; the login may be sent. */
  readonly onConnect: () => void;
  /** Each packet at once, in the order in which it came. */
  readonly onPacket: (packet: Packet) => void;
  /** Packets that were kept from the parser. */
  readonly onRefused: (why: string, count: number) => void;
  /** Events that nobody reads, and that were not parsed. */
  readonly onSkipped: (count: number) => void;
  /** Somebody is there, but not over TLS as it must be. */
  readonly onDistrusted: (refusal: TlsRefusal) => void;
  /** Once, and nothing comes after it. */
  readonly onClosed: (why: string) => void;
}

/** One attempt's way to the PBX: actions out, packets in. A new one for each attempt. */
export interface Wire {
  login(onAnswer: (refusal?: Packet) => void): void;
  /** Sends one action; its answer comes through `onPacket` like everything else. */
  send(actionId: string, headers: Readonly<Record<string, string>>): void;
  /** Lets the login hear its answer. */
  tellLogin(actionId: string, answer: Packet): void;
  destroy(why: string): void;
}

export type OpenWire = (events: WireEvents) => Wire;

/**
 * One instance of `asterisk-manager` on a socket of ours, with the library's gaps closed:
 * - its dispatcher, which emits events under names that stand in the packets (`close`, `error`, anybody's ActionID), is
 *   taken out, and packets come here instead;
 * - the socket itself tells when it is closed, since the library's `close` can be forged and its errors are lost;
 * - what it would buffer for ever is bounded by the gate;
 * - the calls that print to the console (`keepConnected`, `action` without a connection) are never made.
 */
export class ManagerWire implements Wire {
  readonly #manager: AsteriskManager;
  readonly #socket: Socket;
  readonly #options: WireOptions;
  readonly #events: WireEvents;
  #why = '';
  #closed = false;

  constructor(options: WireOptions, events: WireEvents) {
    this.#options = options;
    this.#events = events;
    this.#manager = new AsteriskManager(undefined, undefined, options.username, options.secret, true);
    this.#manager.removeAllListeners('rawevent');
    this.#manager.on('rawevent', (packet) => {
      if (!this.#closed) events.onPacket(packet);
    });
    const { host, port, trust } = options;
    this.#socket = trust === undefined ? connect({ host, port }) : connectTls(host, port, trust);
    lendSocket(this.#socket, () => this.#manager.connect({}, undefined, () => {}));
    // A TLS socket tells of `connect`, too: long before it is safe to say anything.
    this.#socket.once(trust === undefined ? 'connect' : 'secureConnect', events.onConnect);
    this.#guard();
  }

  login(onAnswer: (refusal?: Packet) => void): void {
    this.#manager.login(onAnswer);
  }

  send(actionId: string, headers: Readonly<Record<string, string>>): void {
    if (this.#closed) return;
    this.#manager.action({ ...headers, actionid: actionId }, () => {});
    // The library would wait for the answer as well, and never give up.
    this.#manager.removeAllListeners(actionId);
  }

  tellLogin(actionId: string, answer: Packet): void {
    const isError = answer['response'] !== 'Success';
    this.#manager.emit(actionId, isError ? answer : undefined, answer);
  }

  destroy(why: string): void {
    if (this.#why === '') this.#why = why;
    // The goodbye goes out if it can, but is not waited for: over TLS, Asterisk logs an error for each link without one.
    this.#socket.end();
    this.#socket.destroy();
    this.#finish();
  }

  #guard(): void {
    const socket = this.#socket;
    const [parse] = socket.listeners('data');
    socket.removeAllListeners('data');
    const { onSkipped, onRefused } = this.#events;
    const stream = new PacketStream({
      parse: (text) => parse?.call(socket, text),
      onSkipped,
      onRefused,
      onEndless: (what) => this.destroy(`the PBX sent an endless ${what}`),
    });
    socket.on('data', (chunk: string) => stream.take(chunk));
    socket.on('error', (error) => this.#onError(error));
    socket.on('close', () => this.#finish());
  }

  #onError(error: Error): void {
    const isDistrusted = this.#socket instanceof TLSSocket && Boolean(this.#socket.authorizationError);
    const refusal = tlsRefusalOf(error, isDistrusted, this.#options);
    this.#why = refusal?.why ?? messageOf(error);
    if (refusal !== undefined) this.#events.onDistrusted(refusal);
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.onClosed(this.#why === '' ? 'the PBX closed the connection' : this.#why);
  }
}

/** A name with several addresses (`localhost`) fails with one error for all of them, which has no words of its own. */
function messageOf(error: Error): string {
  if (error.message !== '') return error.message;
  return 'code' in error ? `connect ${String(error.code)}` : error.name;
}
