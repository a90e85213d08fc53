import { describe, expect, test } from 'vitest';
import { anAccount } from './account-holder.ts';

describe('faults on demand', () => {
  test('an error status befalls so many requests of one operation, and none is acted upon', async () => {
    await using account = await anAccount();
    account.simulator.failNext('asterisk_receivedCall', {
      status: 503,
      times: 2,
      headers: { 'retry-after': '9' },
    });
    expect(await account.ask('a')).toBe(503);
    expect(await account.ask('a')).toBe(503);
    expect(account.simulator.calls()).toEqual([]);
    expect(await account.ask('a')).toBe('1001');
    expect(account.simulator.violations()).toEqual([]);
  });

  test('an error status may hide a request that was acted upon', async () => {
    await using account = await anAccount();
    account.simulator.failNext('any', { status: 500, heard: true });
    expect(await account.ask('a')).toBe(500);
    expect(account.simulator.calls()).toMatchObject([{ callId: 'a', extension: '1001' }]);
  });

  test('a reset loses the answer of a request that was acted upon, or not if so wished', async () => {
    await using account = await anAccount();
    account.simulator.failNext('any', { silence: 'reset' });
    await expect(account.ask('a')).rejects.toThrow();
    account.simulator.failNext('any', { silence: 'reset', heard: false });
    await expect(account.ask('b')).rejects.toThrow();
    expect(account.simulator.calls()).toMatchObject([{ callId: 'a' }]);
    expect(account.simulator.ledger).toMatchObject([{ status: 'reset' }, { status: 'reset' }]);
  });

  test('a hanging request is in the ledger, and does not keep the simulator from closing', async () => {
    const account = await anAccount();
    account.simulator.failNext('any', { silence: 'hang' });
    const answer = account.ask('a').catch(() => 'cut off');
    await account.simulator.waitFor((entry) => entry.status === 'hang', 5_000);
    await account.simulator.close();
    expect(await answer).toBe('cut off');
  });

  test('a late answer was acted upon at once', async () => {
    await using account = await anAccount();
    account.simulator.failNext('any', { delayMs: 200 });
    const startedAt = performance.now();
    const answer = account.ask('a');
    await account.simulator.waitFor((entry) => entry.callId === 'a', 5_000);
    expect(account.simulator.calls()).toMatchObject([{ extension: '1001' }]);
    expect(await answer).toBe('1001');
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });

  test('a fault for one operation leaves the others alone', async () => {
    await using account = await anAccount();
    account.simulator.failNext('asterisk_lostCall', { status: 500 });
    await account.ask('a');
    expect(await account.lose('a')).toMatchObject({ status: 500 });
    expect(await account.lose('a')).toMatchObject({ status: 200 });
  });
});

describe('scripted answers', () => {
  test('the next asks of a queue get these bodies, byte for byte', async () => {
    await using account = await anAccount();
    account.simulator.answerNext(1, ['"1002 Maria"', '<html>']);
    await account.ask('other', { queueId: '2' });
    const query = { queueId: '1', clientNumber: '4733990777', id: 'a', callDate: '2026-05-01T12:00:00' };
    expect((await account.post('asterisk_receivedCall', query)).body).toBe('"1002 Maria"');
    expect((await account.post('asterisk_receivedCall', query)).body).toBe('<html>');
    expect(await account.transfer('a', '1002')).toMatchObject({ status: 200 });
    expect(account.simulator.violations()).toEqual([]);
  });
});

describe('watching', () => {
  test('one can wait for a request, past or to come', async () => {
    await using account = await anAccount();
    const coming = account.simulator.waitFor((entry) => entry.callId === 'a', 5_000);
    await account.ask('a');
    expect(await coming).toMatchObject({ operation: 'asterisk_receivedCall', status: 200, body: '"1001"' });
    expect(await account.simulator.waitFor((entry) => entry.callId === 'a', 5_000)).toBe(await coming);
  });

  test('waiting in vain ends, and tells what there was', async () => {
    await using account = await anAccount();
    await account.ask('a');
    const waiting = account.simulator.waitFor((entry) => entry.callId === 'b', 20);
    await expect(waiting).rejects.toThrow('asterisk_receivedCall a 200 "1001"');
  });

  test('a listener hears every request until it stops', async () => {
    await using account = await anAccount();
    const heard: string[] = [];
    const stop = account.simulator.onRequest(({ callId }) => heard.push(callId));
    await account.ask('a');
    stop();
    await account.ask('b');
    expect(heard).toEqual(['a']);
  });
});
