import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import AsteriskManager from 'asterisk-manager';
import { FrameGate } from './frame-gate.ts';
import type { Packet } from './packet.ts';
import { withoutUnread } from './unread-events.ts';

/** Where the PBX is, and who we are there. */
export interface WireOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly secret: string;
}

/** What a wire tells. */
export interface WireEvents {
  /** Connected; the login may be sent. */
  readonly onConnect: () => void;
  /** Each packet at once, in the order in which it came. */
  readonly onPacket: (packet: Packet) => void;
  /** Packets that were kept from the parser. */
  readonly onRefused: (count: number) => void;
  /** Events that nobody reads, and that were not parsed. */
  readonly onSkipped: (count: number) => void;
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
 * One instance of `asterisk-manager` and its one socket, with the library's gaps closed:
 * - its dispatcher, which emits events under names that stand in the packets (`close`, `error`, anybody's ActionID), is
 *   taken out, and packets come here instead;
 * - the socket itself tells when it is closed, since the library's `close` can be forged and its errors are lost;
 * - what it would buffer for ever is bounded by the gate;
 * - the calls that print to the console (`keepConnected`, `action` without a connection) are never made.
 */
export class ManagerWire implements Wire {
  readonly #manager: AsteriskManager;
  readonly #socket: Socket;
  readonly #gate = new FrameGate();
  readonly #events: WireEvents;
  #why = '';
  #closed = false;

  constructor(options: WireOptions, events: WireEvents) {
    this.#events = events;
    this.#manager = new AsteriskManager(undefined, undefined, options.username, options.secret, true);
    this.#manager.removeAllListeners('rawevent');
    this.#manager.on('rawevent', (packet) => {
      if (!this.#closed) events.onPacket(packet);
    });
    const { host, port } = options;
    this.#socket = socketOf(() => this.#manager.connect({ host, port }, undefined, events.onConnect));
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
    this.#socket.destroy();
    this.#finish();
  }

  #guard(): void {
    const socket = this.#socket;
    const [parse] = socket.listeners('data');
    socket.removeAllListeners('data');
    socket.on('data', (chunk: string) => {
      const passed = this.#gate.pass(chunk);
      if (passed.kind === 'too-long') {
        this.destroy(`the PBX sent an endless ${passed.what}`);
        return;
      }
      if (passed.refused > 0) this.#events.onRefused(passed.refused);
      const { text, skipped } = withoutUnread(passed.text);
      if (skipped > 0) this.#events.onSkipped(skipped);
      if (text !== '') parse?.call(socket, text);
    });
    socket.on('error', (error) => {
      this.#why = error.message;
    });
    socket.on('close', () => this.#finish());
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.onClosed(this.#why === '' ? 'the PBX closed the connection' : this.#why);
  }
}

/**
 * The socket that `connect` opens. The library keeps it to itself, but Node announces each new client socket while it is
 * being made, and only this one is made meanwhile.
 */
function socketOf(connect: () => void): Socket {
  const opened = channel('net.client.socket');
  let socket: Socket | undefined;
  const onSocket = (message: unknown) => {
    socket = (message as { readonly socket: Socket }).socket;
  };
  opened.subscribe(onSocket);
  try {
    connect();
  } finally {
    opened.unsubscribe(onSocket);
  }
  if (socket === undefined) throw new Error('asterisk-manager opened no socket');
  return socket;
}
