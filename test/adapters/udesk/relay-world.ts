import { randomUUID } from 'node:crypto';
import { AgentSession } from '../../../src/adapters/udesk/agent-session.ts';
import { UdeskClient } from '../../../src/adapters/udesk/client.ts';
import type { OpenSession } from '../../../src/adapters/udesk/mirrored-agent.ts';
import type { Seat } from '../../../src/adapters/udesk/seat-book.ts';
import { agentSign } from '../../../src/adapters/udesk/signature.ts';
import { UdeskRelay, type UdeskRelaySettings } from '../../../src/adapters/udesk/udesk-relay.ts';
import { UnknownWords } from '../../../src/adapters/udesk/unknown-words.ts';
import { type Extension, extensionFrom } from '../../../src/domain/identity.ts';
import type { AgentState } from '../../../src/domain/relay/agent-state.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Notes } from '../../../src/ports/notes.ts';
import type { RelayEvent } from '../../../src/ports/relay.ts';
import type { FurnishedAgent } from '../../../src/simulators/udesk/furnish.ts';
import {
  startUdeskSimulator,
  type UdeskSimulator,
  type UdeskSimulatorOptions,
} from '../../../src/simulators/udesk/simulator.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { until } from './session-server.ts';
import { atEnd } from './session-world.ts';

export const ACCOUNT = { sid: '123456789abcdef', authToken: 'c0ffee-auth-token' };
export const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const TIMEOUT_MS = 10_000;
// Shorter than any deadline: what is asked within such a while is answered before its time is over.
const STEP_MS = 9_000;
// What we told may come back within this; what comes later is somebody else's doing.
const ECHO_MS = 10_000;
/** Udesk's list of seats is read this often. */
export const LOOK_MS = 60_000;

export function extension(digits: string): Extension {
  const found = extensionFrom(digits);
  if (found === undefined) throw new Error(`${digits} is no extension`);
  return found;
}

export const aSeat = (agentId: string, digits: string): Seat => ({ agentId, extension: extension(digits) });

/** What outlives the relay. */
interface Surroundings {
  readonly simulator: UdeskSimulator;
  readonly clock: ManualClock;
  readonly notes: MemoryNotes;
}

interface Wishes {
  readonly settings?: Partial<UdeskRelaySettings>;
  readonly agents?: readonly FurnishedAgent[];
  readonly simulator?: Partial<UdeskSimulatorOptions>;
  /** The daemon was started again: the world that it was in before. */
  readonly after?: Surroundings;
  /** Whether Udesk is down when the relay starts. */
  readonly isDown?: boolean;
  /** Whether the address of the agents' client is not known. */
  readonly isWithoutSessions?: boolean;
  /** Both sides go by it; else time stands still. */
  readonly clock?: Clock;
}

export class MemoryNotes implements Notes {
  readonly kept = new Map<string, string>();

  readNote(name: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(name));
  }

  writeNote(name: string, value: string): Promise<void> {
    this.kept.set(name, value);
    return Promise.resolve();
  }
}

export type RelayWorld = Awaited<ReturnType<typeof aRelay>>;

/** The relay, started, with the seats 5001 (phone 1001) and 5002 (phone 1002), and the simulator that it tells. */
export async function aRelay(wishes: Wishes = {}) {
  const { after } = wishes;
  const manual = after?.clock ?? new ManualClock();
  const clock = wishes.clock ?? manual;
  const simulator = after?.simulator ?? (await aUdesk(wishes, clock));
  if (wishes.isDown) await simulator.goDown();
  const [log, notes, told] = [new MemoryLog(), after?.notes ?? new MemoryNotes(), [] as RelayEvent[]];
  const looks: number[] = [];
  const cuts: string[] = [];
  const openSession: OpenSession = (agentId, { listener, ...parts }) =>
    new AgentSession({
      listener: {
        ...listener,
        onStatus(status) {
          if (status.kind === 'waiting') cuts.push(agentId);
          listener.onStatus(status);
        },
      },
      ...{ url: simulator.agentUrl, appId: APP_ID, agentId, timestampUnit: 'milliseconds' },
      sign: (timestamp) => agentSign({ agentId, authToken: ACCOUNT.authToken, timestamp }),
      ...{ timeoutMs: TIMEOUT_MS, clock, random: () => 0, log, makeMessageId: randomUUID, ...parts },
      unknownWords: new UnknownWords(log),
    });
  const relay = new UdeskRelay({
    client: new UdeskClient({
      ...{ ...ACCOUNT, baseUrl: simulator.url, appId: APP_ID, clock },
      ...{ timestampUnit: 'milliseconds', timeoutMs: TIMEOUT_MS },
    }),
    openSession: wishes.isWithoutSessions ? undefined : openSession,
    settings: {
      ...{ seats: [], breakSubState: 2, extensionPrefix: '', respectAgentState: true },
      ...{ subscription: undefined, timeoutMs: TIMEOUT_MS },
      ...wishes.settings,
    },
    numberOf: (number) => (number.startsWith('0') ? number : undefined),
    ...{ notes, clock: countingLooks(clock, () => looks.push(simulator.requests.length)), log },
  });
  const close = closing(relay, manual);
  atEnd(close);
  relay.start((event) => told.push(event));
  const world = { relay, simulator, clock: manual, log, notes, told, looks, cuts, close };
  return { ...world, ...asking(world), show: showing(relay) };
}

async function aUdesk({ agents, simulator: changes }: Wishes, clock: Clock): Promise<UdeskSimulator> {
  const simulator = await startUdeskSimulator({
    ...{ ...ACCOUNT, clock, ackWithinMs: TIMEOUT_MS },
    application: {
      ...{ appId: APP_ID, secret: 'a-secret', extensionPrefix: '9031046856' },
      agents: agents ?? [
        { agentId: '5001', extensions: ['1001'] },
        { agentId: '5002', extensions: ['1002'] },
      ],
    },
    ...changes,
  });
  atEnd(() => simulator.close());
  return simulator;
}

/** The relay plans its next look at Udesk when the one before is over. */
function countingLooks(clock: Clock, onLooked: () => void): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after(ms, callback) {
      if (ms === LOOK_MS) onLooked();
      return clock.after(ms, callback);
    },
  };
}

/** Sessions are given two seconds to say goodbye. */
function closing(relay: UdeskRelay, clock: ManualClock) {
  return async () => {
    const closed = relay.close();
    await clock.pass(2_000);
    await closed;
  };
}

const showing = (relay: UdeskRelay) => (digits: string, state: AgentState) =>
  relay.deliver({ kind: 'agent-state', extension: extension(digits), state });

interface Asked extends Surroundings {
  readonly told: readonly RelayEvent[];
  readonly looks: readonly unknown[];
  /** Whose connection was found to be lost, or could not be made. */
  readonly cuts: readonly string[];
}

function asking({ simulator, clock, told, looks, cuts }: Asked) {
  // Nothing waits but the next look, and the next check of each session: all else has been answered.
  const quiet = () => until(() => clock.pending === 1 + simulator.sessions.agentIds().length);
  async function pass(ms: number): Promise<void> {
    await quiet();
    if (ms <= 0) return;
    await clock.pass(Math.min(ms, STEP_MS));
    await pass(ms - STEP_MS);
  }
  return {
    /** The states that an agent has had, in order. */
    states: (agentId: string) =>
      simulator.ledger.flatMap((one) =>
        one.what === 'agent-state' && one.agentId === agentId ? [one.state] : [],
      ),
    /** What was told to the daemon of agents taken and free again. */
    takenAndFree: () =>
      told.flatMap((event) =>
        event.kind === 'agent-taken' || event.kind === 'agent-free'
          ? [`${event.kind} ${event.extension}`]
          : [],
      ),
    whoIsKnown: () =>
      told.flatMap((event) => (event.kind === 'agents-known' ? [event.extensions.join(' ')] : [])),
    /** The relay has looked at Udesk for the first time. */
    hasLooked: () => until(() => looks.length > 0),
    /** Lets time pass while Udesk is up, and everything be answered in time. */
    pass,
    /** The connection of an agent's session breaks, and is to be made anew after half a second. */
    async cutOff(agentId: string) {
      const before = cuts.length;
      simulator.sessions.drop(agentId);
      await until(() => cuts.length > before);
    },
    /** It looks again. */
    async look() {
      const before = looks.length;
      await pass(LOOK_MS);
      await until(() => looks.length > before);
    },
  };
}

/** The agent 5001 is logged in and idle, and what was said of that is over. */
export async function idleAgent(wishes: Wishes = {}) {
  const world = await aRelay(wishes);
  await world.hasLooked();
  await world.show('1001', 'idle');
  await world.pass(ECHO_MS + 1);
  return world;
}

/** The runtime's lane: tells the latest state of a phone, and again until it is told. */
export function aLane({ show, clock }: Pick<RelayWorld, 'show' | 'clock'>, digits: string) {
  let latest: AgentState | undefined;
  let isBusy = false;
  const deliver = async () => {
    isBusy = true;
    while (latest !== undefined) {
      const state = latest;
      const { ok } = await show(digits, state);
      if (ok && state === latest) latest = undefined;
      if (!ok) await new Promise<void>((resolve) => clock.after(1_000, resolve));
    }
    isBusy = false;
  };
  return {
    tell(state: AgentState) {
      latest = state;
      if (!isBusy) void deliver();
    },
    isIdle: () => !isBusy,
  };
}
