import { expect, test } from 'vitest';
import { UdeskClient } from '../../../src/adapters/udesk/client.ts';
import type { UdeskSimulator } from '../../../src/simulators/udesk/simulator.ts';
import { ACCOUNT, APP_ID, aRelay, aSeat, extension, LOOK_MS } from './relay-world.ts';
import { until } from './session-server.ts';
import { atEnd } from './session-world.ts';

const DELIVERED = { ok: true, value: undefined };

test.each(['objects', 'numbers'] as const)(
  'a seat’s phone is found where its extensions are %s',
  async (as) => {
    const { hasLooked, whoIsKnown } = await aRelay({ simulator: { readings: { extensionsAs: as } } });
    await hasLooked();
    expect(whoIsKnown()).toEqual(['1001 1002']);
  },
);

test('a seat without an extension is known by its work number, where that could be one', async () => {
  const { hasLooked, whoIsKnown, relay, takenAndFree } = await aRelay({
    agents: [
      { agentId: '5001', workId: '1003' },
      { agentId: '5002', workId: 'w4' },
      { agentId: '5003', workId: '1001', extensions: ['1002', '1004'] },
    ],
  });
  await hasLooked();
  expect(whoIsKnown()).toEqual(['1003 1002']);
  relay.hear({ agentId: '5003' }, 'inCall');
  expect(takenAndFree()).toEqual(['agent-taken 1002']);
});

test('seats of the configuration are the only ones, and known before Udesk has answered', async () => {
  const { whoIsKnown, hasLooked, show, states, simulator } = await aRelay({
    settings: { seats: [aSeat('5002', '2002')] },
  });
  expect(whoIsKnown()).toEqual(['2002']);
  expect(await show('2002', 'busy')).toEqual(DELIVERED);
  expect(await show('1001', 'busy')).toEqual(DELIVERED);
  await hasLooked();
  expect(whoIsKnown()).toEqual(['2002']);
  expect(states('5002')).toEqual(['idle', 'busy']);
  expect(states('5001')).toEqual([]);
  expect(simulator.violations()).toEqual([]);
});

test('of two seats with one phone the first has it', async () => {
  const { hasLooked, whoIsKnown, relay, takenAndFree } = await aRelay({
    agents: [
      { agentId: '5001', workId: '1001' },
      { agentId: '5002', extensions: ['1001'] },
    ],
  });
  await hasLooked();
  expect(whoIsKnown()).toEqual(['1001']);
  relay.hear({ agentId: '5002' }, 'inCall');
  expect(takenAndFree()).toEqual([]);
});

test('nothing that is to be told is lost while Udesk’s list cannot be read', async () => {
  const { simulator, show, relay, look, states, hasLooked } = await aRelay({ isDown: true });
  await hasLooked();
  const failure = { kind: 'unreachable' };
  expect(await show('1001', 'busy')).toMatchObject({ failure });
  expect(
    await relay.deliver({ kind: 'call-held', extension: extension('1001'), linkedCall: 'x' }),
  ).toMatchObject({ failure });
  await simulator.comeUp();
  await look();
  expect(await show('1001', 'busy')).toEqual(DELIVERED);
  expect(states('5001')).toEqual(['idle', 'busy']);
});

test('a list that cannot be read is complained of once, until there is another reason', async () => {
  const { simulator, look, log, hasLooked } = await aRelay({ isDown: true });
  await hasLooked();
  await look();
  const complaints = () => log.lines.filter(({ level }) => level === 'warn').length;
  expect(complaints()).toBe(1);
  await simulator.comeUp();
  await look();
  simulator.failNext('GET agents', { status: 401, times: 2 });
  await look();
  await look();
  expect(complaints()).toBe(2);
});

/** Their work numbers could not be extensions. */
const PHONES_ALONE = {
  agents: [
    { agentId: '5001', workId: 'w1', extensions: ['1001'] },
    { agentId: '5002', workId: 'w2', extensions: ['1002'] },
  ],
};

/** Somebody in the office changes what Udesk has of its seats. */
async function withOffice(wishes: Parameters<typeof aRelay>[0] = {}) {
  const world = await aRelay(wishes);
  const { simulator, clock } = world;
  const client = new UdeskClient({
    ...{ ...ACCOUNT, baseUrl: simulator.url, appId: APP_ID, clock },
    ...{ timestampUnit: 'milliseconds', timeoutMs: 10_000 },
  });
  atEnd(() => client.close());
  return { ...world, client };
}

test('seats that people move are followed, and each is told of anew', async () => {
  const { client, hasLooked, look, whoIsKnown, show, states, simulator } = await withOffice();
  await hasLooked();
  await show('1001', 'busy');
  await client.call('agentExtensionsUnbind', { AgentId: '5001', Extensions: ['1001'] });
  await client.call('agentExtensionsBind', { AgentId: '5002', Extensions: ['1001'] });
  await client.call('agentExtensionsUnbind', { AgentId: '5002', Extensions: ['1002'] });
  await client.call('agentExtensionsBind', { AgentId: '5001', Extensions: ['1002'] });
  await look();
  // First without those that have another agent by now: what was told of them is forgotten with that.
  expect(whoIsKnown()).toEqual(['1001 1002', '', '1002 1001']);
  expect(await show('1001', 'onBreak')).toEqual(DELIVERED);
  expect(states('5002').at(-1)).toBe('onBreak');
  expect(await show('1002', 'idle')).toEqual(DELIVERED);
  await until(() => states('5001').at(-1) === 'idle');
  expect(simulator.violations()).toEqual([]);
});

test('a seat that is gone is nobody’s, and keeps nobody from callers', async () => {
  const { client, hasLooked, look, whoIsKnown, takenAndFree, show, simulator } = await withOffice();
  await hasLooked();
  await show('1001', 'idle');
  simulator.agents.setState('5001', 'inCall');
  await until(() => takenAndFree().length === 1);
  await client.call('agentUpdate', { AgentId: '5001', WorkId: '1', Enable: false });
  await look();
  expect(whoIsKnown()).toEqual(['1001 1002', '1002']);
  expect(takenAndFree()).toEqual(['agent-taken 1001', 'agent-free 1001']);
  expect(await show('1001', 'busy')).toEqual(DELIVERED);
  await until(() => !simulator.sessions.agentIds().includes('5001'));
});

test('an agent who loses their phone here is logged out, once', async () => {
  const { client, hasLooked, look, show, states, simulator } = await withOffice(PHONES_ALONE);
  await hasLooked();
  await show('1001', 'idle');
  await client.call('agentExtensionsUnbind', { AgentId: '5001', Extensions: ['1001'] });
  await look();
  await until(() => states('5001').at(-1) === 'offline' && !simulator.sessions.agentIds().includes('5001'));
  await look();
  expect(logouts(simulator)).toBe(1);
  expect(states('5001')).toEqual(['idle', 'offline']);
  expect(simulator.violations()).toEqual([]);
});

test('one who is logged in and out over REST alone, too', async () => {
  const { client, hasLooked, look, show, states, simulator } = await withOffice({ isWithoutSessions: true });
  await hasLooked();
  await show('1001', 'busy');
  await client.call('agentUpdate', { AgentId: '5001', WorkId: '1', Enable: false });
  await look();
  await until(() => states('5001').at(-1) === 'offline');
  expect(logouts(simulator)).toBe(1);
});

test('what cannot be said of it is noted, and not tried again', async () => {
  const { client, hasLooked, look, show, log, simulator } = await withOffice(PHONES_ALONE);
  await hasLooked();
  await show('1001', 'idle');
  await client.call('agentExtensionsUnbind', { AgentId: '5001', Extensions: ['1001'] });
  simulator.failNext('POST agent/logout', { errCode: '000003' });
  await look();
  const said = () => log.lines.filter(({ level }) => level === 'warn').map(({ facts }) => facts);
  await until(() => said().length === 1);
  expect(said()).toMatchObject([
    { agentId: '5001', extension: '1001', cause: expect.stringContaining('000003') },
  ]);
  await look();
  expect(logouts(simulator)).toBe(1);
});

test.each([
  ['moves to another phone here', ['1001', '1002']],
  ['was never told of', []],
] as const)('an agent who %s is not logged out', async (_, told) => {
  const { client, hasLooked, look, show, simulator } = await withOffice(PHONES_ALONE);
  await hasLooked();
  for (const digits of told) await show(digits, 'idle');
  await client.call('agentExtensionsUnbind', { AgentId: '5001', Extensions: ['1001'] });
  if (told.length > 0) {
    await client.call('agentExtensionsUnbind', { AgentId: '5002', Extensions: ['1002'] });
    await client.call('agentExtensionsBind', { AgentId: '5001', Extensions: ['1002'] });
    await client.call('agentExtensionsBind', { AgentId: '5002', Extensions: ['1001'] });
  }
  await look();
  await look();
  expect(logouts(simulator)).toBe(0);
});

test('nor is anybody whom Udesk’s list leaves out: it may not be all of it', async () => {
  const { hasLooked, look, show, whoIsKnown, simulator } = await withOffice(PHONES_ALONE);
  await hasLooked();
  await show('1001', 'idle');
  const body = JSON.stringify({
    ErrCode: '000000',
    Result: { Total: 2, AgentList: [{ AgentId: '5002', Extensions: ['1002'] }] },
  });
  simulator.failNext('GET agents', { status: 200, body });
  await look();
  await until(() => whoIsKnown().at(-1) === '1002');
  await look();
  expect(whoIsKnown().at(-1)).toBe('1001 1002');
  expect(logouts(simulator)).toBe(0);
  expect(simulator.agents.find('5001').state).toBe('idle');
});

test.each([
  ['message', 'logout', { silence: 'hang', heard: false }],
  ['POST agent/logout', 'POST agent/logout', { delayMs: 1_000 }],
] as const)(
  'a relay that is closed while %s logs an agent out waits for it, and leaves nothing behind',
  async (target, awaited, fault) => {
    const { client, hasLooked, pass, show, relay, clock, simulator } = await withOffice(PHONES_ALONE);
    await hasLooked();
    await pass(5_000);
    await show('1001', 'idle');
    await client.call('agentExtensionsUnbind', { AgentId: '5001', Extensions: ['1001'] });
    await pass(LOOK_MS - 6_000);
    simulator.failNext(target, fault);
    await clock.pass(1_000);
    await simulator.waitForRequest(({ operation }) => operation === awaited, 5_000);
    const closed = relay.close();
    await clock.pass(2_000);
    await closed;
    expect(clock.pending).toBe(0);
    expect(simulator.agents.find('5001').state).toBe('offline');
  },
);

test('a list that is longer than any account’s is not believed', async () => {
  const { simulator, look, whoIsKnown, log, hasLooked } = await aRelay();
  await hasLooked();
  const AgentList = Array.from({ length: 20_001 }, (_, id) => ({ AgentId: id, WorkId: 100_000 + id }));
  simulator.failNext('GET agents', {
    status: 200,
    body: JSON.stringify({ ErrCode: '000000', Result: { AgentList } }),
  });
  await look();
  expect(whoIsKnown()).toEqual(['1001 1002']);
  expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

function logouts(simulator: UdeskSimulator): number {
  return simulator.requests.filter(({ operation }) => operation === 'POST agent/logout').length;
}
