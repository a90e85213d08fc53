import { describe, expect, test } from 'vitest';
import { anAccount, NOON } from './account-holder.ts';

type Account = Awaited<ReturnType<typeof anAccount>>;

const iso = (at: number) => new Date(at).toISOString().slice(0, 19);
const RECEIVED = { queueId: '1', clientNumber: '47', id: 'a', callDate: iso(NOON) };

async function talking(account: Account, id: string) {
  await account.transfer(id, await account.ask(id));
}

describe('the form of a request', () => {
  test.each<[string, Record<string, string>]>([
    ['callDate is required', { callDate: '' }],
    ['queueId is not an int', { queueId: 'one' }],
    ['queueId is not an int', { queueId: '2147483648' }],
    ['queueId is longer than 10', { queueId: '00000000001' }],
    ['no queue 7', { queueId: '7' }],
    ['clientNumber is longer than 128', { clientNumber: '4'.repeat(129) }],
    ['clientNumber begins or ends with a blank', { clientNumber: ' 5547' }],
    ['id is longer than 256', { id: 'i'.repeat(257) }],
    ['unknown parameter link', { link: 'https://x.example' }],
    ['callDate is not a date', { callDate: '2026-5-1T12:00:00' }],
    ['callDate is not a date', { callDate: '2026-05-01T12:00:00Z' }],
    ['callDate is not a date', { callDate: '2026-04-31T12:00:00' }],
    ['callDate is not a date', { callDate: '2026-05-01T24:00:00' }],
    ['lies in the future', { callDate: iso(NOON + 120_001 + 999) }],
    ['more than a day old', { callDate: iso(NOON - 86_400_001) }],
  ])('%s: 400 and a violation', async (breach, change) => {
    await using account = await anAccount();
    const { status, body } = await account.post('asterisk_receivedCall', { ...RECEIVED, ...change });
    expect(status).toBe(400);
    expect(JSON.parse(body).message).toContain(breach);
    expect(account.simulator.violations()).toEqual([expect.stringContaining(breach)]);
    expect(account.simulator.calls()).toEqual([]);
  });

  test('dates without seconds, and a clock two minutes ahead, are fine', async () => {
    await using account = await anAccount();
    expect(await account.ask('a', { callDate: '2026-05-01T12:00' })).toBe('1001');
    expect(await account.ask('b', { callDate: iso(NOON + 120_000) })).toBe('1002');
    expect(account.simulator.violations()).toEqual([]);
  });

  test('a link must be one, and that of a made call is short', async () => {
    await using account = await anAccount();
    await talking(account, 'a');
    expect(await account.complete('a', { link: '/recordings/a.wav' })).toMatchObject({ status: 400 });
    const long = `https://pbx.example.com/${'a'.repeat(250)}`;
    expect(await account.post('setMadeCallLink', { id: 'x', Link: long })).toMatchObject({ status: 400 });
    expect(await account.complete('a', { link: long })).toMatchObject({ status: 200 });
    expect(await account.post('setMadeCallLink', { id: 'x', Link: 'https://a.example/x.wav' })).toMatchObject(
      { status: 200 },
    );
    expect(account.simulator.violations()).toHaveLength(2);
  });

  test('a missing or wrong token is 401, and never shown', async () => {
    await using account = await anAccount();
    expect(await account.post('asterisk_canceledCall', { token: 'sesame' })).toMatchObject({ status: 401 });
    expect(await account.send('asterisk_canceledCall?id=a')).toMatchObject({ status: 401 });
    expect(account.simulator.violations()).toHaveLength(2);
    expect(JSON.stringify([account.simulator.ledger, account.simulator.violations()])).not.toContain(
      'sesame',
    );
  });

  test('another method, path or a body is a violation', async () => {
    await using account = await anAccount();
    const query = new URLSearchParams({ token: '155cac97-f203-4bb8-86e1-aa4cb8781f3e', ...RECEIVED });
    const path = `asterisk_receivedCall?${query}`;
    expect(await account.send(path, { method: 'GET' })).toMatchObject({ status: 405 });
    expect(await account.send(path, { body: '{}' })).toMatchObject({ status: 400 });
    expect(await account.send(`${path}&id=b`)).toMatchObject({ status: 400 });
    expect(await account.send(path.replace('clientNumber=47', 'clientNumber=%E9'))).toMatchObject({
      status: 400,
    });
    expect(await account.send('asterisk_ReceivedCall')).toMatchObject({ status: 404 });
    expect(account.simulator.violations()).toHaveLength(5);
    expect(account.simulator.calls()).toEqual([]);
  });
});

describe('the order of a call', () => {
  test.each<[string, (account: Account) => Promise<unknown>]>([
    ['an id of one queue used for another', (account) => account.ask('waiting', { queueId: '2' })],
    ['an id used with another number', (account) => account.ask('waiting', { clientNumber: '48' })],
    ['asking for a call that talks', (account) => account.ask('talking')],
    ['asking for a call that ended', (account) => account.ask('ended')],
    ['transfering an id never received', (account) => account.transfer('nobody', '1001')],
    ['transfering to another extension', (account) => account.transfer('waiting', '1001')],
    ['transfering before the call came', (account) => account.transfer('waiting', '1002', iso(NOON - 1_000))],
    ['transfering twice', (account) => account.transfer('talking', '1001', iso(NOON + 1_000))],
    ['transfering after the end', (account) => account.transfer('ended', '1001')],
    ['completing an id never received', (account) => account.complete('nobody')],
    ['completing before the transfer', (account) => account.complete('waiting')],
    [
      'completing dated before the transfer',
      (account) => account.complete('talking', { completedDate: iso(NOON - 1_000) }),
    ],
    [
      'completing in the future',
      (account) => account.complete('talking', { completedDate: iso(NOON + 180_000) }),
    ],
    ['losing after the transfer', (account) => account.lose('talking')],
    [
      'losing dated before the call came',
      (account) => account.lose('waiting', { completedDate: iso(NOON - 1_000) }),
    ],
    ['canceling after the transfer', (account) => account.cancel('talking')],
    ['canceling an id never received', (account) => account.cancel('nobody')],
    ['another ending', (account) => account.lose('ended')],
    ['the same ending with another date', (account) => account.cancel('ended', iso(NOON + 1_000))],
  ])('%s is one violation, and changes nothing', async (_, breach) => {
    await using account = await anAccount();
    await account.ask('ended');
    await account.cancel('ended');
    await account.ask('talking');
    await account.ask('talking');
    await account.transfer('talking', '1001');
    await account.ask('waiting');
    expect(account.simulator.violations()).toEqual([]);
    const before = account.simulator.calls();
    await breach(account);
    expect(account.simulator.violations()).toHaveLength(1);
    expect(account.simulator.ledger.at(-1)).toMatchObject({ status: 400 });
    expect(account.simulator.calls()).toEqual(before);
  });

  test('reports repeated word for word change nothing and are counted', async () => {
    await using account = await anAccount();
    await talking(account, 'a');
    await account.transfer('a', '1001', iso(NOON));
    await account.complete('a');
    await account.complete('a');
    await account.transfer('a', '1001', iso(NOON));
    await account.ask('b');
    await account.cancel('b');
    await account.cancel('b');
    expect(account.simulator.violations()).toEqual([]);
    expect(account.simulator.repeats).toBe(4);
  });

  test('a later code does not take back the extension named before', async () => {
    await using account = await anAccount();
    await account.ask('a');
    account.simulator.setCalendar(1, 'closed');
    expect(await account.ask('a')).toBe('1');
    expect(await account.transfer('a', '1001')).toMatchObject({ status: 200 });
  });
});

describe('the limit', () => {
  test('one request too many in any 60 seconds is 429, and says when to come back', async () => {
    await using account = await anAccount({ requestsPerMinute: 2 });
    await account.ask('a');
    account.clock.now += 40_000;
    await account.ask('a');
    account.clock.now += 19_999;
    const response = await fetch(`${account.simulator.url}/asterisk_receivedCall`, { method: 'POST' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('41');
    expect(account.simulator.violations()).toHaveLength(1);
    account.clock.now += 41_000;
    expect(await account.ask('a')).not.toBe(429);
  });

  test('exactly the limit in a minute, minute after minute, is fine', async () => {
    await using account = await anAccount({ requestsPerMinute: 10 });
    for (let request = 0; request < 50; request += 1) {
      await account.ask('a');
      account.clock.now += 6_000;
    }
    expect(account.simulator.violations()).toEqual([]);
    expect(account.simulator.ledger).toHaveLength(50);
  });
});
