import type { Extension } from '../../domain/identity.ts';
import { impossible, invariant } from '../../domain/invariant.ts';
import type { AgentRelay, LinkedCallRelay, Relay as Relayed } from '../../domain/relay/relay.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, type Outcome, success } from '../../ports/failure.ts';
import type { Log } from '../../ports/log.ts';
import type { Notes } from '../../ports/notes.ts';
import type { Knowing, Made, Relay, RelayEvent } from '../../ports/relay.ts';
import { causeOf } from '../kit/failure-of.ts';
import { agentStateOf } from './agent-state.ts';
import { CallControl } from './call-control.ts';
import type { UdeskClient } from './client.ts';
import { MirroredAgent, type OpenSession } from './mirrored-agent.ts';
import type { ResultOf } from './operation-types.ts';
import { keepSubscription, type WantedSubscription } from './own-subscription.ts';
import { plainAgentId, type Seat, SeatBook } from './seat-book.ts';

export interface UdeskRelayParts {
  readonly client: UdeskClient;
  /** Nothing where the address of the client interface is not configured. */
  readonly openSession: OpenSession | undefined;
  readonly settings: UdeskRelaySettings;
  readonly notes: Notes;
  /** A number as the PBX has it, written as Udesk writes them; nothing where that cannot be. */
  readonly numberOf: (number: string) => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export interface UdeskRelaySettings {
  /** Who is who; where there is none, Udesk's own list tells. */
  readonly seats: readonly Seat[];
  readonly breakSubState: number;
  /** What Udesk wants in front of a seat's extension to transfer a call there ("9{9 digits}"); may be empty. */
  readonly extensionPrefix: string;
  /** Whether an agent who is busy over there is kept from our callers. */
  readonly respectAgentState: boolean;
  /** Nothing where Udesk cannot reach us. */
  readonly subscription: WantedSubscription | undefined;
  readonly timeoutMs: number;
}

/** Whom an event is about, as far as it says: the seat, or else the phone. */
interface Whom {
  readonly agentId?: string | undefined;
  readonly extension?: string | undefined;
}

// Seats are made and moved by people; and what the list says of an agent's state is five minutes old at most when it is
// not believed any more. One request a minute is nothing to a platform.
const LOOK_EVERY_MS = 60_000;
// As many agents as may be told of at once. One agent's states are told one after the other whatever this is.
const MOST_IN_FLIGHT = 8;

/** Udesk, told of our agents and calls, and heard about its own. */
export class UdeskRelay implements Relay {
  readonly lane = 'udesk';
  readonly mostInFlight = MOST_IN_FLIGHT;
  readonly #parts: UdeskRelayParts;
  readonly #calls: CallControl;
  readonly #agents = new Map<Extension, MirroredAgent>();
  /** Agents that are no longer ours, until their sessions are over. */
  readonly #leaving = new Map<MirroredAgent, Promise<void>>();
  /** What went wrong last, and was said, by what it kept us from. */
  readonly #complaints = new Map<string, string>();
  #book: SeatBook;
  #areSeatsKnown: boolean;
  #wasListEmpty = false;
  #isSubscriptionKept: boolean;
  #listener: (event: RelayEvent) => void = () => {};
  #looking: Promise<void> = Promise.resolve();
  #cancelLook: () => void = () => {};
  #isClosed = false;

  constructor(parts: UdeskRelayParts) {
    const { client, settings } = parts;
    this.#parts = parts;
    this.#calls = new CallControl({ client, numberOf: (to) => this.#numberOf(to) });
    this.#book = new SeatBook(settings.seats);
    this.#areSeatsKnown = settings.seats.length > 0;
    this.#isSubscriptionKept = settings.subscription === undefined;
  }

  start(listener: (event: RelayEvent) => void): void {
    this.#listener = listener;
    this.#tellWho();
    this.#lookNow();
  }

  async deliver(relay: Relayed, knowing?: Knowing): Promise<Outcome<Made | undefined>> {
    invariant('extension' in relay, 'Udesk is told of agents and of their calls alone');
    const agent = this.#agents.get(relay.extension);
    if (agent === undefined) return this.#withoutAgent(relay);
    switch (relay.kind) {
      case 'agent-state':
        return agent.show(relay.state);
      case 'call-held':
      case 'call-resumed':
      case 'call-transferred':
        return this.#calls.tell(agent.agentId, relay, knowing);
      default:
        return impossible(relay);
    }
  }

  /** What Udesk says of an agent in a callback: the state in any of its ways, and which kind of break where it says so. */
  hear({ agentId, extension }: Whom, state: unknown, subState?: number): void {
    // With seats of our own, Udesk's extensions may be other ones than the PBX's.
    const byPhone = this.#parts.settings.seats.length === 0 ? extension : undefined;
    const whose = agentId === undefined ? byPhone : this.#book.extensionOf(plainAgentId(agentId));
    this.#agents.get((whose ?? '') as Extension)?.hearCalledBack({ state: agentStateOf(state), subState });
  }

  get trouble(): string | undefined {
    const complaints = [...this.#complaints].map(([what, why]) => `${what}: ${why}`).slice(0, 1);
    return complaints.concat(this.#sessionTrouble() ?? []).join('; ') || undefined;
  }

  /** Waits until nothing is under way any more; each request has its deadline. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    const sessions = [...this.#agents.values(), ...this.#leaving.keys()].map((agent) => agent.close());
    await Promise.all([...sessions, ...this.#leaving.values()]);
    await this.#parts.client.close();
    await this.#looking;
  }

  /** No seat of theirs any more, and nobody to tell of; unless it is not known yet who has a seat. */
  #withoutAgent({ kind, extension }: AgentRelay | LinkedCallRelay): Outcome<undefined> {
    if (this.#areSeatsKnown && kind === 'agent-state') return success(undefined);
    if (this.#areSeatsKnown)
      return failed({ kind: 'refused', status: 0, cause: `no seat at Udesk has the extension ${extension}` });
    return failed({ kind: 'unreachable', cause: 'Udesk’s list of seats could not be read yet' });
  }

  #numberOf(to: string): string | undefined {
    const isSeat = this.#book.agentOf(to as Extension) !== undefined;
    return isSeat ? `${this.#parts.settings.extensionPrefix}${to}` : this.#parts.numberOf(to);
  }

  #lookNow(): void {
    this.#looking = this.#look();
  }

  /** Who is who, and how they are; then the subscription, until it is as it should be. */
  async #look(): Promise<void> {
    await this.#lookAtSeats();
    if (!this.#isClosed && !this.#isSubscriptionKept) await this.#keepSubscription();
    if (this.#isClosed) return;
    this.#cancelLook = this.#parts.clock.after(LOOK_EVERY_MS, () => this.#lookNow());
  }

  async #lookAtSeats(): Promise<void> {
    const askedAt = this.#parts.clock.monotonic();
    const answer = await this.#parts.client.call('agentList');
    if (this.#isClosed) return;
    if (answer.ok) this.#readList(answer.value, askedAt);
    this.#complain('Udesk’s list of seats could not be read', answer.ok ? undefined : answer.failure.cause);
    // What was not confirmed for too long is not believed any more, and what could not be told is told.
    for (const agent of this.#agents.values()) agent.review();
  }

  #readList({ AgentList, Total }: ResultOf<'agentList'>, askedAt: number): void {
    const { settings } = this.#parts;
    // Once may be a hiccup of theirs, and would end everybody's session.
    const isSurprising = AgentList.length === 0 && this.#areSeatsKnown && !this.#wasListEmpty;
    this.#wasListEmpty = AgentList.length === 0;
    if (isSurprising) return;
    this.#areSeatsKnown = true;
    this.#book = new SeatBook(settings.seats, settings.seats.length > 0 ? [] : AgentList);
    this.#tellWho();
    for (const { AgentId, State } of AgentList) {
      const extension = this.#book.extensionOf(plainAgentId(AgentId ?? ''));
      if (extension !== undefined && State !== null)
        this.#agents.get(extension)?.hearListed(agentStateOf(State), askedAt);
    }
    // The document's list has pages, and no way to ask for one.
    const isWhole = Total === null || Total <= AgentList.length;
    const cause = `${AgentList.length} of ${Total}: write udesk.seats`;
    this.#complain('Udesk’s list does not have all of its seats', isWhole ? undefined : cause);
  }

  async #keepSubscription(): Promise<void> {
    const { client, notes, settings, log } = this.#parts;
    const { subscription: wanted } = settings;
    if (wanted === undefined) return;
    const kept = await keepSubscription({ client, wanted, notes }).catch(withoutStore);
    this.#isSubscriptionKept = kept.ok;
    this.#complain('the subscription at Udesk could not be made', kept.ok ? undefined : kept.failure.cause);
    if (!kept.ok) return;
    log.info({ subscription: wanted.name, done: kept.value }, 'the subscription at Udesk is as it should be');
    if (kept.value.includes('unchangeable'))
      log.error(
        { subscription: wanted.name },
        'Udesk has another subscription of our name and does not say its id: delete it there by hand',
      );
  }

  /** Told only when it has changed: at each word of it all agents are read anew. */
  #tellWho(): void {
    const { extensions } = this.#book;
    const same = extensions.filter((extension) => this.#isSame(extension));
    if (same.length === extensions.length && same.length === this.#agents.size) return;
    const changesHands = extensions.some((one) => this.#agents.has(one) && !this.#isSame(one));
    for (const agent of this.#agents.values()) if (!this.#isSame(agent.extension)) this.#forget(agent);
    for (const extension of extensions) this.#add(extension);
    // Whoever is told of agents has told of an extension what was its former agent's: for them it begins anew.
    if (changesHands) this.#listener({ kind: 'agents-known', extensions: same });
    this.#listener({ kind: 'agents-known', extensions });
  }

  #isSame(extension: Extension): boolean {
    const agent = this.#agents.get(extension);
    return agent !== undefined && agent.agentId === this.#book.agentOf(extension);
  }

  #forget(agent: MirroredAgent): void {
    this.#agents.delete(agent.extension);
    if (agent.isTaken) this.#listener({ kind: 'agent-free', extension: agent.extension });
    const isWithoutPhone = this.#book.isWithoutPhone(agent.agentId);
    const leaving = isWithoutPhone ? this.#logOut(agent) : agent.close();
    this.#leaving.set(
      agent,
      leaving.finally(() => this.#leaving.delete(agent)),
    );
  }

  /** Once: what becomes of an agent without a phone of ours is not ours to follow. */
  async #logOut(agent: MirroredAgent): Promise<void> {
    const { agentId, extension } = agent;
    const outcome = await agent.leave();
    if (outcome.ok) return;
    const { cause } = outcome.failure;
    this.#parts.log.warn(
      { agentId, extension, cause },
      'an agent who has no phone here any more could not be logged out of Udesk',
    );
  }

  #add(extension: Extension): void {
    const agentId = this.#book.agentOf(extension);
    if (agentId === undefined || this.#agents.has(extension)) return;
    const { settings, ...parts } = this.#parts;
    const agent = new MirroredAgent({
      ...parts,
      seat: { agentId, extension },
      breakSubState: settings.breakSubState,
      isRespected: settings.respectAgentState,
      timeoutMs: settings.timeoutMs,
      onTaken: (why) => this.#onTaken(agent, why),
    });
    this.#agents.set(extension, agent);
  }

  #onTaken(agent: MirroredAgent, why: string | undefined): void {
    const { extension } = agent;
    if (this.#isClosed || this.#agents.get(extension) !== agent) return;
    if (why === undefined) this.#listener({ kind: 'agent-free', extension });
    else this.#listener({ kind: 'agent-taken', extension, why });
  }

  /** One line, however many they are: the log names each. */
  #sessionTrouble(): string | undefined {
    const down = [...this.#agents.values()].filter(({ trouble }) => trouble !== undefined);
    const [first] = down;
    if (first === undefined) return undefined;
    const who = down.length === 1 ? 'agent' : `${down.length} agents, first of them`;
    return `no session with Udesk for ${who} ${first.agentId}: ${first.trouble}`;
  }

  /** Once for each reason, until it is over. */
  #complain(what: string, why: string | undefined): void {
    if (why === undefined) this.#complaints.delete(what);
    else if (this.#complaints.get(what) !== why) {
      this.#parts.log.warn({ cause: why }, `${what}; tried again every minute`);
      this.#complaints.set(what, why);
    }
  }
}

/** The id of what was made is not kept then; what is as it should be is left alone next time all the same. */
function withoutStore(fault: unknown): Outcome<never> {
  return failed({ kind: 'unreachable', cause: `our own store: ${causeOf(fault)}` });
}
