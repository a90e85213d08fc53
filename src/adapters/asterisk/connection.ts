import type { Clock } from '../../ports/clock.ts';
import { type ActionHeaders, whyUnsendable } from './action-headers.ts';
import { NOT_LINKED } from './answers.ts';
import { whyRefused } from './hostile.ts';
import { type Packet, textOf } from './packet.ts';
import { type Answer, type Asked, PendingActions } from './pending-actions.ts';
import type { OpenWire, Wire } from './wire.ts';

export interface ConnectionOptions {
  readonly openWire: OpenWire;
  readonly clock: Clock;
  /** Every packet that is no answer to an action of ours. */
  readonly onEvent: (packet: Packet) => void;
  /** Events that nobody reads. */
  readonly onSkipped: (count: number) => void;
  /** Packets that were not believed. */
  readonly onRefused: (why: string, count: number) => void;
}

/** The PBX is up and we are let in. */
export interface Booted {
  /** Whole seconds since Asterisk was started. */
  readonly uptimeSeconds: number;
}

/** `login-refused` and `tls-refused` will not heal by themselves; someone must look at manager.conf. */
export class OpenFailure extends Error {
  readonly problem: 'unreachable' | 'login-refused' | 'tls-refused' | 'not-booted';
  /** What to do, where that depends on more than the problem. */
  readonly remedy: string | undefined;

  constructor(problem: OpenFailure['problem'], message: string, remedy?: string) {
    super(message);
    this.problem = problem;
    this.remedy = remedy;
  }
}

// With the TLS handshake in it, where there is one.
const CONNECT_DEADLINE_MS = 5_000;
// A refusal takes Asterisk exactly one second.
const LOGIN_DEADLINE_MS = 5_000;
// Asterisk takes logins before its modules are loaded, which takes a large one the better part of a minute.
const BOOT_DEADLINE_MS = 60_000;
const ACTION_DEADLINE_MS = 5_000;
const PING_EVERY_MS = 10_000;
const NO_BOOT = 'no FullyBooted event (it needs read=system and must pass the eventfilter)';
// What Asterisk answers to any login while it goes down: no fault of manager.conf.
export const GOING_DOWN = 'Asterisk is shutting down';
// The library numbers its own login by the time of day.
const LOGIN_ACTION_ID = /^[0-9]+$/;

/**
 * One attempt's life: connecting → logging in → waiting for FullyBooted → open → closed. Each step before `open` has a
 * deadline, each action has one, and a Ping every ten seconds finds the half-open link that no FIN would ever tell of.
 * After `closed` nothing happens any more; the next attempt is a new connection.
 */
export class AmiConnection {
  readonly #options: ConnectionOptions;
  readonly #pending: PendingActions;
  readonly #closed = Promise.withResolvers<string>();
  #wire: Wire | undefined;
  #step: 'new' | 'connecting' | 'login' | 'booting' | 'open' | 'closed' = 'new';
  #cancelTimer: () => void = () => {};
  #opening = Promise.withResolvers<Booted>();
  #booted: Booted | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#pending = new PendingActions(options.clock, ACTION_DEADLINE_MS);
    this.#opening.promise.catch(() => {});
  }

  /** Settles once, with the reason, when the link is gone. */
  get closed(): Promise<string> {
    return this.#closed.promise;
  }

  get isOpen(): boolean {
    return this.#step === 'open';
  }

  /** Rejects with an `OpenFailure`; the connection is closed then. */
  open(): Promise<Booted> {
    if (this.#step !== 'new') return this.#opening.promise;
    const { openWire, onRefused, onSkipped } = this.#options;
    this.#enter('connecting', CONNECT_DEADLINE_MS, 'no connection');
    this.#wire = openWire({
      onConnect: () => this.#login(),
      onPacket: (packet) => this.#onPacket(packet),
      onRefused,
      onSkipped,
      onDistrusted: ({ why, remedy }) => this.#giveUp(new OpenFailure('tls-refused', why, remedy)),
      onClosed: (why) => this.#onClosed(why),
    });
    return this.#opening.promise;
  }

  /** Never rejects. */
  ask(headers: ActionHeaders): Promise<Answer> {
    return new Promise((resolve) => this.askAtOnce(headers, { onAnswer: resolve }));
  }

  /** As `ask`, for lists and for those who must know before the next packet is looked at. */
  askAtOnce(headers: ActionHeaders, asked: Asked): void {
    const problem = whyUnsendable(headers);
    if (problem !== undefined) asked.onAnswer({ kind: 'error', message: `not sent: ${problem}` });
    else if (this.#step !== 'open') asked.onAnswer(NOT_LINKED);
    else this.#wire?.send(this.#pending.add(asked), headers);
  }

  destroy(why: string): void {
    if (this.#wire === undefined) this.#onClosed(why);
    else this.#wire.destroy(why);
  }

  #enter(step: 'connecting' | 'login' | 'booting', deadlineMs: number, complaint: string): void {
    this.#step = step;
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(deadlineMs, () => {
      const problem = step === 'booting' ? 'not-booted' : 'unreachable';
      this.#giveUp(new OpenFailure(problem, `${complaint} within ${deadlineMs} ms`));
    });
  }

  #login(): void {
    if (this.#step !== 'connecting') return;
    this.#enter('login', LOGIN_DEADLINE_MS, 'no answer to the login');
    this.#wire?.login((refusal) => {
      if (this.#step !== 'login') return;
      if (refusal !== undefined) {
        this.#giveUp(refusedBecause(textOf(refusal, 'message')));
      } else {
        this.#enter('booting', BOOT_DEADLINE_MS, NO_BOOT);
        if (this.#booted !== undefined) this.#opened(this.#booted);
      }
    });
  }

  #opened(booted: Booted): void {
    this.#step = 'open';
    this.#opening.resolve(booted);
    this.#pingLater();
  }

  #pingLater(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(PING_EVERY_MS, async () => {
      const answer = await this.ask({ Action: 'Ping' });
      if (answer.kind === 'silent') this.destroy(`ping: ${answer.cause}`);
      else if (this.#step === 'open') this.#pingLater();
    });
  }

  #giveUp(failure: OpenFailure): void {
    this.#opening.reject(failure);
    this.destroy(failure.message);
  }

  #onClosed(why: string): void {
    if (this.#step === 'closed') return;
    this.#step = 'closed';
    this.#cancelTimer();
    this.#opening.reject(new OpenFailure('unreachable', why));
    this.#pending.failAll(why);
    this.#closed.resolve(why);
  }

  #onPacket(packet: Packet): void {
    if (packet['event'] !== undefined) this.#onEvent(packet);
    else if (packet['response'] !== undefined) this.#onResponse(packet);
    // The library makes empty packets of the stray line breaks in some of Asterisk's answers.
    else if (Object.keys(packet).length > 0) this.#options.onRefused('neither event nor response', 1);
  }

  #onResponse(packet: Packet): void {
    const id = textOf(packet, 'actionid');
    if (this.#step === 'login' && LOGIN_ACTION_ID.test(id)) this.#wire?.tellLogin(id, packet);
    // An answer that came after its deadline looks like a forged one; it is rare enough to be counted with them.
    else if (!this.#pending.onResponse(id, packet)) this.#options.onRefused('response to nothing', 1);
  }

  #onEvent(packet: Packet): void {
    const id = packet['actionid'];
    if (typeof id === 'string' && this.#pending.has(id)) this.#onListItem(id, packet);
    else if (packet['event'] === 'FullyBooted' && this.#booted === undefined) this.#onFullyBooted(packet);
    else this.#options.onEvent(packet);
  }

  #onListItem(id: string, packet: Packet): void {
    const why = whyRefused(packet);
    if (why !== undefined) this.#options.onRefused(why, 1);
    else if (!this.#pending.onListItem(id, packet)) this.#options.onRefused('no item of the list', 1);
  }

  #onFullyBooted(packet: Packet): void {
    const why = whyRefused(packet);
    if (why !== undefined) {
      this.#options.onRefused(why, 1);
      return;
    }
    this.#booted = { uptimeSeconds: Number(textOf(packet, 'uptime')) };
    if (this.#step === 'booting') this.#opened(this.#booted);
  }
}

function refusedBecause(message: string): OpenFailure {
  return new OpenFailure(message === GOING_DOWN ? 'unreachable' : 'login-refused', message);
}
