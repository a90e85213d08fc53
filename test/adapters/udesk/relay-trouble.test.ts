import { expect, test } from 'vitest';
import { settled } from '../../fakes/manual-clock.ts';
import { aRelay, idleAgent, type RelayWorld } from './relay-world.ts';
import { until } from './session-server.ts';

/** Time goes on, and so does what is on its way, as far as it gets. */
async function pass({ clock }: Pick<RelayWorld, 'clock'>, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await clock.pass(1_000);
    for (let turn = 0; turn < 10; turn += 1) await settled();
  }
}

test('an agent who has had no session for a minute is trouble, until there is one', async () => {
  const world = await idleAgent();
  const { simulator, relay, cutOff } = world;
  simulator.failNext('session', { status: 503, times: 1_000 });
  await cutOff('5001');
  await pass(world, 45);
  expect(relay.trouble).toBeUndefined();
  await pass(world, 30);
  expect(relay.trouble).toMatch(/^no session with Udesk for agent 5001: .*503/);
  simulator.endFaults();
  await pass(world, 60);
  await until(() => relay.trouble === undefined);
});

test('of many agents there is one line, with how many they are', async () => {
  const world = await idleAgent();
  const { simulator, relay, show, cutOff } = world;
  await show('1002', 'busy');
  simulator.failNext('session', { status: 503, times: 1_000 });
  await cutOff('5001');
  await cutOff('5002');
  await pass(world, 75);
  expect(relay.trouble).toMatch(/^no session with Udesk for 2 agents, first of them 5001: .*503/);
});

test('a connection on which nobody can be logged in is as good as none', async () => {
  const world = await idleAgent();
  const { simulator, relay, cutOff } = world;
  simulator.failNext('message', { errCode: '100018', errDesc: 'RecordNotFound', times: 1_000 });
  await cutOff('5001');
  await pass(world, 75);
  expect(relay.trouble).toContain('RecordNotFound');
});

test('the reason is the last one', async () => {
  const world = await aRelay();
  const { simulator, relay, show } = world;
  await world.hasLooked();
  simulator.failNext('POST agent/login', { errCode: '100018', errDesc: 'RecordNotFound' });
  await show('1001', 'idle');
  simulator.failNext('session', { status: 503, times: 1_000 });
  await pass(world, 75);
  expect(relay.trouble).toMatch(/503/);
});

test('nobody who is logged out, by whom ever, is waited for', async () => {
  const world = await idleAgent();
  const { simulator, relay, show, cutOff } = world;
  await show('1002', 'idle');
  simulator.agents.logOut('5001');
  await world.pass(20_000);
  simulator.failNext('session', { status: 503, times: 1_000 });
  await cutOff('5001');
  await cutOff('5002');
  await pass(world, 75);
  expect(relay.trouble).toContain('for 2 agents');
  await show('1002', 'offline');
  expect(relay.trouble).toContain('for agent 5001');
  // Who registers anew is waited for anew.
  expect(await show('1002', 'idle')).toMatchObject({ ok: false });
  expect(relay.trouble).toContain('for agent 5001');
  await show('1002', 'offline');
  simulator.endFaults();
  // There is a connection again, on which nobody is to be logged in.
  await pass(world, 60);
  await until(() => relay.trouble === undefined);
  expect(simulator.agents.find('5001').state).toBe('offline');
});

test('what is wrong besides is said, too', async () => {
  const world = await idleAgent();
  const { simulator, relay } = world;
  await simulator.goDown();
  await pass(world, 130);
  expect(relay.trouble).toMatch(
    /^Udesk’s list of seats could not be read: .*; no session with Udesk for agent 5001: /,
  );
});
