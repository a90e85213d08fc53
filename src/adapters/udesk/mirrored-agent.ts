import type { Extension } from '../../domain/identity.ts';
import type { AgentState as ShownState } from '../../domain/relay/agent-state.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Outcome, success } from '../../ports/failure.ts';
import type { AgentSession, AgentSessionOptions, SessionListener } from './agent-session.ts';
import type { AgentState } from './agent-state.ts';
import type { UdeskClient } from './client.ts';
import type { Seat } from './seat-book.ts';
import { SeatSession } from './seat-session.ts';
import { type HeardState, SeatStates, TAKEN } from './seat-states.ts';
import type { WishedState } from './session-messages.ts';

/** Opens a session for an agent; `onFound` stands in `AgentSessionOptions`. */
export type OpenSession = (
  agentId: string,
  parts: Pick<AgentSessionOptions, 'listener' | 'onFound'>,
) => AgentSession;

export interface MirroredAgentParts {
  readonly seat: Seat;
  readonly client: Pick<UdeskClient, 'call'>;
  readonly openSession: OpenSession | undefined;
  readonly breakSubState: number;
  /** Whether it counts that they are busy over there. */
  readonly isRespected: boolean;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** With the reason, or nothing where they are free again. */
  readonly onTaken: (why: string | undefined) => void;
}

/**
 * One agent of Udesk's whose phone is ours.
 *
 * While they are busy or on a break over there by their own doing, or have logged out there themselves, they are left as
 * they are: a phone that rings and is put down does not end anybody's break. What they were not told meanwhile is told
 * when they are back. Only a phone that is gone logs them out all the same.
 */
export class MirroredAgent {
  readonly #parts: MirroredAgentParts;
  readonly #session: SeatSession;
  readonly #states = new SeatStates();
  #taken: string | undefined;
  /** What their phone says of them. */
  #wanted: ShownState | undefined;
  /** That has not been said over there. */
  #isUntold = false;
  #lastTold: Promise<unknown> = Promise.resolve();
  /** What is being said, or was last. */
  #saying: ShownState | undefined;
  /** Something else was heard since it was said. */
  #isCrossed = false;
  /** They were told of again because they were made idle: that is over when Udesk has them otherwise. */
  #isRepeated = false;

  constructor(parts: MirroredAgentParts) {
    this.#parts = parts;
    const { seat, openSession } = parts;
    this.#session = new SeatSession({
      ...parts,
      agentId: seat.agentId,
      openSession:
        openSession && ((onFound) => openSession(seat.agentId, { listener: this.#listener(), onFound })),
      onFound: ({ state }) => {
        // What follows from it goes into the login that comes next.
        this.#states.hear({ state }, this.#now());
        this.review();
        return this.#beginning();
      },
    });
  }

  get agentId(): string {
    return this.#parts.seat.agentId;
  }

  get extension(): Extension {
    return this.#parts.seat.extension;
  }

  get isTaken(): boolean {
    return this.#taken !== undefined;
  }

  async show(state: ShownState): Promise<Outcome<undefined>> {
    this.#wanted = state;
    this.#isUntold = this.#isToBeLeft();
    return this.#isUntold ? success(undefined) : this.#tell(state);
  }

  /** What Udesk says of them of its own accord. */
  hear(heard: HeardState): void {
    if (heard.state !== this.#saying) this.#isCrossed = true;
    // Who is cut off is perhaps logged out for it, and logs in again with the next connection: nobody's choice.
    const isCutOff = heard.state === 'offline' && !this.#session.isConnected;
    if (isCutOff) this.#states.forget(this.#now());
    else this.#states.hear(heard, this.#now());
    this.#heed(heard.state);
    this.review();
  }

  /** In a callback: it may come later than what their session has told since, so nobody is offered callers for it alone. */
  hearCalledBack(heard: HeardState): void {
    const isAsked = this.#session.check();
    if (!isAsked || TAKEN.has(heard.state)) this.hear(heard);
  }

  /** What the seats' list says of them, which was asked for at `askedAt`. */
  hearListed(state: AgentState, askedAt: number): void {
    this.#states.hearListed(state, { askedAt, now: this.#now() });
    this.#heed(state);
    if (this.#states.isLoginLost && !this.#hasSessions) this.#logInAnew();
    this.review();
  }

  /** What follows from what is known now: time may have made it void. */
  review(): void {
    const why = this.#parts.isRespected ? this.#states.takenBy(this.#now()) : undefined;
    const isNews = (why === undefined) === this.isTaken;
    this.#taken = why;
    if (isNews) this.#parts.onTaken(why);
    if (this.#isToBeLeft()) this.#leave();
    else if (this.#isUntold) void this.#tellUntold();
  }

  /** Why there has been no session of theirs for a while. */
  get trouble(): string | undefined {
    return this.#session.trouble;
  }

  /** Their phone is not ours any more: whoever is there by our doing is logged out. */
  async leave(): Promise<Outcome<undefined>> {
    this.#wanted = undefined;
    this.#isUntold = false;
    await this.#lastTold;
    const outcome = this.#states.isThereByUs ? await this.show('offline') : success(undefined);
    await this.close();
    return outcome;
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  /** Whoever is idle over there while their phone is not would be offered calls. Who has no phone at all may take them otherwise. */
  #heed(state: AgentState): void {
    const isAway = this.#wanted === 'busy' || this.#wanted === 'onBreak';
    if (state !== 'idle') this.#isRepeated = false;
    else if (isAway && !this.#isRepeated && this.#states.isMadeIdle(this.#now()))
      this.#isRepeated = this.#isUntold = true;
  }

  #logInAnew(): void {
    this.#states.forgetLogin();
    this.#session.forgetLogin();
    this.#isUntold = true;
  }

  get #hasSessions(): boolean {
    return this.#parts.openSession !== undefined;
  }

  #isToBeLeft(): boolean {
    return this.#wanted !== undefined && this.#wanted !== 'offline' && this.#ownChoice() !== undefined;
  }

  #ownChoice(): HeardState | undefined {
    const { ownChoice } = this.#states;
    return this.#parts.isRespected || ownChoice?.state === 'offline' ? ownChoice : undefined;
  }

  /** A connection that breaks and is made anew is not to change them either. */
  #leave(): void {
    this.#isUntold = true;
    const begin = this.#beginning();
    if (begin !== undefined) this.#session.remember(begin === 'nothing' ? undefined : begin);
  }

  /** What a connection begins with for what they have made themselves over there; nothing where that is all the same. */
  #beginning(): WishedState | 'nothing' | undefined {
    const choice = this.#ownChoice();
    if (choice === undefined) return undefined;
    if (choice.state === 'onBreak') return { state: 'onBreak', subState: choice.subState ?? 0 };
    // Nobody can be logged in to a call, or to having gone home; and who is made busy for it stays busy after it.
    return choice.state === 'busy' ? { state: 'busy' } : 'nothing';
  }

  /** Where it fails it is tried again at the next review; but not what Udesk does not want to hear. */
  async #tellUntold(): Promise<void> {
    const wanted = this.#wanted;
    this.#isUntold = false;
    if (wanted === undefined) return;
    const outcome = await this.#tell(wanted);
    const isUntold = !outcome.ok && outcome.failure.kind !== 'refused';
    if (isUntold && wanted === this.#wanted) this.#isUntold = true;
  }

  #tell(state: ShownState): Promise<Outcome<undefined>> {
    const telling = this.#lastTold.then(() => this.#tellNow(state));
    this.#lastTold = telling;
    return telling;
  }

  async #tellNow(state: ShownState): Promise<Outcome<undefined>> {
    // Where a login is all that can be said, it says that they are idle.
    const said = !this.#hasSessions && state !== 'offline' ? 'idle' : state;
    const saying = this.#states.say(said);
    this.#saying = said;
    this.#isCrossed = false;
    const outcome = await this.#session.show(state);
    if (!outcome.ok && outcome.failure.kind === 'refused') saying.refused(this.#now());
    if (!outcome.ok) return outcome;
    // Found on a break, or in a call of Udesk's, when they were to be told of: left as they are.
    if (this.#isToBeLeft()) saying.refused(this.#now());
    else saying.accepted(this.#now());
    this.review();
    // Nobody knows which of the two holds.
    if (this.#isCrossed) this.#session.check();
    return success(undefined);
  }

  #listener(): SessionListener {
    return {
      onEvent: (event) => {
        if (event.kind === 'agent-state-changed') this.hear(event);
      },
      onNotification: () => {},
      onSnapshot: ({ state }) => this.hear({ state }),
      onStatus: (status) => this.#session.onStatus(status),
    };
  }

  #now(): number {
    return this.#parts.clock.monotonic();
  }
}
