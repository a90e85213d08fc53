import { isIP, type LookupFunction, connect as openTcp, type Socket } from 'node:net';
import { connect as openTls } from 'node:tls';
import { type buildConnector, Client, type Dispatcher, WebSocket } from 'undici';
import type { Clock } from '../../ports/clock.ts';
import { causeOf } from '../kit/failure-of.ts';

export interface AgentSocketOptions {
  /** `ws:` or `wss:`. It carries a signature, so it appears in no reason. */
  readonly url: URL;
  /** Whom a `wss:` server's certificate must come from, as PEM; those that Node trusts where undefined. */
  readonly authorities: readonly string[] | undefined;
  /** Turns the host's name into addresses; the system's own way where undefined. */
  readonly lookup: LookupFunction | undefined;
  readonly clock: Clock;
  /** From the first packet to the upgrade. */
  readonly openDeadlineMs: number;
  readonly onOpen: () => void;
  /** A message: text, or a buffer where it was binary. */
  readonly onMessage: (data: unknown) => void;
  /** Once, at the end, however it ended; nothing comes after it. */
  readonly onClosed: (why: string) => void;
}

// A message longer than this ends the connection (undici says 1009); the session itself listens to far shorter ones.
const MESSAGE_LIMIT_BYTES = 1024 * 1024;
const FRAGMENTS_LIMIT = 1_000;
// What may wait to be written. We write a few hundred bytes at a time, so a far side that reads nothing of a megabyte
// is as good as gone.
const UNSENT_LIMIT_BYTES = 1024 * 1024;
// A far side that does not answer our Close within this is left.
const CLOSE_DEADLINE_MS = 2_000;

/**
 * One WebSocket from its first packet to its last. undici has no way to drop a connection whose far side is gone (its
 * `close` waits for an answer, without end), nor to give up one that is being made. So the TCP socket is of our making,
 * and ours to destroy.
 */
export class AgentSocket {
  readonly #options: AgentSocketOptions;
  readonly #client: Client;
  readonly #webSocket: WebSocket;
  #socket: Socket | undefined;
  #cancelDeadline: () => void;
  #isClosed = false;
  /** What went wrong before the upgrade: undici's own events do not tell. */
  #problem: string | undefined;

  constructor(options: AgentSocketOptions) {
    this.#options = options;
    const { url, clock, openDeadlineMs, onOpen, onMessage } = options;
    this.#client = this.#makeClient(url);
    this.#webSocket = new WebSocket(url, { dispatcher: this.#client.compose(this.#watchStatus) });
    this.#webSocket.binaryType = 'arraybuffer';
    this.#cancelDeadline = clock.after(openDeadlineMs, () =>
      this.destroy(`not connected within ${openDeadlineMs} ms`),
    );
    this.#webSocket.addEventListener('open', () => {
      if (this.#isClosed) return;
      this.#cancelDeadline();
      onOpen();
    });
    this.#webSocket.addEventListener('message', ({ data }) => {
      if (!this.#isClosed) onMessage(data);
    });
    this.#webSocket.addEventListener('close', ({ code }) => this.destroy(this.#problem ?? `closed: ${code}`));
  }

  /** Whether it was handed to the network. Where not, the connection is over. */
  send(text: string): boolean {
    if (this.#isClosed) return false;
    const { readyState, bufferedAmount } = this.#webSocket;
    // The far side has said goodbye, but left the line open.
    if (readyState !== WebSocket.OPEN) this.destroy('closed by the far side');
    else if (bufferedAmount > UNSENT_LIMIT_BYTES) this.destroy('the far side reads nothing');
    else this.#webSocket.send(text);
    return !this.#isClosed;
  }

  /** In order, with a Close that the far side may answer for a while. */
  close(why: string): void {
    if (this.#isClosed) return;
    if (this.#webSocket.readyState !== WebSocket.OPEN) this.destroy(why);
    else {
      this.#problem = why;
      this.#webSocket.close(1000);
      this.#cancelDeadline();
      this.#cancelDeadline = this.#options.clock.after(CLOSE_DEADLINE_MS, () => this.destroy(why));
    }
  }

  /** At once. */
  destroy(why: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelDeadline();
    this.#socket?.destroy();
    void this.#client.destroy();
    this.#options.onClosed(why);
  }

  /** The deadlines are ours, by our clock; undici's own would be timers that nobody hands in. */
  #makeClient(url: URL): Client {
    return new Client(url.origin.replace(/^ws/, 'http'), {
      connect: this.#connect,
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
      allowH2: false,
      webSocket: { maxPayloadSize: MESSAGE_LIMIT_BYTES, maxFragments: FRAGMENTS_LIMIT },
    });
  }

  readonly #connect: buildConnector.connector = ({ protocol, hostname, port }, callback) => {
    const isTls = protocol === 'https:';
    const host = hostname;
    // An address is no server name (RFC 6066 §3); the certificate is then compared with the address.
    const servername = isIP(host) === 0 ? host : '';
    const { authorities, lookup } = this.#options;
    const trust = { servername, ALPNProtocols: ['http/1.1'], ...(authorities && { ca: [...authorities] }) };
    const socket = isTls
      ? openTls({ host, port: Number(port || 443), lookup, ...trust })
      : openTcp({ host, port: Number(port || 80), lookup });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.once(isTls ? 'secureConnect' : 'connect', () => callback(null, socket));
    // It stays, for an error that nobody listens to ends the process.
    socket.on('error', (error) => {
      this.#problem ??= causeOf(error);
      callback(error, null);
    });
  };

  /** An answer other than the upgrade. */
  readonly #watchStatus: Dispatcher.DispatcherComposeInterceptor =
    (dispatch) =>
    (options, handler): boolean =>
      dispatch(options, {
        onRequestStart: (...given) => handler.onRequestStart?.(...given),
        onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
        onResponseStart: (controller, status, ...rest) => {
          if (status >= 200) this.#problem ??= `answered ${status} instead of a WebSocket`;
          return handler.onResponseStart?.(controller, status, ...rest);
        },
        onResponseData: (...given) => handler.onResponseData?.(...given),
        onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
        onResponseError: (...given) => handler.onResponseError?.(...given),
      });
}
