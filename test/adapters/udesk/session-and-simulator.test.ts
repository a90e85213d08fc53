import { expect, test } from 'vitest';
import type { TimestampUnit } from '../../../src/adapters/udesk/signature.ts';
import { startUdeskSimulator } from '../../../src/simulators/udesk/simulator.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { until } from './session-server.ts';
import { AGENT_ID, APP_ID, AUTH_TOKEN, aSession, atEnd, isOnline } from './session-world.ts';

const EXTENSION = '8001';

/** A session towards the simulator, which was written from the document without a look at the session. */
async function start(timestampUnit: TimestampUnit = 'milliseconds') {
  const clock = new ManualClock();
  const simulator = await startUdeskSimulator({
    sid: '123456789abcdef',
    authToken: AUTH_TOKEN,
    clock,
    timestampUnit,
    callPaceMs: 1_000,
    application: {
      appId: APP_ID,
      secret: 'a-secret',
      relayNumbers: ['057126200670'],
      queues: [],
      agents: [{ agentId: AGENT_ID, extensions: [EXTENSION] }],
    },
  });
  atEnd(() => simulator.close());
  const world = aSession(simulator.agentUrl, { clock, timestampUnit });
  atEnd(() => world.session.close());
  world.session.connect();
  await isOnline(world.session);
  return { simulator, ...world, clock };
}

test.each(['milliseconds', 'seconds'] as const)(
  'a day of an agent breaks no rule, signed in %s',
  async (unit) => {
    const { simulator, session, clock, events, snapshots } = await start(unit);
    const agent = () => simulator.agents.find(AGENT_ID);
    expect(await session.login({ state: 'onBreak', subState: 2 })).toMatchObject({ ok: true });
    expect(agent()).toMatchObject({ state: 'onBreak', subState: 2 });
    expect(await session.setState({ state: 'idle' })).toMatchObject({ ok: true });
    expect(await session.setCallMode('voip')).toMatchObject({ ok: true });
    simulator.agents.setExtensionState(EXTENSION, 'idle');
    expect(await session.dialout('01067654637', '057126200670', 'order 5')).toMatchObject({ ok: true });
    await clock.pass(1_000);
    await until(() => events.some(({ kind }) => kind === 'agent-ringing'));
    expect(await session.hangup()).toMatchObject({ ok: true });
    await until(() => events.some(({ kind }) => kind === 'agent-hung-up'));
    expect(await session.setState({ state: 'busy' })).toMatchObject({ ok: true });
    expect(await session.getState()).toMatchObject({ ok: true, value: { state: 'busy', mode: 'voip' } });
    await clock.pass(30_000);
    await until(() => snapshots.at(-1)?.state === 'busy');
    expect(await session.logout()).toMatchObject({ ok: true });
    expect(agent()).toMatchObject({ state: 'offline' });
    await session.close();
    expect(simulator.violations()).toEqual([]);
    expect(session.counters).toEqual({ malformedFrames: 0, strayReplies: 0, unknownMethods: 0 });
  },
);

test('a session that is cut off comes back, logged in to the state that was wished for meanwhile', async () => {
  const { simulator, session, clock } = await start();
  await session.login();
  simulator.sessions.drop(AGENT_ID);
  await until(() => session.status.kind === 'waiting');
  expect(await session.setState({ state: 'busy' })).toMatchObject({ failure: { kind: 'unreachable' } });
  await clock.pass(500);
  await until(() => session.status.kind === 'online' && session.status.isLoggedIn);
  expect(simulator.agents.find(AGENT_ID)).toMatchObject({ state: 'busy' });
  expect(simulator.violations()).toEqual([]);
});

test('of two sessions of one agent the first gives way, and they do not fight', async () => {
  const first = await start();
  const second = aSession(first.simulator.agentUrl, { clock: first.clock });
  second.session.connect();
  await isOnline(second.session);
  await until(() => first.session.status.kind === 'dismissed');
  for (const checks of [1, 2]) {
    await first.clock.pass(30_000);
    await until(() => second.snapshots.length === checks);
  }
  expect(second.session.status.kind).toBe('online');
  expect(first.session.status).toMatchObject({ kind: 'dismissed' });
  await second.session.close();
  expect(first.simulator.violations()).toEqual([]);
});
