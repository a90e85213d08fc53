import { createHash } from 'node:crypto';
import type { Exchange } from '../exchange.ts';
import type { Faults } from '../faults.ts';
import { type AmiEvent, eventText } from '../packet.ts';
import { perform } from './actions.ts';
import type { AmiSocket } from './door.ts';
import { passesFilter } from './event-filter.ts';
import { Reply } from './reply.ts';
import { type AmiRequest, type ReadRequest, RequestReader } from './request-reader.ts';

export interface SessionOptions {
  readonly socket: AmiSocket;
  readonly exchange: Exchange;
  readonly faults: Faults;
  readonly username: string;
  readonly secret: string;
  /** Before it is booted, Asterisk accepts a login and keeps FullyBooted for later. */
  readonly isBooted: () => boolean;
  readonly onClose: (session: AmiSession) => void;
}

// What Asterisk lets a reader fall behind before it throws them out (seen on 22.10).
const MOST_UNREAD_BYTES = 4_000_000;

/** One manager connection, from the greeting to the end. */
export class AmiSession {
  private readonly options: SessionOptions;
  private readonly reader = new RequestReader();
  private isAuthenticated = false;
  private wantsEvents = true;
  private isRefused = false;
  private isFrozen = false;
  private challenge: string | undefined;

  constructor(options: SessionOptions) {
    this.options = options;
    const { socket, exchange, onClose } = options;
    socket.setNoDelay(true);
    const onEvent = (event: AmiEvent): void => this.tell(event);
    exchange.subscribers.add(onEvent);
    const cancelTimeout = exchange.clock.after(exchange.timing.authTimeoutMs, () => {
      if (!this.isAuthenticated) socket.destroy();
    });
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    // A connection that breaks is closed right after; the error itself tells nothing more.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      cancelTimeout();
      exchange.subscribers.delete(onEvent);
      onClose(this);
    });
    this.write('Asterisk Call Manager/11.0.0\r\n');
  }

  get isLoggedIn(): boolean {
    return this.isAuthenticated;
  }

  tellFullyBooted(): void {
    const { exchange } = this.options;
    const uptime = String(Math.floor((exchange.clock.now() - exchange.startedAt) / 1_000));
    this.tell({
      name: 'FullyBooted',
      privilege: 'system,all',
      headers: [
        ['Uptime', uptime],
        ['LastReload', uptime],
        ['Status', 'Fully Booted'],
      ],
    });
  }

  /** Half open: nothing comes, nothing goes, and nobody says so. */
  freeze(): void {
    this.isFrozen = true;
    this.options.socket.pause();
  }

  writeInto(text: string): void {
    if (this.isAuthenticated) this.write(text);
  }

  finish(): void {
    this.options.socket.destroySoon();
  }

  drop(): void {
    this.options.socket.destroy();
  }

  private read(chunk: Buffer): void {
    if (this.isFrozen) return;
    for (const read of this.reader.push(chunk)) this.answer(read);
  }

  private answer({ request, fault }: ReadRequest): void {
    if (this.isRefused) return;
    const { exchange, faults } = this.options;
    const reply = new Reply((text) => this.write(text), request.header('ActionID'));
    const action = request.action.toLowerCase();
    if (fault !== undefined) reply.error(fault);
    else if (action === 'login') this.login(request, reply);
    else if (action === 'challenge') this.sendChallenge(request, reply);
    else if (action === 'logoff') this.logoff(reply);
    else if (!this.isAuthenticated) reply.error('Permission denied');
    else if (faults.takeUnansweredAction()) return;
    else if (action === 'events') this.setEvents(request, reply);
    else perform({ exchange, faults, request, reply });
  }

  private login(request: AmiRequest, reply: Reply): void {
    if (this.isAuthenticated) reply.done('Already authenticated');
    else if (this.isRightSecret(request)) this.accept(request, reply);
    else this.refuse(reply);
  }

  private accept(request: AmiRequest, reply: Reply): void {
    this.isAuthenticated = true;
    this.wantsEvents = request.header('Events').toLowerCase() !== 'off';
    reply.done('Authentication accepted');
    if (this.options.isBooted()) this.tellFullyBooted();
    this.options.exchange.changed();
  }

  private isRightSecret(request: AmiRequest): boolean {
    const { username, secret } = this.options;
    if (request.header('Username') !== username) return false;
    if (request.header('AuthType').toLowerCase() !== 'md5') return request.header('Secret') === secret;
    const { challenge } = this;
    return challenge !== undefined && request.header('Key') === md5(challenge + secret);
  }

  /** Wrong name and wrong secret sound alike, take exactly as long, and end the connection. */
  private refuse(reply: Reply): void {
    const { exchange } = this.options;
    this.isRefused = true;
    exchange.clock.after(exchange.timing.loginFailureMs, () => {
      reply.error('Authentication failed');
      this.finish();
    });
  }

  private sendChallenge(request: AmiRequest, reply: Reply): void {
    if (request.header('AuthType').toLowerCase() !== 'md5') {
      reply.error('Must specify AuthType');
      return;
    }
    this.challenge = String(Math.floor(this.options.exchange.random() * 1_000_000_000));
    reply.success([['Challenge', this.challenge]]);
  }

  private logoff(reply: Reply): void {
    reply.goodbye('Thanks for all the fish.');
    this.finish();
  }

  private setEvents(request: AmiRequest, reply: Reply): void {
    this.wantsEvents = request.header('EventMask').toLowerCase() !== 'off';
    reply.success([['Events', this.wantsEvents ? 'On' : 'Off']]);
  }

  private tell(event: AmiEvent): void {
    const hasHints = this.options.exchange.hintContext !== '';
    if (this.isAuthenticated && this.wantsEvents && passesFilter(event, hasHints))
      this.write(eventText(event));
  }

  private write(text: string): void {
    const { socket } = this.options;
    if (this.isFrozen || socket.destroyed || socket.writableEnded) return;
    socket.write(text);
    if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
