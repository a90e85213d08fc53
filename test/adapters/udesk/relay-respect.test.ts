import { expect, test } from 'vitest';
import { aLane, aRelay, idleAgent, LOOK_MS } from './relay-world.ts';
import { until } from './session-server.ts';

const DELIVERED = { ok: true, value: undefined };

test.each(['busy', 'onBreak', 'inCall'] as const)(
  'an agent who is %s by themselves is taken, and free when they are back',
  async (state) => {
    const { simulator, takenAndFree, told } = await idleAgent();
    simulator.agents.setState('5001', state);
    await until(() => takenAndFree().length === 1);
    expect(told.at(-1)).toEqual({ kind: 'agent-taken', extension: '1001', why: `${state} in Udesk` });
    simulator.agents.setState('5001', 'idle');
    await until(() => takenAndFree().length === 2);
    expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
    expect(simulator.violations()).toEqual([]);
  },
);

test('a phone that rings does not end a break; what it does by then is told after it', async () => {
  const { simulator, show, states, takenAndFree } = await idleAgent();
  simulator.agents.setState('5001', 'onBreak', 3);
  await until(() => takenAndFree().length === 1);
  for (const state of ['busy', 'idle', 'busy'] as const) expect(await show('1001', state)).toEqual(DELIVERED);
  expect(simulator.agents.find('5001')).toMatchObject({ state: 'onBreak', subState: 3 });
  simulator.agents.setState('5001', 'idle');
  await until(() => states('5001').at(-1) === 'busy');
  expect(states('5001')).toEqual(['idle', 'onBreak', 'idle', 'busy']);
  expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
});

test('what could not be told after a break is told when Udesk can be told again', async () => {
  const world = await idleAgent();
  const { simulator, show, states, takenAndFree, look } = world;
  simulator.agents.setState('5001', 'onBreak');
  await until(() => takenAndFree().length === 1);
  await show('1001', 'busy');
  simulator.failNext('message', { errCode: '000003', times: 2 });
  simulator.agents.setState('5001', 'idle');
  await simulator.waitForRequest(
    ({ operation, code }) => operation === 'setState' && code === '000003',
    5_000,
  );
  expect(states('5001').at(-1)).toBe('idle');
  simulator.endFaults();
  await look();
  await until(() => states('5001').at(-1) === 'busy');
});

test('a phone that is gone logs its agent out, break or not', async () => {
  const { simulator, show, states, takenAndFree } = await idleAgent();
  simulator.agents.setState('5001', 'onBreak');
  await until(() => takenAndFree().length === 1);
  await show('1001', 'offline');
  expect(states('5001').at(-1)).toBe('offline');
  await until(() => takenAndFree().length === 2);
  await show('1001', 'idle');
  expect(states('5001').at(-1)).toBe('idle');
});

test('a break outlasts a connection that is lost and made anew', async () => {
  const { simulator, clock, cutOff, takenAndFree } = await idleAgent();
  simulator.agents.setState('5001', 'onBreak', 3);
  await until(() => takenAndFree().length === 1);
  await cutOff('5001');
  await clock.pass(500);
  await until(() => simulator.requests.filter(({ operation }) => operation === 'login').length === 2);
  await until(() => simulator.requests.at(-1)?.operation === 'getState');
  expect(simulator.agents.find('5001')).toMatchObject({ state: 'onBreak', subState: 3 });
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
});

test('what we tell never makes an agent taken', async () => {
  const { simulator, pass, show, look, takenAndFree } = await idleAgent();
  for (const state of ['busy', 'idle', 'onBreak', 'busy', 'onBreak', 'idle', 'busy'] as const) {
    await show('1001', state);
    await pass(30_000);
    await look();
  }
  await show('1001', 'idle');
  await look();
  expect(simulator.agents.find('5001').state).toBe('idle');
  expect(takenAndFree()).toEqual([]);
});

test('nor does it when Udesk goes down between our busy and our idle', async () => {
  const world = await idleAgent();
  const { simulator, clock, looks, states, takenAndFree } = world;
  const lane = aLane(world, '1001');
  lane.tell('busy');
  await until(lane.isIdle);
  await simulator.goDown();
  lane.tell('idle');
  await clock.pass(30_000);
  await clock.pass(30_000);
  // Up again, its list says that they are busy, which was our doing; sessions are not served yet.
  simulator.failNext('session', { status: 503, times: 1_000 });
  await simulator.comeUp();
  const before = looks.length;
  for (let seconds = 0; seconds < 60; seconds += 1) await clock.pass(1_000);
  await until(() => looks.length > before && simulator.requests.at(-1)?.operation !== undefined);
  expect(simulator.requests.findLast(({ operation }) => operation === 'GET agents')?.answer).toContain(
    '"State":2',
  );
  simulator.endFaults();
  for (let seconds = 0; seconds < 60; seconds += 1) await clock.pass(1_000);
  await until(lane.isIdle);
  expect(states('5001')).toEqual(['idle', 'busy', 'idle']);
  expect(takenAndFree()).toEqual([]);
});

test('what was told before the daemon was started does not make an agent taken either', async () => {
  const before = await aRelay();
  await before.hasLooked();
  await before.show('1001', 'busy');
  const { simulator } = before;
  expect(simulator.agents.find('5001').state).toBe('busy');
  await before.close();
  const after = await aRelay({ after: before });
  await after.hasLooked();
  expect(after.takenAndFree()).toEqual([]);
  await after.show('1001', 'idle');
  expect(simulator.agents.find('5001').state).toBe('idle');
});

test('a break that they took before the daemon was started is theirs, and keeps them from callers', async () => {
  const before = await aRelay();
  await before.hasLooked();
  await before.show('1001', 'idle');
  const { simulator } = before;
  simulator.agents.setState('5001', 'onBreak', 3);
  await before.close();
  const after = await aRelay({ after: before });
  await after.hasLooked();
  await after.show('1001', 'idle');
  // Of which kind it is, no answer of the document's says.
  expect(simulator.agents.find('5001').state).toBe('onBreak');
  expect(after.takenAndFree()).toEqual(['agent-taken 1001']);
  simulator.agents.setState('5001', 'idle');
  await until(() => after.takenAndFree().length === 2);
});

test('nor does a break end that was taken while there was no connection', async () => {
  const { simulator, clock, cutOff, takenAndFree } = await idleAgent();
  await cutOff('5001');
  simulator.agents.setState('5001', 'onBreak');
  await clock.pass(500);
  await until(() => takenAndFree().length === 1);
  expect(simulator.agents.find('5001').state).toBe('onBreak');
});

test('a call of Udesk’s that outlasts a connection leaves its agent free after it', async () => {
  const { simulator, clock, pass, cutOff, show, states, takenAndFree } = await idleAgent();
  const callId = simulator.calls.talk({ agentId: '5001', destNumber: '13676546374' });
  await until(() => takenAndFree().length === 1);
  await cutOff('5001');
  await clock.pass(500);
  await until(() => simulator.sessions.agentIds().length === 1);
  await pass(70_000);
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
  expect(await show('1001', 'busy')).toEqual(DELIVERED);
  simulator.calls.step(callId, 'user_hangup');
  await until(() => states('5001').at(-1) === 'busy');
  expect(states('5001')).toEqual(['idle', 'inCall', 'idle', 'busy']);
  expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
});

test('what nobody has confirmed for five minutes is not believed any more', async () => {
  const { simulator, clock, takenAndFree } = await idleAgent();
  simulator.agents.setState('5001', 'onBreak');
  await until(() => takenAndFree().length === 1);
  await simulator.goDown();
  for (let minutes = 0; minutes < 4; minutes += 1) await clock.pass(LOOK_MS);
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
  for (let minutes = 0; minutes < 3; minutes += 1) await clock.pass(LOOK_MS);
  await until(() => takenAndFree().length === 2);
  expect(simulator.agents.find('5001').state).toBe('onBreak');
});

test('a break that lasts is believed as long as Udesk’s list does not deny it', async () => {
  const { simulator, relay, show, look, takenAndFree } = await aRelay({ isWithoutSessions: true });
  await look();
  await show('1001', 'idle');
  simulator.agents.setState('5001', 'onBreak');
  relay.hear({ agentId: '5001' }, 'onBreak');
  for (let minutes = 0; minutes < 10; minutes += 1) await look();
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
  simulator.agents.setState('5001', 'idle');
  await look();
  expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
});

test('callbacks tell as well, by the seat or else by the phone', async () => {
  const { relay, takenAndFree } = await idleAgent({ isWithoutSessions: true });
  relay.hear({ agentId: '5001@a54a8b77-f12d-4ac9-742d-5b2bef5c4d11' }, 'busy');
  relay.hear({ agentId: '5001' }, '0');
  relay.hear({ extension: '1001' }, 3);
  relay.hear({ extension: '1001' }, 'idle');
  const all = ['agent-taken 1001', 'agent-free 1001', 'agent-taken 1001', 'agent-free 1001'];
  expect(takenAndFree()).toEqual(all);
  relay.hear({ agentId: '7777', extension: '1001' }, 'busy');
  relay.hear({ extension: '4711' }, 'busy');
  relay.hear({}, 'busy');
  expect(takenAndFree()).toEqual(all);
});

test('a callback that comes later than what the session has told since frees nobody', async () => {
  const { simulator, relay, takenAndFree, pass } = await idleAgent();
  simulator.agents.setState('5001', 'onBreak');
  await until(() => takenAndFree().length === 1);
  const asked = () => simulator.requests.filter(({ operation }) => operation === 'getState').length;
  const before = asked();
  // Whoever sends a hundred of them has the session asked twice.
  for (let callback = 0; callback < 100; callback += 1) relay.hear({ agentId: '5001' }, 'idle');
  await until(() => asked() === before + 2);
  await pass(1_000);
  expect(asked()).toBe(before + 2);
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
});

test('a callback that comes too late takes nobody for longer than it takes to ask the session', async () => {
  const { relay, takenAndFree } = await idleAgent();
  relay.hear({ agentId: '5001' }, 'inCall');
  await until(() => takenAndFree().length === 2);
  expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
});

test('a word that nobody knows does not end a break; going home does', async () => {
  const { relay, takenAndFree } = await idleAgent({ isWithoutSessions: true });
  relay.hear({ agentId: '5001' }, 'onBreak');
  relay.hear({ agentId: '5001' }, 'coffee');
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
  relay.hear({ agentId: '5001' }, 'offline');
  expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
});

test('where it was configured so, an agent’s own state does not count', async () => {
  const { simulator, show, states, takenAndFree } = await idleAgent({
    settings: { respectAgentState: false },
  });
  simulator.agents.setState('5001', 'onBreak');
  await show('1001', 'busy');
  await show('1001', 'idle');
  expect(states('5001')).toEqual(['idle', 'onBreak', 'busy', 'idle']);
  expect(takenAndFree()).toEqual([]);
});

test('where states are not told, an agent who is busy over there is so by themselves', async () => {
  const { relay, show, takenAndFree } = await idleAgent({ isWithoutSessions: true });
  await show('1001', 'busy');
  relay.hear({ agentId: '5001' }, 'busy');
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
});

test('who takes another break while the end of one is told is told of their phone after it', async () => {
  const { simulator, clock, show, states, takenAndFree } = await idleAgent();
  const change = async (state: 'onBreak' | 'idle', events: number) => {
    simulator.agents.setState('5001', state);
    await until(() => takenAndFree().length === events);
  };
  await change('onBreak', 1);
  await show('1001', 'busy');
  simulator.failNext('message', { delayMs: 1_000 });
  await change('idle', 2);
  await until(() => states('5001').at(-1) === 'busy');
  await change('onBreak', 3);
  await change('idle', 4);
  await clock.pass(1_000);
  await until(() => states('5001').at(-1) === 'busy');
  expect(states('5001')).toEqual(['idle', 'onBreak', 'idle', 'busy', 'onBreak', 'idle', 'busy']);
});
