import { expect, test } from 'vitest';
import { aRelay, idleAgent } from './relay-world.ts';
import { until } from './session-server.ts';

/** No sessions: 5001 was logged in, and Udesk’s callback has said so. */
async function loggedIn({ isConfirmed = true } = {}) {
  const world = await aRelay({ isWithoutSessions: true });
  const { relay, simulator, pass, show } = world;
  await world.hasLooked();
  await show('1001', 'idle');
  await pass(1_000);
  if (isConfirmed) relay.hear({ agentId: '5001' }, 'idle');
  const asked = (wanted: string) => simulator.requests.filter(({ operation }) => operation === wanted).length;
  return { ...world, logins: () => asked('POST agent/login'), logouts: () => asked('POST agent/logout') };
}

test('a login that Udesk has lost is told again at the second look, where no session tells', async () => {
  const { simulator, look, logins, states } = await loggedIn();
  simulator.agents.logOut('5001');
  await look();
  expect(logins()).toBe(1);
  await look();
  await until(() => logins() === 2);
  expect(states('5001')).toEqual(['idle', 'offline', 'idle']);
});

test('one that its list does not show all the same is told once', async () => {
  const { simulator, look, logins } = await loggedIn();
  for (let minutes = 0; minutes < 6; minutes += 1) {
    simulator.agents.logOut('5001');
    await look();
  }
  expect(logins()).toBe(2);
});

test('a login that could not be told again is told at the next look', async () => {
  const { simulator, look, logins, states } = await loggedIn();
  simulator.agents.logOut('5001');
  simulator.failNext('POST agent/login', { status: 503 });
  await look();
  await look();
  await until(() => logins() === 2);
  await look();
  await until(() => logins() === 3);
  expect(states('5001').at(-1)).toBe('idle');
});

test.each(['onBreak', 'offline', 'busy'])('an agent of whom a callback said %s is left so', async (word) => {
  const { simulator, relay, look, logins, show } = await loggedIn();
  simulator.agents.logOut('5001');
  relay.hear({ agentId: '5001' }, word);
  for (let minutes = 0; minutes < 3; minutes += 1) await look();
  await show('1001', 'busy');
  expect(logins()).toBe(1);
});

test('nor is anybody of whom no callback came: the same number stands for a break', async () => {
  const { simulator, look, logins } = await loggedIn({ isConfirmed: false });
  simulator.agents.setState('5001', 'onBreak');
  for (let minutes = 0; minutes < 3; minutes += 1) await look();
  expect(logins()).toBe(1);
  expect(simulator.agents.find('5001').state).toBe('onBreak');
});

test('nor whose phone has gone since', async () => {
  const { simulator, look, logins, logouts, show } = await loggedIn();
  await show('1001', 'offline');
  for (let minutes = 0; minutes < 3; minutes += 1) await look();
  expect(logins()).toBe(1);
  expect(logouts()).toBe(1);
  expect(simulator.agents.find('5001').state).toBe('offline');
});

test('nor an agent who has sessions, for they tell: not even when Udesk has ended theirs', async () => {
  const { simulator, show, look, pass } = await idleAgent();
  await pass(60_000);
  simulator.sessions.disconnect('5001', 'logged in elsewhere');
  await until(() => simulator.sessions.agentIds().length === 0);
  simulator.agents.setState('5001', 'onBreak');
  for (let minutes = 0; minutes < 12; minutes += 1) await look();
  expect(simulator.sessions.agentIds()).toEqual([]);
  expect(await show('1001', 'idle')).toMatchObject({ ok: true });
});
