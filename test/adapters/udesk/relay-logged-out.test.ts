import { expect, test } from 'vitest';
import { idleAgent } from './relay-world.ts';
import { until } from './session-server.ts';

const DELIVERED = { ok: true, value: undefined };

test('an agent who logs out of Udesk themselves is not logged in again by a call', async () => {
  const { simulator, pass, show, states, takenAndFree } = await idleAgent();
  simulator.agents.logOut('5001');
  await pass(60_000);
  for (const state of ['busy', 'idle', 'busy'] as const) expect(await show('1001', state)).toEqual(DELIVERED);
  expect(states('5001')).toEqual(['idle', 'offline']);
  simulator.agents.logIn('5001');
  await until(() => states('5001').at(-1) === 'busy');
  expect(takenAndFree()).toEqual([]);
  expect(simulator.violations()).toEqual([]);
});

test('nor by a connection that is lost and made anew', async () => {
  const { simulator, pass, clock, cutOff, show, states } = await idleAgent();
  simulator.agents.logOut('5001');
  await pass(20_000);
  await show('1001', 'busy');
  const logins = () => simulator.requests.filter(({ operation }) => operation === 'login').length;
  const [opened, before] = [simulator.requests.filter(({ door }) => door === 'session').length, logins()];
  await cutOff('5001');
  await clock.pass(500);
  await until(() => simulator.requests.filter(({ door }) => door === 'session').length > opened);
  await pass(60_000);
  expect(logins()).toBe(before);
  expect(states('5001')).toEqual(['idle', 'offline']);
});

test('an agent whom Udesk logs out for a lost connection is logged in again by the next one', async () => {
  const { simulator, relay, clock, cutOff, states } = await idleAgent();
  await cutOff('5001');
  simulator.agents.logOut('5001');
  relay.hear({ agentId: '5001' }, 'offline');
  await clock.pass(500);
  await until(() => states('5001').length === 3);
  expect(states('5001')).toEqual(['idle', 'offline', 'idle']);
});

test('an agent who registers anew is logged in again, whoever logged them out', async () => {
  const { simulator, pass, show, states } = await idleAgent();
  simulator.agents.logOut('5001');
  await pass(20_000);
  expect(await show('1001', 'offline')).toEqual(DELIVERED);
  expect(await show('1001', 'idle')).toEqual(DELIVERED);
  expect(states('5001')).toEqual(['idle', 'offline', 'idle']);
});
