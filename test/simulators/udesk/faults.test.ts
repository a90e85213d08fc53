import { describe, expect, test } from 'vitest';
import { anAgentClient } from './agent-client.ts';
import { aCallCentre, NOON } from './call-centre.ts';

const LOGIN = { body: { agent_Id: '10031' } };

describe('REST', () => {
  test.each([401, 500, 502])('a %i befalls so many requests, and none is acted upon', async (status) => {
    await using centre = await aCallCentre();
    centre.simulator.failNext('POST agent/login', { status, times: 2 });
    expect(await centre.call('POST agent/login', LOGIN)).toMatchObject({ status });
    expect(await centre.call('POST agent/login', LOGIN)).toMatchObject({ status });
    expect(centre.simulator.ledger).toEqual([]);
    expect(await centre.call('POST agent/login', LOGIN)).toMatchObject({ status: 200 });
    expect(centre.simulator.violations()).toEqual([]);
  });

  test.each(['<html><body>Bad Gateway</body></html>', '{"ErrCode":', ''])(
    'an answer may be %s',
    async (body) => {
      await using centre = await aCallCentre();
      centre.simulator.failNext('any', { status: 200, body, headers: { 'content-type': 'text/html' } });
      expect(await centre.call('GET agents')).toMatchObject({ status: 200, text: body });
    },
  );

  test('an error may hide a request that was acted upon', async () => {
    await using centre = await aCallCentre();
    centre.simulator.failNext('any', { status: 500, heard: true });
    expect(await centre.call('POST agent/login', LOGIN)).toMatchObject({ status: 500 });
    expect(centre.simulator.agents.find('10031').state).toBe('idle');
  });

  test('a reset loses the answer of a request that was acted upon', async () => {
    await using centre = await aCallCentre();
    centre.simulator.failNext('any', { silence: 'reset' });
    await expect(centre.call('POST agent/login', LOGIN)).rejects.toThrow();
    expect(centre.simulator.agents.find('10031').state).toBe('idle');
    expect(centre.simulator.requests).toMatchObject([{ operation: 'POST agent/login', status: 'reset' }]);
  });

  test('a hanging request does not keep the simulator from closing', async () => {
    const centre = await aCallCentre();
    centre.simulator.failNext('any', { silence: 'hang' });
    const answer = centre.call('GET agents').catch(() => 'cut off');
    await centre.simulator.waitForRequest(({ status }) => status === 'hang', 5_000);
    await centre.simulator.close();
    expect(await answer).toBe('cut off');
  });

  test('a slow answer was acted upon at once, and comes when its time has come', async () => {
    await using centre = await aCallCentre();
    centre.simulator.failNext('POST agent/login', { delayMs: 30_000 });
    let isAnswered = false;
    const answer = centre.call('POST agent/login', LOGIN).then((answered) => {
      isAnswered = true;
      return answered;
    });
    const login = await centre.simulator.waitFor(({ what }) => what === 'agent-logged-in', 5_000);
    expect(login.at).toBe(NOON);
    await centre.clock.pass(29_999);
    // Another request goes to and fro: the first one had every chance to be answered.
    await centre.call('GET agents');
    expect(isAnswered).toBe(false);
    await centre.clock.pass(1);
    expect(await answer).toMatchObject({ status: 200 });
  });

  test('faults that wait can be ended', async () => {
    await using centre = await aCallCentre();
    centre.simulator.failNext('any', { status: 500, times: Number.POSITIVE_INFINITY });
    expect(await centre.call('GET agents')).toMatchObject({ status: 500 });
    centre.simulator.endFaults();
    expect(await centre.call('GET agents')).toMatchObject({ status: 200 });
  });
});

describe('down', () => {
  test('connections are refused until it comes up again at the same address, with all that was there', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    await centre.call('POST agent/login', LOGIN);
    await centre.simulator.goDown();
    await client.closed;
    await expect(centre.call('GET agents')).rejects.toThrow('ECONNREFUSED');
    await expect(anAgentClient(centre, '10031')).rejects.toThrow('ECONNREFUSED');
    await centre.simulator.comeUp();
    expect(await centre.call('GET agents')).toMatchObject({ status: 200 });
    expect(centre.simulator.agents.find('10031').state).toBe('idle');
  });
});

describe('sessions', () => {
  test('a connection breaks off without a word, and the agent stays what they were', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    await client.login({ State: 'busy' });
    centre.simulator.sessions.drop();
    // 1006: no closing frame.
    expect(await client.closed).toBe(1006);
    expect(centre.simulator.agents.find('10031').state).toBe('busy');
  });

  test('a session is refused so many times', async () => {
    await using centre = await aCallCentre();
    centre.simulator.failNext('session', { status: 502 });
    await expect(anAgentClient(centre, '10031')).rejects.toThrow('502');
    await using client = await anAgentClient(centre, '10031');
    expect(await client.login()).toMatchObject({ ErrCode: '000000' });
  });

  test('a handshake may be reset, or hang', async () => {
    const centre = await aCallCentre();
    centre.simulator.failNext('session', { silence: 'reset' });
    await expect(anAgentClient(centre, '10031')).rejects.toThrow();
    centre.simulator.failNext('session', { silence: 'hang' });
    const hanging = anAgentClient(centre, '10031').then(
      () => 'open',
      () => 'cut off',
    );
    await centre.simulator.waitForRequest(({ status }) => status === 'hang', 5_000);
    await centre.simulator.close();
    expect(await hanging).toBe('cut off');
  });

  test('a request is heard and never answered', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    centre.simulator.failNext('message', { silence: 'hang' });
    void client.login();
    await client.event('agentStateChange');
    await client.ask('getState');
    expect(client.received.filter(({ Method }) => Method === 'login')).toEqual([]);
    expect(centre.simulator.requests).toMatchObject([
      { door: 'session' },
      { door: 'message', operation: 'login', status: 'hang' },
      { door: 'message', operation: 'getState', status: 200, code: '000000' },
    ]);
  });

  test('a request is answered late, with a code, with garbage, or by breaking off', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    centre.simulator.failNext('message', { delayMs: 9_000 });
    const late = client.login();
    await client.event('agentStateChange');
    await centre.clock.pass(9_000);
    expect(await late).toMatchObject({ ErrCode: '000000' });
    centre.simulator.failNext('message', { errCode: '000003' });
    expect(await client.ask('setState', { State: 'busy' })).toMatchObject({
      ...{ ErrCode: '000003', ErrDesc: 'System internal error', Method: 'setState' },
    });
    expect(centre.simulator.agents.find('10031').state).toBe('idle');
    centre.simulator.failNext('message', { status: 200, body: '{"Ver":"9"}' });
    void client.ask('getState');
    expect(await client.next(({ Ver }) => Ver === '9')).toEqual({ Ver: '9' });
    centre.simulator.failNext('message', { silence: 'reset' });
    void client.ask('setState', { State: 'busy' });
    expect(await client.closed).toBe(1006);
    expect(centre.simulator.agents.find('10031').state).toBe('busy');
  });
});

describe('watching', () => {
  test('one can wait for what happens, and is told what did when it does not', async () => {
    await using centre = await aCallCentre();
    const coming = centre.simulator.waitFor(({ what }) => what === 'agent-logged-in', 5_000);
    centre.simulator.agents.logIn('10031');
    expect(await coming).toMatchObject({ agentId: '10031', by: 'hand' });
    const waiting = centre.simulator.waitFor(({ what }) => what === 'hold', 20);
    await expect(waiting).rejects.toThrow('"what":"agent-logged-in"');
  });

  test('a listener hears everything until it stops', async () => {
    await using centre = await aCallCentre();
    const heard: string[] = [];
    const stop = centre.simulator.onHappening(({ what }) => heard.push(what));
    centre.simulator.agents.logIn('10031');
    stop();
    centre.simulator.agents.logOut('10031');
    expect(heard).toEqual(['agent-logged-in', 'agent-state']);
  });
});
