import { describe, expect, test } from 'vitest';
import { anAccount } from './account-holder.ts';

describe('the codes', () => {
  test('a holiday answers 0, outside working hours 1', async () => {
    await using account = await anAccount();
    account.simulator.setCalendar(1, 'holiday');
    expect(await account.ask('a')).toBe('0');
    account.simulator.setCalendar(1, 'closed');
    expect(await account.ask('a')).toBe('1');
    account.simulator.setCalendar(1, 'open');
    expect(await account.ask('a')).toBe('1001');
  });

  test('nobody online answers 2, nobody on the phone 3', async () => {
    await using account = await anAccount();
    account.simulator.setOnline('1001', false);
    account.simulator.setOnPhone('1002', false);
    expect(await account.ask('a')).toBe('3');
    account.simulator.setOnline('1002', false);
    expect(await account.ask('a')).toBe('2');
    account.simulator.setOnline('1001', true);
    expect(await account.ask('a')).toBe('1001');
  });

  test('agents who talk answer 4 until a call ends, in whatever queue', async () => {
    await using account = await anAccount();
    expect(await account.ask('a', { queueId: '2' })).toBe('1001');
    await account.transfer('a', '1001');
    expect(await account.ask('b', { queueId: '2' })).toBe('4');
    expect(await account.ask('c')).toBe('1002');
    await account.complete('a');
    expect(await account.ask('b', { queueId: '2' })).toBe('1001');
    expect(account.simulator.violations()).toEqual([]);
  });
});

describe('who is named', () => {
  test('asked again it names different extensions, and starts over when all were named', async () => {
    await using account = await anAccount();
    const named = [await account.ask('a'), await account.ask('a'), await account.ask('a')];
    expect(named).toEqual(['1001', '1002', '1001']);
  });

  test('starting over, it still does not name the same one twice running', async () => {
    await using account = await anAccount();
    const named = [await account.ask('a'), await account.ask('a'), await account.ask('a')];
    expect(await account.ask('b')).toBe('1002');
    await account.cancel('b');
    expect([...named, await account.ask('a')]).toEqual(['1001', '1002', '1001', '1002']);
  });

  test('asking again gives up the agent named before', async () => {
    await using account = await anAccount();
    expect(await account.ask('a', { queueId: '2' })).toBe('1001');
    account.simulator.setCalendar(2, 'closed');
    expect(await account.ask('a', { queueId: '2' })).toBe('1');
    expect(await account.ask('b')).toBe('1001');
  });

  test('the order goes round from call to call', async () => {
    await using account = await anAccount();
    expect(await account.ask('a')).toBe('1001');
    await account.cancel('a');
    expect(await account.ask('b')).toBe('1002');
    await account.cancel('b');
    expect(await account.ask('c')).toBe('1001');
  });

  test('an agent named to a call is kept from others until the naming runs out', async () => {
    await using account = await anAccount({ queues: [{ id: 1, agents: ['1001'] }] });
    expect(await account.ask('a')).toBe('1001');
    expect(await account.ask('b')).toBe('4');
    account.clock.now += 15_001;
    // Now the first caller waits again, ahead of the second.
    expect(await account.ask('b')).toBe('4');
    expect(await account.ask('a')).toBe('1001');
    await account.cancel('a');
    expect(await account.ask('b')).toBe('1001');
  });

  test('an agent who wraps up is named to nobody until they are done', async () => {
    const queues = [{ id: 1, agents: ['1001'] }];
    await using account = await anAccount({ queues, wrapUpMs: (callId) => (callId === 'a' ? 30_000 : 0) });
    await account.ask('a');
    await account.transfer('a', '1001');
    await account.complete('a');
    expect(await account.ask('b')).toBe('4');
    account.clock.now += 30_000;
    expect(await account.ask('b')).toBe('1001');
    await account.transfer('b', '1001');
    await account.complete('b');
    expect(await account.ask('c')).toBe('1001');
  });

  test('without reservation two calls may be given the same agent', async () => {
    await using account = await anAccount({ reserveNamed: false, queues: [{ id: 1, agents: ['1001'] }] });
    expect(await account.ask('a')).toBe('1001');
    expect(await account.ask('b')).toBe('1001');
  });
});

describe('the line', () => {
  test('who came later waits while an earlier caller has nobody', async () => {
    await using account = await anAccount({ queues: [{ id: 1, agents: ['1001'] }] });
    await account.ask('talking');
    await account.transfer('talking', '1001');
    expect(await account.ask('first')).toBe('4');
    expect(await account.ask('second')).toBe('4');
    await account.complete('talking');
    expect(await account.ask('second')).toBe('4');
    expect(await account.ask('first')).toBe('1001');
  });

  test('without a line whoever asks gets the agent', async () => {
    await using account = await anAccount({ firstInFirstOut: false, queues: [{ id: 1, agents: ['1001'] }] });
    await account.ask('talking');
    await account.transfer('talking', '1001');
    await account.ask('first');
    await account.complete('talking');
    expect(await account.ask('second')).toBe('1001');
  });

  test('an earlier caller who has an agent does not hold up the next', async () => {
    await using account = await anAccount();
    expect(await account.ask('first')).toBe('1001');
    expect(await account.ask('second')).toBe('1002');
  });

  test('an earlier caller who was told that nobody is there does not hold up the next', async () => {
    await using account = await anAccount();
    account.simulator.setCalendar(1, 'closed');
    await account.ask('first');
    account.simulator.setCalendar(1, 'open');
    expect(await account.ask('second')).toBe('1001');
  });
});

test('a snapshot tells who waits, who talks and who is free', async () => {
  await using account = await anAccount();
  await account.ask('a');
  await account.transfer('a', '1001');
  await account.ask('b');
  account.clock.now += 5_000;
  account.simulator.setOnPhone('1002', false);
  expect(account.simulator.snapshot()[0]).toEqual({
    queueId: 1,
    calendar: 'open',
    waiting: [{ callId: 'b', clientNumber: '4733990777', waitedMs: 5_000, named: '1002' }],
    talking: [{ callId: 'a', extension: '1001' }],
    agents: [
      { extension: '1001', isOnline: true, isOnPhone: true, isTalking: true },
      { extension: '1002', isOnline: true, isOnPhone: false, isTalking: false },
    ],
  });
});
