import { expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { AgentState } from '../../../src/domain/relay/agent-state.ts';
import { aLane, aRelay } from './relay-world.ts';
import { until } from './session-server.ts';

const DELIVERED = { ok: true, value: undefined };
// What the issue demands of each state, from the phone to Udesk's ledger.
const MOST_MS = 500;

test('a day of an agent is told in order, each state in less than half a second', async () => {
  const { simulator, show, states, hasLooked } = await aRelay({ clock: systemClock });
  await hasLooked();
  const day: AgentState[] = ['idle', 'busy', 'idle', 'onBreak', 'busy', 'onBreak', 'idle', 'offline', 'idle'];
  for (const [index, state] of day.entries()) {
    const saidAt = systemClock.now();
    expect(await show('1001', state)).toEqual(DELIVERED);
    expect(states('5001')).toEqual(day.slice(0, index + 1));
    const { at = Number.NaN } = simulator.ledger.findLast(({ what }) => what === 'agent-state') ?? {};
    expect(at - saidAt).toBeLessThan(MOST_MS);
  }
  expect(simulator.violations()).toEqual([]);
});

test('a phone that registers logs its agent in, one that is gone logs them out', async () => {
  const { simulator, show, hasLooked } = await aRelay();
  await hasLooked();
  await show('1001', 'idle');
  expect(simulator.sessions.agentIds()).toEqual(['5001']);
  await show('1001', 'offline');
  await until(() => simulator.ledger.some(({ what }) => what === 'session-closed'));
  const comings = simulator.ledger.filter(({ what }) => what.startsWith('agent-logged'));
  expect(comings).toMatchObject([
    { what: 'agent-logged-in', agentId: '5001', by: 'rest' },
    { what: 'agent-logged-out', agentId: '5001' },
  ]);
  expect(simulator.requests.filter(({ operation }) => operation === 'POST agent/logout')).toHaveLength(1);
  expect(simulator.violations()).toEqual([]);
});

test('who does not want to be disturbed is on the kind of break that was configured', async () => {
  const { simulator, show, hasLooked } = await aRelay();
  await hasLooked();
  await show('1001', 'onBreak');
  expect(simulator.agents.find('5001')).toMatchObject({ state: 'onBreak', subState: 2 });
});

test('agents do not wait for one another', async () => {
  const { simulator, show, hasLooked, clock } = await aRelay();
  await hasLooked();
  simulator.failNext('POST agent/login', { delayMs: 1_000 });
  const slow = show('1001', 'idle');
  await simulator.waitForRequest(({ operation }) => operation === 'POST agent/login', 5_000);
  expect(await show('1002', 'busy')).toEqual(DELIVERED);
  expect(simulator.agents.find('5002').state).toBe('busy');
  await clock.pass(1_000);
  expect(await slow).toEqual(DELIVERED);
});

test('where the agents’ client has no address, agents are logged in and out and nothing more is said', async () => {
  const { simulator, show, states, hasLooked } = await aRelay({ isWithoutSessions: true });
  await hasLooked();
  for (const state of ['busy', 'idle', 'onBreak', 'offline', 'idle'] as const)
    expect(await show('1001', state)).toEqual(DELIVERED);
  expect(states('5001')).toEqual(['idle', 'offline', 'idle']);
  expect(simulator.requests.filter(({ door }) => door !== 'rest')).toEqual([]);
  expect(simulator.violations()).toEqual([]);
});

test('a Udesk that was down for a while has the right states in the end', async () => {
  const world = await aRelay();
  const { simulator, clock, states, hasLooked } = world;
  await hasLooked();
  const [one, other] = [aLane(world, '1001'), aLane(world, '1002')];
  one.tell('idle');
  other.tell('idle');
  await until(() => one.isIdle() && other.isIdle());
  await simulator.goDown();
  for (const state of ['busy', 'idle', 'onBreak'] as const) {
    one.tell(state);
    other.tell('busy');
    await clock.pass(20_000);
  }
  other.tell('offline');
  await clock.pass(2_000);
  await simulator.comeUp();
  for (let seconds = 0; seconds < 60; seconds += 1) await clock.pass(1_000);
  await until(() => one.isIdle() && other.isIdle());
  expect(states('5001').at(-1)).toBe('onBreak');
  expect(states('5002').at(-1)).toBe('offline');
  expect(simulator.violations()).toEqual([]);
});

test.each([
  ['unauthorized', { status: 401 }],
  ['broken', { errCode: '000003' }],
  ['refused', { errCode: '100018', errDesc: 'RecordNotFound' }],
] as const)('a login that is %s is said to be', async (kind, fault) => {
  const { simulator, show, hasLooked } = await aRelay();
  await hasLooked();
  simulator.failNext('POST agent/login', fault);
  expect(await show('1001', 'idle')).toMatchObject({ ok: false, failure: { kind } });
  expect(await show('1001', 'idle')).toEqual(DELIVERED);
});

test('an agent whose session Udesk has ended is left alone for ten minutes, or until their phone registers anew', async () => {
  const { simulator, clock, show, states, hasLooked } = await aRelay();
  await hasLooked();
  await show('1001', 'idle');
  simulator.sessions.disconnect('5001', 'logged in elsewhere');
  await until(() => simulator.sessions.agentIds().length === 0);
  expect(await show('1001', 'busy')).toMatchObject({
    failure: { kind: 'unreachable', cause: expect.stringContaining('logged in elsewhere') },
  });
  expect(states('5001')).toEqual(['idle']);
  expect(simulator.sessions.agentIds()).toEqual([]);
  expect(await show('1001', 'offline')).toEqual(DELIVERED);
  expect(await show('1001', 'busy')).toEqual(DELIVERED);
  expect(states('5001')).toEqual(['idle', 'offline', 'idle', 'busy']);
  simulator.sessions.disconnect('5001', 'the server is restarting');
  await until(() => simulator.sessions.agentIds().length === 0);
  await clock.pass(9 * 60_000);
  expect(await show('1001', 'idle')).toMatchObject({ failure: { kind: 'unreachable' } });
  await clock.pass(60_000);
  expect(await show('1001', 'idle')).toEqual(DELIVERED);
  expect(states('5001').at(-1)).toBe('idle');
});

test('a state that Udesk refused is no doing of ours: whoever has it then has chosen it', async () => {
  const { relay, simulator, show, takenAndFree, hasLooked, pass } = await aRelay();
  await hasLooked();
  await show('1001', 'idle');
  await pass(1);
  simulator.failNext('message', { errCode: '100018', errDesc: 'RecordNotFound' });
  expect(await show('1001', 'busy')).toMatchObject({ failure: { kind: 'refused' } });
  relay.hear({ agentId: '5001' }, 'busy');
  expect(takenAndFree()).toEqual(['agent-taken 1001']);
});
