import { ruleFor } from '../../domain/call-back/rule.ts';
import { impossible } from '../../domain/invariant.ts';
import type { RelayEntry, Relay as Relayed } from '../../domain/relay/relay.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { LinkedCallDeed } from '../../ports/pbx.ts';
import type { Relay, RelayEvent } from '../../ports/relay.ts';
import type { Draft } from '../draft.ts';
import type { AgentRead, CallerEvent, Input, OfRelays } from '../input.ts';
import type { World } from '../world.ts';
import { AgentMirror, type Shown } from './agent-mirror.ts';
import { HeldCalls } from './held-calls.ts';
import { RelayLanes } from './relay-lanes.ts';

interface Parts {
  readonly relays: readonly Relay[];
  readonly world: World;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly push: (input: Input) => void;
}

/**
 * Nothing that is owed to the help desk or could be asked of it changes by these. It is left alone at them: a question is
 * asked when a guess says so, and who guesses at other instants asks at others.
 */
export function concernsRelaysAlone(input: Input): boolean {
  switch (input.kind) {
    case 'relay-settled':
    case 'relay-reviewed':
    case 'relays-due':
    case 'agent-read':
      return true;
    case 'relay-heard':
      return input.event.kind === 'agents-known';
    case 'pbx':
      return input.event.kind === 'linked-call';
    default:
      return false;
  }
}

/**
 * What the relays are told, and what they tell. All of it is decided in the loop and kept with its steps, like reports to
 * the help desk; but no report ever waits for a relay.
 */
export class Relays {
  readonly lanes: RelayLanes;
  readonly #world: World;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #push: (input: Input) => void;
  readonly #mirror: AgentMirror;
  /** Calls of Udesk's. */
  readonly #held: HeldCalls;
  #isClosed = false;
  #cancelWake: () => void = () => {};

  constructor({ relays, world, clock, random, log, push }: Parts, kept: readonly RelayEntry[]) {
    this.#world = world;
    this.#clock = clock;
    this.#log = log;
    this.#push = push;
    this.#mirror = new AgentMirror(world.settings.devices);
    const nextSeq = () => world.nextSeq();
    this.lanes = new RelayLanes({ relays, clock, random, log, nextSeq }, kept);
    this.#held = new HeldCalls(kept.map(({ relay }) => relay));
  }

  take(draft: Draft, input: OfRelays): void {
    switch (input.kind) {
      case 'relay-heard':
        this.#heard(draft, input.event);
        break;
      case 'relay-settled':
        this.lanes.settle(draft, input);
        break;
      case 'relay-reviewed':
        // After a stop it stays as it is, for the next start.
        if (!this.#isClosed) this.lanes.reviewed(draft, input);
        break;
      case 'agent-read':
        this.#agentRead(draft, input);
        break;
      default:
        impossible(input);
    }
  }

  /** What the PBX tells of phones, and of calls that a far side knows by a name of its own. */
  pbxTold(draft: Draft, event: CallerEvent): void {
    if (event.kind === 'device-changed')
      this.#show(draft, this.#mirror.deviceChanged(event.device, event.state));
    else if (event.kind === 'linked-call') this.#linkedCall(draft, event.did);
  }

  /** Callers whom nobody took in this step: those whom a rule names are to be called back. */
  tellLosses(draft: Draft): void {
    const { callBacks } = this.#world.settings;
    if (callBacks === undefined) return;
    for (const { callId, loss } of draft.losses) {
      const rule = ruleFor(callBacks.rules, loss);
      if (rule === undefined || rule.wants === 'nothing') continue;
      this.lanes.tell(draft, 'ccai', { kind: 'call-back', callId, loss }, callBacks.delayMs);
      // Behind it on the same line: there is nothing to be said of them before it is there.
      if (callBacks.areFlagsTold) this.lanes.tell(draft, 'ccai', { kind: 'customer-flags', callId });
    }
  }

  /** Those of whom a far side is told, as their devices were last seen. */
  get mirrored(): AgentMirror['seen'] {
    return this.#mirror.seen;
  }

  /** A new link to the PBX: events may have been missed. All are read once it is reconciled. */
  linked(): void {
    this.#mirror.forgetDevices();
  }

  readAgents(draft: Draft): void {
    const agents = this.#mirror.toRead();
    if (agents.length > 0) draft.deeds.push({ kind: 'read-agents', agents });
  }

  /** Sends all that may be sent, and comes back when more may be. */
  start(draft: Draft): void {
    this.#cancelWake();
    if (this.#isClosed) return;
    this.lanes.start(draft);
    const { nextAt } = this.lanes;
    if (nextAt === Infinity) return;
    const waitMs = Math.max(0, nextAt - this.#clock.monotonic());
    this.#cancelWake = this.#clock.after(waitMs, () => this.#push({ kind: 'relays-due' }));
  }

  /** Sends nothing any more, and leaves no timer. */
  close(): void {
    this.#isClosed = true;
    this.#cancelWake();
  }

  #agentRead(draft: Draft, { agent, reading }: AgentRead): void {
    const seen = this.#mirror.read(agent, reading);
    if (seen !== undefined && 'changes' in seen) draft.deeds.push({ kind: 'read-agents', agents: [seen] });
    else this.#show(draft, seen);
  }

  #linkedCall(draft: Draft, did: LinkedCallDeed): void {
    const extension = this.#mirror.extensionOf(did.device);
    if (extension === undefined) return;
    const { linkedCall } = did;
    switch (did.kind) {
      case 'held':
        this.#held.hold(linkedCall);
        this.#tell(draft, { kind: 'call-held', extension, linkedCall });
        break;
      case 'resumed':
        // Asterisk takes a call off hold before every transfer, held or not.
        if (this.#held.release(linkedCall))
          this.#tell(draft, { kind: 'call-resumed', extension, linkedCall });
        break;
      case 'transferred':
        this.#held.release(linkedCall);
        if (did.to === '')
          this.#log.warn(
            { linkedCall, extension },
            'a transfer is not relayed: to whom, the PBX does not say',
          );
        else this.#tell(draft, { kind: 'call-transferred', extension, linkedCall, to: did.to });
        break;
      default:
        impossible(did);
    }
  }

  #heard(draft: Draft, event: RelayEvent): void {
    switch (event.kind) {
      case 'agents-known':
        this.#mirror.follow(event.extensions);
        this.readAgents(draft);
        break;
      case 'agent-taken':
        this.#log.info(
          { extension: event.extension, why: event.why },
          'an agent is taken elsewhere: offered no callers',
        );
        this.#world.takenElsewhere(event.extension, event.why);
        break;
      case 'agent-free':
        this.#log.info({ extension: event.extension }, 'an agent is no longer taken elsewhere');
        this.#world.freeElsewhere(event.extension);
        break;
      default:
        impossible(event);
    }
  }

  #show(draft: Draft, shown: Shown | undefined): void {
    if (shown !== undefined) this.#tell(draft, { kind: 'agent-state', ...shown });
  }

  #tell(draft: Draft, relay: Relayed): void {
    this.lanes.tell(draft, 'udesk', relay);
  }
}
