import { expect, test } from 'vitest';
import { aRelay, extension } from './relay-world.ts';
import { until } from './session-server.ts';

const connections = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocketWrap'));

test('a relay that is closed leaves no timer, no session and no connection behind', async () => {
  const { relay, simulator, clock, show, hasLooked, told } = await aRelay();
  await hasLooked();
  await show('1001', 'idle');
  await show('1002', 'onBreak');
  expect(simulator.sessions.agentIds()).toHaveLength(2);
  await relay.close();
  await until(() => connections().length === 0);
  expect(clock.pending).toBe(0);
  expect(simulator.sessions.agentIds()).toEqual([]);
  // Whoever is logged in stays so: the daemon is perhaps only being started again.
  expect(simulator.agents.all().map(({ state }) => state)).toEqual(['idle', 'onBreak']);
  const before = told.length;
  relay.hear({ agentId: '5001' }, 'inCall');
  expect(told).toHaveLength(before);
  expect(simulator.violations()).toEqual([]);
});

test('what is under way when it is closed comes to its end, and begins nothing anew', async () => {
  const { relay, simulator, clock, show, hasLooked } = await aRelay();
  await hasLooked();
  simulator.failNext('POST agent/login', { delayMs: 1_000 });
  const showing = show('1001', 'idle');
  await simulator.waitForRequest(({ operation }) => operation === 'POST agent/login', 5_000);
  const closed = relay.close();
  await clock.pass(1_000);
  expect(await showing).toMatchObject({ failure: { kind: 'unreachable' } });
  await closed;
  expect(clock.pending).toBe(0);
  expect(simulator.requests.filter(({ operation }) => operation === 'login')).toEqual([]);
});

test('a look that is under way when it is closed tells nobody anything', async () => {
  const { relay, simulator, clock, told } = await aRelay({ simulator: {}, isDown: true });
  await until(() => clock.pending === 1);
  await simulator.comeUp();
  simulator.failNext('GET agents', { delayMs: 1_000 });
  await clock.pass(60_000);
  await simulator.waitForRequest(({ operation }) => operation === 'GET agents', 5_000);
  const closed = relay.close();
  await clock.pass(1_000);
  await closed;
  expect(told).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('a closed relay tells nobody anything, and may be closed again', async () => {
  const { relay, show, hasLooked } = await aRelay();
  await hasLooked();
  await relay.close();
  await relay.close();
  const failure = { kind: 'unreachable' };
  expect(await show('1001', 'idle')).toMatchObject({ failure });
  expect(await show('1001', 'offline')).toMatchObject({ failure });
  const held = { kind: 'call-held', extension: extension('1001'), linkedCall: 'x' } as const;
  expect(await relay.deliver(held)).toMatchObject({ failure });
});
