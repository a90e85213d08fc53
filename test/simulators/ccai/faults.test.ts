import { describe, expect, test } from 'vitest';
import { aPlatform } from './platform.ts';

const INCOMING = { call_type: 'Voice Inbound (API)', menu_id: 9, end_user_number: '+1 202-555-0101' };
const asked = { body: INCOMING };

describe('a fault', () => {
  test.each([401, 429, 500, 502])('%i befalls so many requests, and none creates a call', async (status) => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('incoming-call', { status, times: 2 });
    expect(await platform.ask(asked)).toMatchObject({ status });
    expect(await platform.ask(asked)).toMatchObject({ status });
    expect(platform.simulator.calls).toEqual([]);
    expect(await platform.ask(asked)).toMatchObject({ status: 201 });
    expect(platform.simulator.violations).toEqual([]);
  });

  test('may hide a call that was created behind a 500', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('any', { status: 500, heard: true });
    expect(await platform.ask(asked)).toMatchObject({ status: 500 });
    expect(platform.simulator.calls).toHaveLength(1);
  });

  test.each(['<html><body>Bad Gateway</body></html>', '{"id":', ''])(
    'may be an answer of %s',
    async (body) => {
      await using platform = await aPlatform();
      platform.simulator.faults.add('any', { status: 201, body, headers: { 'content-type': 'text/html' } });
      expect(await platform.ask(asked)).toMatchObject({ status: 201, text: body });
    },
  );

  test.each(['before', 'midway'] as const)(
    'cuts the answer off, %s, after the call was created',
    async (cut) => {
      await using platform = await aPlatform();
      platform.simulator.faults.add('any', { cut });
      await expect(platform.ask(asked)).rejects.toThrow();
      expect(platform.simulator.calls).toHaveLength(1);
      expect(platform.simulator.ledger).toMatchObject([{ status: 'cut', answer: { id: 1 } }]);
    },
  );

  test('cuts off in the middle even where there is nothing to say', async () => {
    await using platform = await aPlatform();
    platform.simulator.agents.change('allen@somedomain.com', 'acts-in-widget');
    platform.simulator.faults.add('outbound-call', { cut: 'midway' });
    const body = {
      call_type: 'Voice Outbound (API)',
      agent_email: 'allen@somedomain.com',
      end_user_number: '+1 202-555-0101',
    };
    await expect(platform.ask({ body })).rejects.toThrow();
  });

  test('may come before anything is created', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('any', { cut: 'before', heard: false });
    await expect(platform.ask(asked)).rejects.toThrow();
    expect(platform.simulator.calls).toEqual([]);
  });

  test('of silence does not keep the simulator from closing', async () => {
    const platform = await aPlatform();
    platform.simulator.faults.add('any', { silence: true });
    const answer = platform.ask(asked).catch(() => 'cut off');
    await platform.simulator.waitForRequest(({ status }) => status === 'silence', 5_000);
    expect(platform.simulator.calls).toHaveLength(1);
    await platform.simulator.close();
    expect(await answer).toBe('cut off');
  });

  test('of slowness creates the call at once, and answers when its time has come', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('incoming-call', { delayMs: 30_000 });
    let isAnswered = false;
    const answer = platform.ask(asked).then((answered) => {
      isAnswered = true;
      return answered;
    });
    await platform.simulator.waitForRequest(() => true, 5_000);
    expect(platform.simulator.calls).toHaveLength(1);
    await platform.clock.pass(29_999);
    // Another request goes to and fro: the first one had every chance to be answered.
    await platform.ask({ method: 'GET', path: '/calls/1/customer_flag' });
    expect(isAnswered).toBe(false);
    await platform.clock.pass(1);
    expect(await answer).toMatchObject({ status: 201 });
  });

  test('befalls what it is meant for, and can be called off', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('patch-flags', { status: 500, times: Number.POSITIVE_INFINITY });
    expect(await platform.ask(asked)).toMatchObject({ status: 201 });
    const patch = { method: 'PATCH', path: '/calls/1/customer_flag', body: { bad_actor: true } };
    expect(await platform.ask(patch)).toMatchObject({ status: 500 });
    platform.simulator.faults.end();
    expect(await platform.ask(patch)).toMatchObject({ status: 200 });
  });
});

describe('down', () => {
  test('connections are refused until it comes up again at the same address, with all that was there', async () => {
    await using platform = await aPlatform();
    await platform.ask(asked);
    const { baseUrl } = platform.simulator;
    await platform.simulator.goDown();
    await expect(platform.ask(asked)).rejects.toThrow();
    await platform.simulator.comeUp();
    expect(platform.simulator.baseUrl).toBe(baseUrl);
    expect(await platform.ask(asked)).toMatchObject({ json: { id: 2 } });
  });
});

describe('watching', () => {
  test('a listener hears every request until it stops', async () => {
    await using platform = await aPlatform();
    const heard: unknown[] = [];
    const stop = platform.simulator.onRequest(({ status }) => heard.push(status));
    await platform.ask(asked);
    stop();
    await platform.ask(asked);
    expect(heard).toEqual([201]);
  });
});
