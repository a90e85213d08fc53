import { afterEach } from 'vitest';
import type { AgentEvent } from '../../../src/adapters/udesk/agent-events.ts';
import {
  AgentSession,
  type AgentSessionOptions,
  type SessionStatus,
} from '../../../src/adapters/udesk/agent-session.ts';
import type { AgentSnapshot } from '../../../src/adapters/udesk/session-messages.ts';
import { agentSign } from '../../../src/adapters/udesk/signature.ts';
import { UnknownWords } from '../../../src/adapters/udesk/unknown-words.ts';
import type { Credentials } from '../../certificates/authority.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { SessionServer, until } from './session-server.ts';

export const AGENT_ID = '1443';
export const APP_ID = 'f781fd92-9e96-4195-7a7e-257307edb4ad';
export const AUTH_TOKEN = 'c0ffee-auth-token';
export const TIMEOUT_MS = 10_000;

export const signOf = (timestamp: string) =>
  agentSign({ agentId: AGENT_ID, authToken: AUTH_TOKEN, timestamp });

const closers: (() => Promise<unknown>)[] = [];
export const atEnd = (closer: () => Promise<unknown>) => closers.push(closer);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A session towards whatever listens there, with all that it told. */
export function aSession(url: string, changes: Partial<AgentSessionOptions> = {}) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const told = {
    events: [] as AgentEvent[],
    notifications: [] as AgentEvent[],
    snapshots: [] as AgentSnapshot[],
    statuses: [] as SessionStatus[],
  };
  let ids = 0;
  const session = new AgentSession({
    url,
    appId: APP_ID,
    agentId: AGENT_ID,
    timestampUnit: 'milliseconds',
    sign: signOf,
    timeoutMs: TIMEOUT_MS,
    clock,
    random: () => 0,
    log,
    unknownWords: new UnknownWords(log),
    makeMessageId: () => `message-${++ids}`,
    listener: {
      onEvent: (event) => told.events.push(event),
      onNotification: (event) => told.notifications.push(event),
      onSnapshot: (snapshot) => told.snapshots.push(snapshot),
      onStatus: (status) => told.statuses.push(status),
    },
    ...changes,
  });
  const close = async () => {
    const closed = session.close();
    // Who is being left does not answer, perhaps.
    await clock.pass(2_000);
    await closed;
  };
  atEnd(close);
  return { session, clock, log, ...told, close };
}

export async function aServer(credentials?: Credentials): Promise<SessionServer> {
  const server = await SessionServer.listen(credentials);
  atEnd(() => server.close());
  return server;
}

/** A session that is connected. */
export async function connected(changes: Partial<AgentSessionOptions> = {}) {
  const server = await aServer();
  const world = aSession(`ws://127.0.0.1:${server.port}/agent`, changes);
  world.session.connect();
  await isOnline(world.session);
  return { server, ...world };
}

/** A session that is connected, the agent logged in and the first check over. */
export async function loggedIn(changes: Partial<AgentSessionOptions> = {}) {
  const world = await connected(changes);
  await world.session.login();
  await until(() => world.snapshots.length === 1);
  return world;
}

export const isOnline = (session: AgentSession) => until(() => session.status.kind === 'online');
export const isWaiting = (session: AgentSession) => until(() => session.status.kind === 'waiting');
