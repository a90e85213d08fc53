import { expect, test } from 'vitest';
import { startUdeskSimulator } from '../../../../src/simulators/udesk/simulator.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { until } from '../session-server.ts';
import { AGENT_ID, APP_ID, AUTH_TOKEN, aSession, atEnd, isOnline } from '../session-world.ts';
import { COVERED_EVENTS, COVERED_REQUESTS } from './coverage.ts';

const EXTENSION = '8001';
// The simulator objects to an event that is not acknowledged within this.
const ACK_WITHIN_MS = 2_000;

/** An agent's session with the simulator, which was written from the document without a look at it. */
async function atWork() {
  const clock = new ManualClock();
  const simulator = await startUdeskSimulator({
    ...{ sid: '123456789abcdef', authToken: AUTH_TOKEN, clock, ackWithinMs: ACK_WITHIN_MS },
    application: {
      ...{ appId: APP_ID, secret: 'a-secret', relayNumbers: ['057126200670'] },
      agents: [{ agentId: AGENT_ID, extensions: [EXTENSION] }],
    },
  });
  atEnd(() => simulator.close());
  const world = aSession(simulator.agentUrl, { clock });
  world.session.connect();
  await isOnline(world.session);
  const states = () =>
    simulator.ledger.flatMap((happening) => (happening.what === 'agent-state' ? [happening.state] : []));
  return { ...world, simulator, clock, states };
}

const isLoggedIn = ({ session }: Awaited<ReturnType<typeof atWork>>) =>
  until(() => session.status.kind === 'online' && session.status.isLoggedIn);

test('every request of the document is answered, every event arrives and is acknowledged', async () => {
  const { simulator, session, clock, events, states } = await atWork();
  const succeeded = { ok: true };
  expect(await session.login()).toMatchObject(succeeded);
  expect(await session.setState({ state: 'busy' })).toMatchObject(succeeded);
  expect(await session.setState({ state: 'onBreak', subState: 3 })).toMatchObject(succeeded);
  expect(simulator.agents.find(AGENT_ID)).toMatchObject({ state: 'onBreak', subState: 3 });
  expect(await session.setState({ state: 'idle' })).toMatchObject(succeeded);
  expect(await session.setCallMode('cellphone')).toMatchObject(succeeded);
  expect(await session.setCallMode('voip')).toMatchObject(succeeded);
  for (const hangup of ['agent_hangup', 'user_hangup'] as const) {
    expect(await session.dialout('13676546374', '057126200670', 'order 5')).toMatchObject(succeeded);
    const callId = simulator.agents.find(AGENT_ID).callId ?? '';
    for (const step of ['agent_ringing', 'agent_answer', 'user_ringing', 'user_answer'] as const)
      simulator.calls.step(callId, step);
    expect(await session.getState()).toMatchObject({ value: { state: 'inCall', mode: 'voip' } });
    if (hangup === 'agent_hangup') expect(await session.hangup()).toMatchObject(succeeded);
    else simulator.calls.step(callId, hangup, 'normal');
  }
  expect(await session.logout()).toMatchObject(succeeded);
  expect(states()).toEqual([
    ...['idle', 'busy', 'onBreak', 'idle'],
    ...['inCall', 'idle', 'inCall', 'idle', 'offline'],
  ]);
  simulator.sessions.disconnect(AGENT_ID, 'maintenance');
  await until(() => session.status.kind === 'dismissed');

  await clock.pass(ACK_WITHIN_MS);
  expect(simulator.violations()).toEqual([]);
  const kinds = new Set<string>(events.map(({ kind }) => kind));
  expect(Object.keys(COVERED_EVENTS).filter((kind) => !kinds.has(kind))).toEqual([]);
  const answered = simulator.requests.filter(({ door, code }) => door === 'message' && code === '000000');
  const methods = new Set(answered.map(({ operation }) => operation));
  expect(Object.keys(COVERED_REQUESTS).filter((method) => !methods.has(method))).toEqual([]);
});

test('a session that is ended by Udesk stays ended until somebody wants it again', async () => {
  const world = await atWork();
  const { simulator, session, clock } = world;
  await session.login();
  simulator.sessions.disconnect(AGENT_ID, 'kicked out');
  await until(() => session.status.kind === 'dismissed');
  expect(session.status).toEqual({ kind: 'dismissed', reason: 'kicked out' });
  await until(() => simulator.sessions.agentIds().length === 0);
  await clock.pass(10 * 60_000);
  expect(simulator.sessions.agentIds()).toEqual([]);
  session.connect();
  await isLoggedIn(world);
  expect(simulator.violations()).toEqual([]);
});

test('a Udesk that was down finds the agent as they are by now', async () => {
  const world = await atWork();
  const { simulator, session, clock, states } = world;
  await session.login();
  await simulator.goDown();
  await until(() => session.status.kind === 'waiting');
  for (const state of ['busy', 'idle', 'onBreak'] as const)
    expect(await session.setState({ state })).toMatchObject({ failure: { kind: 'unreachable' } });
  await clock.pass(500);
  await until(() => session.status.kind === 'waiting');
  await simulator.comeUp();
  await clock.pass(30_000);
  await isLoggedIn(world);
  expect(states()).toEqual(['idle', 'onBreak']);
  expect(simulator.violations()).toEqual([]);
});

test('a Udesk that does not answer is left, and sought again', async () => {
  const world = await atWork();
  const { simulator, session, clock } = world;
  await session.login();
  await until(() => world.snapshots.length === 1);
  simulator.failNext('message', { silence: 'hang' });
  const answer = session.setState({ state: 'busy' });
  await simulator.waitForRequest(({ status }) => status === 'hang', 5_000);
  await clock.pass(10_000);
  expect(await answer).toMatchObject({ failure: { kind: 'unknown-outcome' } });
  await clock.pass(500);
  await isLoggedIn(world);
  expect(simulator.agents.find(AGENT_ID).state).toBe('busy');
});

test.each([
  ['000003', 'System internal error', 'broken', 'SystemInternalError'],
  ['100002', 'AppId AppNotFound or forbidden', 'unauthorized', 'AppNotFoundOrForbidden'],
  ['100018', 'RecordNotFound', 'refused', 'RecordNotFound'],
])('the error %s of a request is told by its name', async (errCode, errDesc, kind, name) => {
  const { simulator, session, snapshots } = await atWork();
  await session.login();
  await until(() => snapshots.length === 1);
  simulator.failNext('message', { errCode, errDesc });
  expect(await session.setState({ state: 'busy' })).toMatchObject({
    failure: { kind, error: { name, code: errCode } },
  });
});
