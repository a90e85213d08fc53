import { expect, test } from 'vitest';
import type { Relay } from '../../../src/domain/relay/relay.ts';
import { aRelay, extension } from './relay-world.ts';

const DELIVERED = { ok: true, value: undefined };
const PREFIX = '9031046856';
const LANDLINE = '01067654637';

/** The agent 5001 talks on a call that Udesk knows as well. */
async function talking(settings: { extensionPrefix?: string } = {}) {
  const world = await aRelay({ settings });
  await world.hasLooked();
  await world.show('1001', 'busy');
  const { simulator, relay } = world;
  const callId = simulator.calls.talk({ agentId: '5001', destNumber: '13676546374' });
  const linked = { extension: extension('1001'), linkedCall: callId };
  return {
    ...world,
    linked,
    call: () => simulator.calls.find(callId),
    tell: (deed: { kind: 'call-held' | 'call-resumed' } | { kind: 'call-transferred'; to: string }) =>
      relay.deliver({ ...linked, ...deed } as Relay),
    controls: () =>
      simulator.ledger.flatMap((one) => ('callId' in one && one.what !== 'call' ? [one.what] : [])),
  };
}

test('a call is held, taken back and transferred as the agent does it', async () => {
  const { tell, call, controls, simulator } = await talking({ extensionPrefix: PREFIX });
  expect(await tell({ kind: 'call-held' })).toEqual(DELIVERED);
  expect(call().held).toBe(true);
  expect(await tell({ kind: 'call-resumed' })).toEqual(DELIVERED);
  expect(call().held).toBe(false);
  expect(await tell({ kind: 'call-transferred', to: LANDLINE })).toEqual(DELIVERED);
  expect(call().transferredTo).toBe(LANDLINE);
  expect(controls()).toEqual(['hold', 'resume', 'transfer']);
  expect(simulator.violations()).toEqual([]);
});

test('a call that goes to another agent is sent to their extension as Udesk dials it', async () => {
  const { tell, call, simulator } = await talking({ extensionPrefix: PREFIX });
  expect(await tell({ kind: 'call-transferred', to: '1002' })).toEqual(DELIVERED);
  expect(call().transferredTo).toBe(`${PREFIX}1002`);
  expect(simulator.violations()).toEqual([]);
});

test('without a prefix the bare extension is sent', async () => {
  const { tell, simulator } = await talking();
  await tell({ kind: 'call-transferred', to: '1002' });
  const { body } = simulator.requests.findLast(({ operation }) => operation === 'POST transfer/agent') ?? {};
  expect(body).toMatchObject({ agent_phone: '1002', agent_type: 'anonymous', agent_id: '5001' });
});

test('a call that went where Udesk can dial nobody is not sent anywhere, and a person hears of it', async () => {
  const { tell, controls, simulator } = await talking();
  expect(await tell({ kind: 'call-transferred', to: '4711' })).toMatchObject({
    failure: { kind: 'refused', status: 0, cause: expect.not.stringContaining('4711') },
  });
  expect(controls()).toEqual([]);
  expect(simulator.violations()).toEqual([]);
});

test.each([
  ['lost', { silence: 'reset' }, 'unknown-outcome'],
  ['a fault', { status: 500, heard: true }, 'broken'],
] as const)(
  'what Udesk has done although its answer was %s is not refused the second time',
  async (_, fault, kind) => {
    const { tell, controls, simulator } = await talking();
    simulator.failNext('POST agent/hold', fault);
    expect(await tell({ kind: 'call-held' })).toMatchObject({ failure: { kind } });
    simulator.failNext('POST agent/hold', { status: 503 });
    expect(await tell({ kind: 'call-held' })).toMatchObject({ failure: { kind: 'broken' } });
    expect(await tell({ kind: 'call-held' })).toEqual(DELIVERED);
    expect(controls()).toEqual(['hold']);
  },
);

test('what Udesk refuses at once is refused', async () => {
  const { tell } = await talking();
  expect(await tell({ kind: 'call-resumed' })).toMatchObject({ failure: { kind: 'refused' } });
  expect(await tell({ kind: 'call-resumed' })).toMatchObject({ failure: { kind: 'refused' } });
});

test('a call of an agent who has no seat any more is not passed over in silence', async () => {
  const { relay, hasLooked } = await aRelay();
  await hasLooked();
  const gone = { extension: extension('1003'), linkedCall: 'bc1cc555' };
  const failure = { kind: 'refused', cause: expect.stringContaining('1003') };
  expect(await relay.deliver({ kind: 'call-held', ...gone })).toMatchObject({ failure });
});

test('the phone of a call of Udesk’s is in use without anybody being taken by it', async () => {
  const { takenAndFree, simulator, states, show, pass } = await talking();
  await pass(20_000);
  const [call] = simulator.calls.all();
  simulator.calls.step(call?.callId ?? '', 'user_hangup');
  await show('1001', 'idle');
  await pass(20_000);
  expect(states('5001')).toEqual(['idle', 'busy', 'inCall', 'busy', 'idle']);
  expect(takenAndFree()).toEqual([]);
});

test('what was refused after a restart, and may have been done before it, counts as done', async () => {
  const { relay, simulator, clock, notes, linked } = await talking();
  simulator.failNext('POST agent/hold', { silence: 'reset' });
  const held = { ...linked, kind: 'call-held' } as Relay;
  await relay.deliver(held);
  const second = await aRelay({ after: { simulator, clock, notes } });
  await second.hasLooked();
  expect(await second.relay.deliver(held, { mayBeDone: false })).toMatchObject({
    failure: { kind: 'refused' },
  });
  expect(await second.relay.deliver(held, { mayBeDone: true })).toEqual(DELIVERED);
});
