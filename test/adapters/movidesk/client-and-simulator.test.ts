import { expect, test } from 'vitest';
import { callIdFrom } from '../../../src/domain/identity.ts';
import {
  type MovideskSimulatorOptions,
  startMovideskSimulator,
} from '../../../src/simulators/movidesk/simulator.ts';
import {
  aClient,
  anExtension,
  aReceivedCall,
  canceled,
  completed,
  failureIn,
  lost,
  madeCallLink,
  NOON,
  TOKEN,
  transfered,
} from './builders.ts';

async function movidesk(options: Partial<MovideskSimulatorOptions> = {}) {
  const simulator = await startMovideskSimulator({
    token: TOKEN,
    requestsPerMinute: 100,
    queues: [{ id: 1, agents: ['1001', '1002'] }],
    now: () => NOON,
    ...options,
  });
  return { simulator, [Symbol.asyncDispose]: () => simulator.close() };
}

const heard = { ok: true, value: undefined };
const named = (digits: string) => ({
  ok: true,
  value: { kind: 'extension', extension: anExtension(digits) },
});

test.each(['seconds', 'minutes'] as const)(
  'the happy path breaks no rule, with dates in %s',
  async (dateFormat) => {
    await using world = await movidesk();
    await using client = aClient({ baseUrl: world.simulator.url, dateFormat });
    expect(await client.ask(aReceivedCall())).toEqual(named('1001'));
    expect(await client.report(transfered)).toEqual(heard);
    expect(await client.report(completed)).toEqual(heard);
    expect(world.simulator.violations()).toEqual([]);
    expect(world.simulator.calls()).toMatchObject([
      {
        clientNumber: '+554733990777',
        callDate: NOON,
        extension: '1001',
        ending: 'completed',
        link: 'https://pbx.example.com/recordings/a b.wav?x=1&y=2',
      },
    ]);
  },
);

test.each([lost, canceled])(
  'a caller who waited in vain ends $kind without breaking a rule',
  async (ending) => {
    await using world = await movidesk();
    await using client = aClient({ baseUrl: world.simulator.url });
    world.simulator.setOnline('1001', false);
    world.simulator.setOnline('1002', false);
    expect(await client.ask(aReceivedCall())).toEqual({ ok: true, value: { kind: 'nobody' } });
    expect(await client.report(ending)).toEqual(heard);
    expect(await client.report(madeCallLink)).toEqual(heard);
    expect(world.simulator.violations()).toEqual([]);
    expect(world.simulator.calls()).toMatchObject([{ phase: 'ended', ending: ending.kind }]);
  },
);

test('a hostile id arrives as it was, and belongs to its caller', async () => {
  await using world = await movidesk();
  await using client = aClient({ baseUrl: world.simulator.url });
  const callId = callIdFrom('pbx&token=x#1%0d%0a é\u{1F4DE}+"');
  expect(await client.ask(aReceivedCall({ callId }))).toEqual(named('1001'));
  expect(world.simulator.calls()).toMatchObject([{ callId }]);
  expect(world.simulator.violations()).toEqual([]);
});

test('what breaks a rule is refused, with the reason', async () => {
  await using world = await movidesk();
  await using client = aClient({ baseUrl: world.simulator.url });
  await client.ask(aReceivedCall());
  const failure = failureIn(await client.report(completed));
  expect(failure).toMatchObject({ kind: 'refused', status: 400 });
  expect(failure.cause).toContain('completedCall before transferedCall');
});

test('a wrong token is unauthorized', async () => {
  await using world = await movidesk();
  await using client = aClient({ baseUrl: world.simulator.url, token: 'another' });
  expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({ kind: 'unauthorized', status: 401 });
});

test('over the limit the client is told how long to wait', async () => {
  await using world = await movidesk({ requestsPerMinute: 2 });
  await using client = aClient({ baseUrl: world.simulator.url });
  await client.ask(aReceivedCall());
  await client.ask(aReceivedCall());
  expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({
    kind: 'throttled',
    retryAfterMs: 60_000,
  });
});

test('a report whose answer was lost may be repeated', async () => {
  await using world = await movidesk();
  await using client = aClient({ baseUrl: world.simulator.url, timeoutMs: 1_000 });
  await client.ask(aReceivedCall());
  world.simulator.failNext('asterisk_transferedCall', { silence: 'reset' });
  expect(failureIn(await client.report(transfered)).kind).toBe('unknown-outcome');
  expect(await client.report(transfered)).toEqual(heard);
  world.simulator.failNext('any', { silence: 'hang' });
  expect(failureIn(await client.report(completed)).kind).toBe('unknown-outcome');
  expect(await client.report(completed)).toEqual(heard);
  expect(world.simulator.repeats).toBe(2);
  expect(world.simulator.violations()).toEqual([]);
});
