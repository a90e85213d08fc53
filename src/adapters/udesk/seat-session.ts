import type { AgentState as ShownState } from '../../domain/relay/agent-state.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, success } from '../../ports/failure.ts';
import type { AgentSession, SessionStatus } from './agent-session.ts';
import type { UdeskFailure, UdeskOutcome } from './answer.ts';
import type { UdeskClient } from './client.ts';
import type { AgentSnapshot, WishedState } from './session-messages.ts';

type OnFound = (found: AgentSnapshot | undefined) => Promise<UdeskOutcome<WishedState | undefined>>;

interface Parts {
  readonly agentId: string;
  readonly client: Pick<UdeskClient, 'call'>;
  /** Nothing where no address of the client interface is known: only logins and logouts are told then. */
  readonly openSession: ((onFound: OnFound) => AgentSession) | undefined;
  /** It is known now how Udesk has them: what their login begins with, if anything, where it is not what was wished. */
  readonly onFound: (found: AgentSnapshot) => WishedState | 'nothing' | undefined;
  /** The kind of break, where an agent does not want to be disturbed. */
  readonly breakSubState: number;
  /** How long a login over a new connection may take. */
  readonly timeoutMs: number;
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
}

/**
 * One agent over there: logged in and out over REST, their state over a session of their own, which exists while they are
 * logged in. It is told one thing after the other: the next is not to be said before the answer to the one before.
 */
export class SeatSession {
  readonly #parts: Parts;
  #isLoggedIn = false;
  #isClosed = false;
  #session: AgentSession | undefined;
  /** The one before, on which they are logged out. */
  #ending: AgentSession | undefined;
  #dismissedAt = -Infinity;
  /** Since when there is no connection, or none that they could be logged in on. */
  #downSince: number | undefined;
  #whyDown = '';
  /** Whether a connection begins with a login. */
  #isToBeIn = false;
  /** Why they could not be logged in last. */
  #whyNot: UdeskFailure | undefined;
  readonly #waiting = new Set<(status: SessionStatus) => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether there is a session of ours for which Udesk could hold them to be there. */
  get isConnected(): boolean {
    return this.#session?.status.kind === 'online';
  }

  /** Why there has been no session for longer than a minute; nothing where there is one, or none is wanted. */
  get trouble(): string | undefined {
    if (this.#session === undefined || this.#downSince === undefined) return undefined;
    return this.#parts.clock.monotonic() - this.#downSince > SOON_BACK_MS ? this.#whyDown : undefined;
  }

  /** Udesk does not know of it any more: the next thing that is told begins with another one. */
  forgetLogin(): void {
    this.#isLoggedIn = false;
  }

  show(state: ShownState): Promise<UdeskOutcome<void>> {
    return state === 'offline' ? this.#logOut() : this.#logIn(state);
  }

  /** What a connection to come begins with; nothing, and it logs nobody in. Nothing is said on this one. */
  remember(wish: WishedState | undefined): void {
    const status = this.#session?.status;
    // A login that is under way goes by what was remembered before, and is not over with its first event.
    if (status?.kind !== 'online' || status.isLoggedIn) this.#remember(wish);
  }

  /** Asks how they are over there, where that can be asked. */
  check(): boolean {
    return this.#session?.check() ?? false;
  }

  /** The session's status has changed. */
  onStatus(status: SessionStatus): void {
    if (status.kind === 'dismissed') this.#dismissedAt = this.#parts.clock.monotonic();
    this.#watch(status);
    for (const tell of this.#waiting) tell(status);
  }

  /** For good: what is on its way fails, and nothing begins after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#session?.close(), this.#ending?.close()]);
  }

  #watch(status: SessionStatus): void {
    const isOwed = status.kind === 'online' && !status.isLoggedIn && this.#isToBeIn;
    if (status.kind === 'waiting') {
      this.#downSince ??= this.#parts.clock.monotonic();
      this.#whyDown = this.#whyNot?.cause ?? status.why;
    } else if (status.kind === 'connecting') this.#whyNot = undefined;
    else if (!isOwed) this.#downSince = undefined;
  }

  #remember(wish: WishedState | undefined): void {
    this.#isToBeIn = wish !== undefined;
    this.#session?.remember(wish);
  }

  async #logOut(): Promise<UdeskOutcome<void>> {
    const { client, agentId } = this.#parts;
    const session = this.#session;
    this.#ending = session;
    this.#session = undefined;
    this.#isLoggedIn = false;
    // What the session cannot say any more is said by the request.
    await session?.logout();
    await session?.close();
    const answer = await client.call('agentLogout', { agent_Id: agentId });
    return answer.ok ? success(undefined) : answer;
  }

  async #logIn(state: WishedState['state']): Promise<UdeskOutcome<void>> {
    const { openSession } = this.#parts;
    if (this.#isClosed) return failed(CLOSED);
    this.#session ??= openSession?.((found) => this.#found(found));
    return this.#session === undefined ? this.#signIn() : this.#say(this.#session, this.#wish(state));
  }

  /** Over REST, once: it would make whoever is logged in already idle. */
  async #signIn(): Promise<UdeskOutcome<void>> {
    if (this.#isLoggedIn) return success(undefined);
    const { client, agentId } = this.#parts;
    const answer = await client.call('agentLogin', { agent_Id: agentId });
    this.#isLoggedIn = answer.ok;
    return answer.ok ? success(undefined) : answer;
  }

  /** Whoever Udesk does not tell of is not logged in. */
  async #found(found: AgentSnapshot | undefined): Promise<UdeskOutcome<WishedState | undefined>> {
    this.#isLoggedIn = found !== undefined && found.state !== 'offline';
    if (this.#isLoggedIn && found !== undefined) return success(this.#begin(this.#parts.onFound(found)));
    const answer = await this.#signIn();
    this.#whyNot = answer.ok ? undefined : answer.failure;
    return answer.ok ? success(undefined) : answer;
  }

  /** Who is left as they are is listened to, and logged in when they are free. */
  #begin(begin: WishedState | 'nothing' | undefined): WishedState | undefined {
    if (begin !== 'nothing') return begin;
    this.#remember(undefined);
    this.onStatus({ kind: 'online', isLoggedIn: true });
    return undefined;
  }

  /** Somebody else has their session, perhaps they themselves: we do not take it from them with every call. */
  #mayComeBack(): boolean {
    return this.#parts.clock.monotonic() - this.#dismissedAt >= AWAY_MS;
  }

  #wish(state: WishedState['state']): WishedState {
    return state === 'onBreak' ? { state, subState: this.#parts.breakSubState } : { state };
  }

  async #say(session: AgentSession, wish: WishedState): Promise<UdeskOutcome<void>> {
    const { status } = session;
    if (status.kind === 'dismissed' && !this.#mayComeBack()) return failed(dismissed(status.reason));
    // Whenever there is a connection, it begins with a login to this state.
    this.#remember(wish);
    if (status.kind === 'online' && status.isLoggedIn) return session.setState(wish);
    if (status.kind === 'online') return session.login(wish);
    session.connect();
    const outcome = await this.#loggedIn(session);
    // A login does not carry the kind of break; the session says it after, but to nobody's knowledge.
    return outcome.ok && wish.subState !== undefined ? session.setState(wish) : outcome;
  }

  /** Resolves with the login that a new connection begins with, or with why there is none. */
  #loggedIn(session: AgentSession): Promise<UdeskOutcome<void>> {
    return new Promise((resolve) => {
      const settle = (outcome: UdeskOutcome<void>) => {
        this.#waiting.delete(look);
        cancel();
        resolve(outcome);
      };
      const look = (status: SessionStatus) => {
        if (status.kind === 'online' && status.isLoggedIn) settle(success(undefined));
        else if (status.kind === 'waiting')
          settle({ ok: false, failure: this.#whyNot ?? { kind: 'unreachable', cause: status.why } });
        else if (status.kind === 'dismissed') settle(failed(dismissed(status.reason)));
        else if (status.kind === 'closed') settle(failed(CLOSED));
      };
      const cancel = this.#parts.clock.after(this.#parts.timeoutMs, () =>
        settle(failed({ kind: 'unknown-outcome', cause: 'no login to the agent’s session in time' })),
      );
      this.#waiting.add(look);
      look(session.status);
    });
  }
}

// A server that throws everybody out to be restarted wants them back; an agent who has logged in elsewhere does not, and is
// disturbed by it six times an hour at most.
const AWAY_MS = 10 * 60_000;

// A connection that is lost is sought again within half a minute.
const SOON_BACK_MS = 60_000;

const CLOSED = { kind: 'unreachable', cause: 'the agent’s session was closed' } as const;

const dismissed = (reason: string) =>
  ({
    kind: 'unreachable',
    cause: `Udesk ended the agent’s session (${reason}); it is tried again after ten minutes, or when their phone registers anew`,
  }) as const;
