import type { LookupFunction } from 'node:net';
import { invariant } from '../../domain/invariant.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import { success } from '../../ports/failure.ts';
import type { Log } from '../../ports/log.ts';
import { excerptWithout } from '../kit/excerpt.ts';
import { type AgentEvent, agentEventOf } from './agent-events.ts';
import { AgentLink, type LinkStatus } from './agent-link.ts';
import type { UdeskOutcome } from './answer.ts';
import { type Fields, textOf } from './json-fields.ts';
import { masked } from './masked.ts';
import { isFresh, type SignedInstant, type Signer, sessionAddress, signedNow } from './session-address.ts';
import {
  type AgentSnapshot,
  acknowledgementText,
  frameOf,
  type MessageKey,
  type SessionRequest,
  snapshotOf,
  type WishedState,
} from './session-messages.ts';
import { SessionRequests } from './session-requests.ts';
import type { UnknownWords } from './unknown-words.ts';

export interface AgentSessionOptions extends Signer {
  /** `wss://…`, from the configuration: the document gives none. */
  readonly url: string;
  /** Whom a `wss:` server's certificate must come from, as PEM; those that Node trusts where undefined. */
  readonly authorities?: readonly string[] | undefined;
  /** Turns the host's name into addresses; the system's own way where nothing is said. */
  readonly lookup?: LookupFunction | undefined;
  readonly appId: string;
  readonly agentId: string;
  /** Of a request, and of a connection that is being made. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly unknownWords: UnknownWords;
  /** Makes a UUID. */
  readonly makeMessageId: () => string;
  readonly listener: SessionListener;
  /**
   * Asked before each login anew, with how Udesk has the agent, or nothing where it does not say: the state to log in to, or
   * nothing for the one that is wished. A break that they take over there is not to be ended by a connection of ours. A
   * failure ends the connection, to be made again later.
   */
  readonly onFound?: (found: AgentSnapshot | undefined) => Promise<UdeskOutcome<WishedState | undefined>>;
}

/** Called at once, one after the other. They must not throw. */
export interface SessionListener {
  /** It has been acknowledged. One may come twice, where the acknowledgement was lost on the way. */
  onEvent(event: AgentEvent): void;
  /** What the server says without awaiting an answer; the document has no example of it. */
  onNotification(event: AgentEvent): void;
  /** What Udesk holds to be the agent's state, asked after each login and then every half minute: events may be missed. */
  onSnapshot(snapshot: AgentSnapshot): void;
  onStatus(status: SessionStatus): void;
}

/** As `LinkStatus`, which tells what leads from one to the other. */
export type SessionStatus =
  | Exclude<LinkStatus, { kind: 'idle' | 'connecting' | 'online' | 'closed' }>
  | { readonly kind: 'idle' | 'connecting' | 'closed' }
  | { readonly kind: 'online'; readonly isLoggedIn: boolean };

export interface SessionCounters {
  readonly malformedFrames: number;
  /** Replies to nothing that was asked, or to what was given up. */
  readonly strayReplies: number;
  /** Events and notifications whose method the document does not have. */
  readonly unknownMethods: number;
}

export interface Dialled {
  /** Where the called number belongs, in the vendor's words. */
  readonly destNumberLocation: string | undefined;
  readonly userData: string | undefined;
}

// A link that went silent is noticed within this and a request's deadline. Udesk says nothing on how often it may be
// asked; two requests a minute and agent are far below what one call causes.
const CHECK_EVERY_MS = 30_000;

/**
 * One agent's session with Udesk's client interface.
 *
 * What is wished (`login`, then `setState`; `logout` ends it) is remembered even where it could not be said or was refused:
 * a connection that is made anew begins with a login to that state. Requests never reject and are never queued: without a connection
 * they are `unreachable` at once, and without an answer their outcome is unknown. The cause of a failure names Udesk's
 * ErrCode. A request that is not answered in time ends the connection: its far side may be gone without a word.
 */
export class AgentSession {
  readonly #options: AgentSessionOptions;
  readonly #link: AgentLink;
  readonly #requests: SessionRequests;
  readonly #counters = { malformedFrames: 0, strayReplies: 0, unknownMethods: 0 };
  /** Which connection it is: what was begun on one must not go on on the next. */
  #connection = 0;
  #isLoggedIn = false;
  #wish: WishedState | undefined;
  #signed: SignedInstant;
  #cancelCheck: () => void = () => {};
  #eventCount = 0;
  #isChecking = false;
  /** Since the question went out, something was heard that its answer may not know of. */
  #isCheckWanted = false;
  #toldWhy = '';

  constructor(options: AgentSessionOptions) {
    invariant(/^wss?:$/.test(new URL(options.url).protocol), 'a session needs a ws: or wss: address');
    this.#options = options;
    const { authorities, lookup, clock, random, timeoutMs } = options;
    this.#signed = signedNow(options, clock.now());
    this.#link = new AgentLink({
      clock,
      random,
      openDeadlineMs: timeoutMs,
      authorities,
      lookup,
      address: () => this.#addressNow(),
      onStatus: (status) => this.#onStatus(status),
      onMessage: (data) => this.#onMessage(data),
    });
    this.#requests = new SessionRequests({ ...options, deadlineMs: timeoutMs, link: this.#link });
  }

  get status(): SessionStatus {
    const { status } = this.#link;
    if (status.kind === 'waiting' || status.kind === 'dismissed') return status;
    return status.kind === 'online'
      ? { kind: 'online', isLoggedIn: this.#isLoggedIn }
      : { kind: status.kind };
  }

  get counters(): SessionCounters {
    return { ...this.#counters };
  }

  /**
   * Stays connected from now on. Repeating is harmless; after a `disconnect` of the server it asks again, and after a failed
   * attempt at once.
   */
  connect(): void {
    this.#link.connect();
  }

  login(wish: WishedState = { state: 'idle' }): Promise<UdeskOutcome<void>> {
    this.#wish = wish;
    return this.#login(wish);
  }

  async logout(): Promise<UdeskOutcome<void>> {
    this.#wish = undefined;
    const connection = this.#connection;
    const answer = await this.#ask({ Method: 'logout' });
    if (answer.ok && connection === this.#connection) this.#tellLoggedIn(false);
    return withoutValue(answer);
  }

  setState(wish: WishedState): Promise<UdeskOutcome<void>> {
    // Who is not to be logged in has no state that a login could bring back.
    if (this.#wish !== undefined) this.#wish = wish;
    return this.#setState(wish);
  }

  /** What the next connection begins with; nothing, and it logs nobody in. Nothing is said on this one. */
  remember(wish: WishedState | undefined): void {
    this.#wish = wish;
  }

  async setCallMode(mode: 'cellphone' | 'voip', userData?: string): Promise<UdeskOutcome<void>> {
    return withoutValue(await this.#ask({ Method: 'setCallMode', Contact: mode, UserData: userData }));
  }

  /** Repeating it calls the customer twice. */
  async dialout(destNumber: string, spNumber?: string, userData?: string): Promise<UdeskOutcome<Dialled>> {
    const request = { DestNumber: destNumber, SpNumber: spNumber, UserData: userData };
    const answer = await this.#ask({ Method: 'dialout', ...request });
    if (!answer.ok) return answer;
    return success({
      destNumberLocation: textOf(answer.value.get('DestNumberLoc')),
      userData: textOf(answer.value.get('UserData')),
    });
  }

  async hangup(): Promise<UdeskOutcome<void>> {
    return withoutValue(await this.#ask({ Method: 'hangup' }));
  }

  async getState(): Promise<UdeskOutcome<AgentSnapshot>> {
    const answer = await this.#ask({ Method: 'getState' });
    if (!answer.ok) return answer;
    const snapshot = snapshotOf(answer.value);
    const { state, word } = snapshot;
    this.#options.unknownWords.look({ kind: 'snapshot', state, word }, this.#options.agentId);
    return success(snapshot);
  }

  /** Asks how they are, and tells it as a snapshot. Whether it could be asked. */
  check(): boolean {
    const { status } = this;
    const isAskable = status.kind === 'online' && status.isLoggedIn;
    if (isAskable) void this.#check();
    return isAskable;
  }

  /** Leaves the agent logged in or out, as they are. Waits until the connection is gone, two seconds at most. */
  close(): Promise<void> {
    return this.#link.close();
  }

  #addressNow(): URL {
    const { url, appId, agentId, clock } = this.#options;
    this.#signed = signedNow(this.#options, clock.now());
    return sessionAddress({ url, appId, agentId, signed: this.#signed });
  }

  #onStatus(status: LinkStatus): void {
    this.#isLoggedIn = false;
    this.#cancelCheck();
    if (status.kind !== 'online') this.#requests.failAll(whyEnded(status));
    if (status.kind === 'waiting') this.#complain(status.why, status.retryInMs);
    if (status.kind === 'online') this.#connection += 1;
    // First the login that is owed, then whoever listens: they may want to log in, too.
    if (status.kind === 'online') this.#begin();
    this.#options.listener.onStatus(this.status);
  }

  #begin(): void {
    this.#checkLater();
    if (this.#wish === undefined) this.#link.markUseful();
    else void this.#loginAnew();
  }

  /** One that is refused is tried again like a connection that could not be made: it may be healed over there. */
  async #loginAnew(): Promise<void> {
    const connection = this.#connection;
    const kept = await this.#found();
    if (connection !== this.#connection || this.#wish === undefined) return;
    if (kept.ok) this.#wish = kept.value ?? this.#wish;
    const answer = kept.ok ? await this.#login(this.#wish) : kept;
    if (answer.ok || connection !== this.#connection || this.#wish === undefined) return;
    this.#link.drop(answer.failure.cause);
  }

  async #found(): Promise<UdeskOutcome<WishedState | undefined>> {
    const { onFound } = this.#options;
    if (onFound === undefined) return success(undefined);
    const found = await this.getState();
    return onFound(found.ok ? found.value : undefined);
  }

  async #login(wish: WishedState): Promise<UdeskOutcome<void>> {
    const connection = this.#connection;
    const { at, sign } = this.#signedFresh();
    // Assumed: the Token is the front-end Sign. The message has the instant that was signed, so that it holds whether
    // the server takes the timestamp from here or from the address.
    const request = { Method: 'login', Token: sign, State: wish.state } as const;
    const answer = await this.#requests.ask(request, { at, secret: sign });
    if (!answer.ok || connection !== this.#connection) return withoutValue(answer);
    this.#link.markUseful();
    this.#tellLoggedIn(true);
    // The document's login has no SubState. Somebody may have wished for something else meanwhile, and said so.
    const isLeftOpen = wish.state === 'onBreak' && (wish.subState ?? 0) > 0 && wish === this.#wish;
    const state = isLeftOpen ? await this.#setState(wish) : success(undefined);
    void this.#check();
    return state;
  }

  async #setState({ state, subState = 0 }: WishedState): Promise<UdeskOutcome<void>> {
    const SubState = state === 'onBreak' ? subState : undefined;
    return withoutValue(await this.#ask({ Method: 'setState', State: state, SubState }));
  }

  #tellLoggedIn(isLoggedIn: boolean): void {
    if (this.#link.status.kind !== 'online') return;
    this.#isLoggedIn = isLoggedIn;
    this.#options.listener.onStatus(this.status);
  }

  #signedFresh(): SignedInstant {
    const now = this.#options.clock.now();
    if (!isFresh(this.#signed, now)) this.#signed = signedNow(this.#options, now);
    return this.#signed;
  }

  #checkLater(): void {
    this.#cancelCheck();
    if (this.#link.status.kind !== 'online') return;
    this.#cancelCheck = this.#options.clock.after(CHECK_EVERY_MS, () => void this.#check());
  }

  async #check(): Promise<void> {
    this.#isCheckWanted = this.#isChecking;
    if (this.#isChecking) return;
    this.#isChecking = true;
    await this.#checkNow();
    this.#isChecking = false;
    if (this.#isCheckWanted) await this.#check();
  }

  async #checkNow(): Promise<void> {
    const connection = this.#connection;
    const eventCount = this.#eventCount;
    const answer = await this.getState();
    if (connection !== this.#connection || this.#link.status.kind !== 'online') return;
    // An event that crossed it may be newer: it came while the answer was on its way, or with it.
    if (eventCount !== this.#eventCount) this.#isCheckWanted = true;
    // A refusal is an answer as well: the link lives.
    else if (answer.ok) this.#options.listener.onSnapshot(answer.value);
    this.#checkLater();
  }

  #ask(request: SessionRequest): Promise<UdeskOutcome<Fields>> {
    return this.#requests.ask(request, { at: this.#options.clock.now(), secret: this.#signed.sign });
  }

  #onMessage(data: unknown): void {
    const frame = frameOf(data);
    if (frame.kind === 'malformed') this.#onMalformed(frame.why);
    else if (frame.kind === 'event') this.#onEvent(frame.method, frame.key, frame.fields);
    else if (frame.kind === 'notification') this.#onNotification(frame.method, frame.fields);
    else if (!this.#requests.onReply(frame)) this.#onStrayReply();
  }

  #onMalformed(why: string): void {
    this.#counters.malformedFrames += 1;
    this.#options.unknownWords.say({ what: 'message', why }, this.#options.agentId);
  }

  /** After a request that was given up it is no surprise. */
  #onStrayReply(): void {
    this.#counters.strayReplies += 1;
    this.#options.log.debug({ agentId: this.#options.agentId }, 'a reply of Udesk’s to nothing that waits');
  }

  #onEvent(method: string, key: MessageKey, fields: Fields): void {
    this.#eventCount += 1;
    this.#link.send(acknowledgementText(method, key, this.#options.clock.now()));
    const event = this.#read(method, fields);
    this.#options.listener.onEvent(event);
    this.#heed(event);
  }

  #onNotification(method: string, fields: Fields): void {
    const event = this.#read(method, fields);
    this.#options.listener.onNotification(event);
    this.#heed(event);
  }

  #read(method: string, fields: Fields): AgentEvent {
    const event = agentEventOf(method, fields);
    if (event.kind === 'unknown') this.#counters.unknownMethods += 1;
    this.#options.unknownWords.look(event, this.#options.agentId);
    return event;
  }

  /** Whoever is thrown out has perhaps logged in elsewhere: we do not fight over the session. */
  #heed(event: AgentEvent): void {
    if (event.kind !== 'disconnect') return;
    // A sign is more than digits: it is to be found before they are masked.
    const reason = masked(excerptWithout([this.#signed.sign])(event.reason ?? ''));
    this.#options.log.warn({ agentId: this.#options.agentId, reason }, 'Udesk ended an agent’s session');
    this.#link.dismiss(reason);
  }

  /** Once per reason: the hundredth refused connection tells nothing that the first did not. */
  #complain(why: string, retryInMs: number): void {
    const { agentId, log } = this.#options;
    const facts = { agentId, why, retryInMs };
    if (why === this.#toldWhy) log.debug(facts, 'still no session with Udesk');
    else log.warn(facts, 'no session with Udesk for an agent; trying again');
    this.#toldWhy = why;
  }
}

function whyEnded(status: LinkStatus): string {
  if (status.kind === 'waiting') return status.why;
  return status.kind === 'dismissed' ? 'the server ended the session' : 'the session was closed';
}

function withoutValue(outcome: UdeskOutcome<unknown>): UdeskOutcome<void> {
  return outcome.ok ? success(undefined) : outcome;
}
