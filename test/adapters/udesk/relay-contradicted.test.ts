import { expect, test } from 'vitest';
import { idleAgent } from './relay-world.ts';
import { until } from './session-server.ts';

const ECHO_MS = 10_000;

/** The phone of 5001 is in use, Udesk was told, and what was said of that is over. */
async function busyAgent() {
  const world = await idleAgent();
  await world.show('1001', 'busy');
  await world.pass(ECHO_MS + 1);
  const { simulator } = world;
  const toldSoFar = () => simulator.requests.filter(({ operation }) => operation === 'setState').length;
  return { ...world, toldSoFar };
}

test.each(['busy', 'onBreak'] as const)(
  'an agent who is made idle over there is %s again while their phone is so',
  async (state) => {
    const { simulator, pass, show, states, takenAndFree } = await busyAgent();
    await show('1001', state);
    await pass(ECHO_MS + 1);
    simulator.agents.setState('5001', 'idle');
    await until(() => states('5001').at(-1) === state);
    expect(states('5001').slice(-3)).toEqual([state, 'idle', state]);
    await show('1001', 'idle');
    expect(states('5001').at(-1)).toBe('idle');
    expect(takenAndFree()).toEqual([]);
    expect(simulator.violations()).toEqual([]);
  },
);

test('and so each time, but not at once: Udesk is not fought over it', async () => {
  const { simulator, pass, states, toldSoFar } = await busyAgent();
  simulator.agents.setState('5001', 'idle');
  await until(() => states('5001').at(-1) === 'busy');
  const before = toldSoFar();
  // Its answer has come by then.
  await pass(1_000);
  simulator.agents.setState('5001', 'idle');
  await pass(ECHO_MS - 2_000);
  expect(toldSoFar()).toBe(before);
  await pass(60_000);
  expect(toldSoFar()).toBe(before + 1);
  expect(states('5001')).toEqual(['idle', 'busy', 'idle', 'busy', 'idle', 'busy']);
});

test('a Udesk that says yes and does nothing is told once', async () => {
  const { simulator, pass, states, toldSoFar } = await busyAgent();
  const before = toldSoFar();
  simulator.failNext('message', { errCode: '000000' });
  simulator.agents.setState('5001', 'idle');
  await until(() => toldSoFar() === before + 1);
  await pass(180_000);
  expect(toldSoFar()).toBe(before + 1);
  expect(states('5001').at(-1)).toBe('idle');
});

test.each(['busy', 'onBreak', 'inCall'] as const)(
  'an agent who is %s over there by their own choice is not told of',
  async (state) => {
    const { simulator, pass, show, takenAndFree } = await idleAgent();
    const toldSoFar = () => simulator.requests.filter(({ operation }) => operation === 'setState').length;
    simulator.agents.setState('5001', state);
    await until(() => takenAndFree().length === 1);
    await show('1001', 'busy');
    const before = toldSoFar();
    await pass(120_000);
    expect(toldSoFar()).toBe(before);
    expect(simulator.agents.find('5001').state).toBe(state);
  },
);

test('the end of a call of Udesk’s, on a phone that is free in a moment, is no reason', async () => {
  const { simulator, pass, show, states } = await busyAgent();
  simulator.agents.setState('5001', 'inCall');
  await pass(ECHO_MS + 1);
  simulator.agents.setState('5001', 'idle');
  await until(() => states('5001').at(-1) === 'idle');
  await pass(1_000);
  await show('1001', 'idle');
  await pass(60_000);
  expect(states('5001')).toEqual(['idle', 'busy', 'inCall', 'idle']);
});

test('but whose phone is still in use is busy again half a minute after it', async () => {
  const { simulator, pass, states } = await busyAgent();
  simulator.agents.setState('5001', 'inCall');
  await pass(ECHO_MS + 1);
  simulator.agents.setState('5001', 'idle');
  await until(() => states('5001').at(-1) === 'idle');
  await pass(45_000);
  expect(states('5001')).toEqual(['idle', 'busy', 'inCall', 'idle', 'busy']);
});

test('who logs in over there without a phone is not logged out again', async () => {
  const { simulator, relay, pass, show, states } = await busyAgent();
  await show('1001', 'offline');
  await pass(ECHO_MS + 1);
  simulator.agents.logIn('5001');
  relay.hear({ agentId: '5001' }, 'idle');
  await pass(120_000);
  expect(states('5001')).toEqual(['idle', 'busy', 'offline', 'idle']);
});
