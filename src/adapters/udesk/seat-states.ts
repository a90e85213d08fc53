import type { AgentState as ShownState } from '../../domain/relay/agent-state.ts';
import type { AgentState } from './agent-state.ts';

/** What Udesk says of an agent, and which kind of break it is where it says so. */
export interface HeardState {
  readonly state: AgentState;
  readonly subState?: number | undefined;
}

/** Something said to Udesk. */
interface Saying {
  readonly accepted: (now: number) => void;
  /** It never became their state. */
  readonly refused: (now: number) => void;
}

interface Theirs extends HeardState {
  /** When it was said in so many words. */
  readonly saidAt: number;
  /** When it was said or confirmed last. */
  readonly heardAt: number;
}

// What we tell comes back as an event. Within this time it is an echo; after it, somebody over there means it. A request
// and its event take a second or two; ten leave room for a slow day.
const ECHO_MS = 10_000;
// What nobody confirms is not believed for ever: Udesk out of reach must not keep an agent from callers. A session asks
// every half minute, the seat list comes once a minute.
const BELIEVED_MS = 5 * 60_000;

// Longer than a break for lunch. Who closed their window, and of whose logout nobody told us, gets callers again after it.
const LISTED_MS = 90 * 60_000;

/** By what Udesk calls it, whoever is in one of these can take no call of ours. Who is logged out over there can. */
export const TAKEN: ReadonlySet<AgentState> = new Set(['busy', 'onBreak', 'inCall', 'locked']);
/** Udesk ends these itself, with a call of its own. */
const OF_CALLS: ReadonlySet<AgentState> = new Set(['inCall', 'locked']);
/** For these the seats have one number in common, 4: the document calls it "Not available". */
const UNAVAILABLE: ReadonlySet<AgentState> = new Set(['busy', 'onBreak', 'offline']);

/**
 * What one agent is in Udesk's eyes, and whether that is our doing. An agent whose phone rings is busy over there because
 * we said so; that must not keep them from the next caller when the phone is free, even where Udesk never hears of it. So
 * what we said counts as ours until Udesk has taken another state from us, however long that may take.
 */
export class SeatStates {
  /** What may be the state over there by our doing, with the time at which another one took its place. */
  readonly #ours = new Map<ShownState, number | undefined>();
  #theirs: Theirs | undefined;
  /** What Udesk has taken from us last. */
  #told: ShownState | undefined;
  /** What Udesk said last of its own accord. */
  #said: AgentState = 'unknown';
  #callEndedAt = Number.NEGATIVE_INFINITY;
  /** How often in a row the list has not had them, though they were there by all that was said. */
  #missed = 0;
  #heardAt = Number.NEGATIVE_INFINITY;
  #answeredAt: number | undefined;

  /** It is on its way; how that ended is to be told. Where nobody knows, it may be their state from here on. */
  say(state: ShownState): Saying {
    const before = this.#ours.get(state);
    const wasOurs = this.#ours.has(state);
    this.#ours.set(state, undefined);
    return {
      accepted: (now) => {
        this.#answeredAt = now;
        this.#theirs = undefined;
        this.#told = state;
        for (const [other, overAt] of this.#ours)
          if (other !== state && overAt === undefined) this.#ours.set(other, now);
      },
      refused: (now) => {
        this.#answeredAt = now;
        if (wasOurs) this.#ours.set(state, before);
        else this.#ours.delete(state);
      },
    };
  }

  hear(heard: HeardState, now: number): void {
    if (heard.state === 'idle' && OF_CALLS.has(this.#said)) this.#callEndedAt = now;
    this.#said = heard.state;
    this.#missed = 0;
    this.#take(heard, now);
  }

  /** Nothing that was said of them before holds any more. */
  forget(now: number): void {
    this.hear({ state: 'unknown' }, now);
    this.#theirs = undefined;
  }

  #take({ state, subState }: HeardState, now: number): void {
    this.#heardAt = now;
    // From a word that nobody here knows nothing follows, least of all that a break is over.
    if (state === 'unknown') return;
    const known = this.#theirs?.state === state ? this.#theirs.subState : undefined;
    this.#theirs = this.#isOurs(state, now)
      ? undefined
      : { state, subState: subState ?? known, saidAt: now, heardAt: now };
  }

  /**
   * What the seats' list says, which was asked for at `askedAt`: what was heard or told since is newer. Its number for
   * "Not available" tells nothing that was not known, but confirms what was, for a while: it may mean that they went home.
   */
  hearListed(state: AgentState, { askedAt, now }: { readonly askedAt: number; readonly now: number }): void {
    if (askedAt < Math.max(this.#heardAt, this.#answeredAt ?? askedAt)) return;
    this.#missed = state === 'offline' && this.#said === 'idle' && this.isThereByUs ? this.#missed + 1 : 0;
    if (state !== 'offline') this.#take({ state }, now);
    else if (this.#theirs === undefined || !UNAVAILABLE.has(this.#theirs.state)) {
      this.#heardAt = now;
      this.#theirs = undefined;
    } else if (now - this.#theirs.saidAt <= LISTED_MS) this.#theirs = { ...this.#theirs, heardAt: now };
  }

  /** Why they cannot take a call; nothing where they can, where that is our own doing, or nobody has said it for long. */
  takenBy(now: number): string | undefined {
    if (this.#theirs === undefined || !TAKEN.has(this.#theirs.state)) return undefined;
    return now - this.#theirs.heardAt <= BELIEVED_MS ? `${this.#theirs.state} in Udesk` : undefined;
  }

  /** What they have made themselves over there, so that it is not ours to change: busy or away, or gone home. */
  get ownChoice(): HeardState | undefined {
    const theirs = this.#theirs;
    return theirs?.state === 'offline' || (theirs && TAKEN.has(theirs.state)) ? theirs : undefined;
  }

  /** Whether Udesk has taken from us last that they are there. */
  get isThereByUs(): boolean {
    return this.#told !== undefined && this.#told !== 'offline';
  }

  /**
   * Somebody has made them idle since they were told of. Not just now, when the one may have crossed the other; nor with
   * the end of a call of Udesk's, after which their phone is free in a moment, too. Where it stays so it is said again.
   */
  isMadeIdle(now: number): boolean {
    const settledAt = Math.max(this.#answeredAt ?? now, this.#callEndedAt);
    return this.#theirs?.state === 'idle' && now - settledAt > ECHO_MS;
  }

  /**
   * Whether Udesk has lost their login, where no session tells. Its list has one number for that and for a break, which a
   * login would end; so it is believed only of whom Udesk itself said last that they are idle, and at the second look, for
   * word of a break may be on its way.
   */
  get isLoginLost(): boolean {
    return this.#missed >= 2;
  }

  /** They are to be logged in again; lost again is only what Udesk has confirmed. */
  forgetLogin(): void {
    this.#said = 'unknown';
    this.#missed = 0;
  }

  #isOurs(state: AgentState, now: number): boolean {
    // What was told before we were started is not known: a phone may have been in use then. Breaks are theirs as a rule, and a
    // call of Udesk's own always is.
    if (this.#answeredAt === undefined && state !== 'inCall' && state !== 'onBreak') return true;
    return [...this.#ours].some(
      ([said, overAt]) => SAME.get(said)?.has(state) && (overAt === undefined || now - overAt <= ECHO_MS),
    );
  }
}

/** How Udesk may say what we told. An agent who is busy because a phone of ours is in use may be in a call for Udesk, too. */
const SAME: ReadonlyMap<ShownState, ReadonlySet<AgentState>> = new Map([
  ['idle', new Set<AgentState>(['idle'])],
  ['busy', new Set<AgentState>(['busy', 'inCall', 'locked'])],
  ['onBreak', new Set<AgentState>(['onBreak'])],
  ['offline', new Set<AgentState>(['offline'])],
]);
