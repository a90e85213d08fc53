import { describe, expect, test } from 'vitest';
import { aClosedPort, aTcpServer, aWebServer } from '../movidesk/far-side.ts';
import { APP_ID, AUTH_TOKEN, aClient, aUdesk, baseUrlOf, SID, SIGN } from './udesk-server.ts';

const HELD = { call_id: 'c-1', agent_id: '111', on_succ: 'x', on_failed: 'x' };
const NUMBER = '015652692674';

/** The failure of an outcome that must be one. */
function failureIn<Failed>(outcome: { ok: true } | { ok: false; failure: Failed }): Failed {
  if (outcome.ok) throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

const MIB = 1024 * 1024;

describe('the signature', () => {
  test('signs the very timestamp that is sent, in seconds', async () => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: udesk.baseUrl });
    await client.call('queueDelete', { QueueId: '9009' });
    expect(udesk.requests[0]?.query).toEqual({
      Timestamp: '1566446286',
      AppId: APP_ID,
      Sid: SID,
      Sign: SIGN,
    });
  });

  test('and in milliseconds', async () => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: udesk.baseUrl, timestampUnit: 'milliseconds' });
    await client.call('queueDelete', { QueueId: '9009' });
    expect(udesk.requests[0]?.query).toMatchObject({
      Timestamp: '1566446286123',
      Sign: 'acb278056a2f9e49693fd277569e65663f80d0dd',
    });
  });

  test('is made anew for every request, since it holds for ten minutes only', async () => {
    let now = 1_566_446_286_000;
    await using udesk = await aUdesk();
    await using client = aClient({
      baseUrl: udesk.baseUrl,
      clock: { now: () => now, monotonic: () => 0, after: () => () => {} },
    });
    await client.call('queueDelete', { QueueId: '9009' });
    now += 600_000;
    await client.call('queueDelete', { QueueId: '9009' });
    const [first, second] = udesk.requests.map(({ query }) => query);
    expect([first?.['Timestamp'], second?.['Timestamp']]).toEqual(['1566446286', '1566446886']);
    expect(second?.['Sign']).not.toBe(first?.['Sign']);
  });

  test('of an account without an application yet leaves AppId out', async () => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: udesk.baseUrl, appId: undefined });
    await client.call('appCreate', { Name: 'x', Type: 1, CallbackUrl: '' });
    expect(udesk.requests[0]?.query).toEqual({ Timestamp: '1566446286', Sid: SID, Sign: SIGN });
  });
});

describe('what is sent', () => {
  test('a slash at the end of the base URL changes nothing', async () => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: `${udesk.baseUrl}/` });
    await client.call('queueDelete', { QueueId: '9009' });
    expect(udesk.requests[0]?.path).toBe('/ccapi/v2/queues');
  });

  test.each([
    ['7765/../1?x=1#y', '7765%2F..%2F1%3Fx%3D1%23y'],
    ['客服 1', '%E5%AE%A2%E6%9C%8D%201'],
    ['a%2Fb', 'a%252Fb'],
    ['\uD800', '%EF%BF%BD'],
    ['...', '...'],
  ])('the path parameter %j stays one segment', async (AgentId, segment) => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: udesk.baseUrl });
    await client.call('agentDelete', { AgentId });
    expect(udesk.requests[0]?.path).toBe(`/ccapi/v2/agents/${segment}`);
  });

  test.each(['', ' ', '.', '..', ' .. '])('with the path parameter %j nothing is sent', async (AgentId) => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(failureIn(await client.call('agentDelete', { AgentId }))).toEqual({
      kind: 'refused',
      status: 0,
      cause: 'DELETE agents/{AgentId}: not sent, its path parameter is empty',
    });
    expect(udesk.requests).toHaveLength(0);
  });

  test('GET and DELETE carry their body, with its length', async () => {
    const requests: string[] = [];
    await using server = await aTcpServer((socket) => {
      let raw = '';
      socket.on('data', (chunk) => {
        raw += chunk;
        if (!raw.endsWith('}')) return;
        requests.push(raw);
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 32\r\n\r\n{"ErrCode":"000000","Result":{}}');
      });
    });
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    expect(await client.call('callLogs')).toEqual({ ok: true, value: { CallLogs: [] } });
    expect(await client.call('callResume', HELD)).toEqual({ ok: true, value: null });
    const [logs, resume] = requests;
    expect(requests).toHaveLength(2);
    expect(logs).toMatch(
      /^GET \/ccapi\/v2\/calls\/logs\?Timestamp=1566446286&AppId=[\w-]+&Sid=\w+&Sign=\w+ HTTP\/1\.1\r\n/,
    );
    expect(logs).toMatch(/\r\ncontent-length: 2\r\n\r\n\{\}$/i);
    expect(resume).toMatch(
      /^DELETE \/ccapi\/v2\/agent\/hold\?Timestamp=1566446286&Sid=\w+&Sign=\w+ HTTP\/1\.1\r\n/,
    );
    expect(resume).toMatch(/\r\ncontent-length: 64\r\n\r\n\{"call_id":"c-1",.*"on_failed":"x"\}$/i);
  });

  test('a GET without parameters carries none, nor a length', async () => {
    let raw = '';
    await using server = await aTcpServer((socket) => {
      socket.on('data', (chunk) => {
        raw += chunk;
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 32\r\n\r\n{"ErrCode":"000000","Result":[]}');
      });
    });
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    expect(await client.call('subscriptionList')).toEqual({ ok: true, value: [] });
    expect(raw).toMatch(/\r\n\r\n$/);
    expect(raw).not.toMatch(/content-length|transfer-encoding/i);
  });

  test('what the operation does not know is not sent, were it there in spite of the types', async () => {
    await using udesk = await aUdesk();
    await using client = aClient({ baseUrl: udesk.baseUrl });
    const given = { QueueId: '9009', Secret: 's3cr3t' };
    await client.call('queueDelete', given);
    expect(udesk.requests[0]?.body).toBe('{"QueueId":"9009"}');
  });
});

describe('a far side that answers', () => {
  test('an error with 200 is a failure with its name, code and request', async () => {
    await using udesk = await aUdesk({
      answer: { ErrCode: '100018', ErrDesc: 'RecordNotFound', Result: null },
    });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(failureIn(await client.call('agentGet', { AgentId: '7765' }))).toEqual({
      kind: 'refused',
      status: 200,
      cause: 'RecordNotFound (100018): GET agents/7765: 200 RecordNotFound',
      error: { name: 'RecordNotFound', code: '100018' },
    });
  });

  test('an error with 422 too', async () => {
    const answer = { ErrCode: '100015', ErrDesc: 'NumberIsExisted' };
    await using udesk = await aUdesk({ status: 422, answer });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(failureIn(await client.call('extensionCreate', { Extension: '4567' }))).toMatchObject({
      kind: 'refused',
      status: 422,
      cause: `NumberIsExisted (100015): POST extensions: 422 ${JSON.stringify(answer)}`,
      error: { name: 'NumberIsExisted' },
    });
  });

  test.each([
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'refused'],
    [408, 'broken'],
    [410, 'refused'],
    [429, 'throttled'],
    [500, 'broken'],
    [302, 'broken'],
  ])('%d without a code counts as %s', async (status, kind) => {
    await using udesk = await aUdesk({ status, answer: '<html>no</html>' });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    const failure = failureIn(await client.call('callHold', HELD));
    expect(failure.kind).toBe(kind);
    expect(failure).not.toHaveProperty('error');
  });

  test.each([201, 202])('%d is a success like 200', async (status) => {
    await using udesk = await aUdesk({ status });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(await client.call('queueDelete', { QueueId: '9009' })).toEqual({ ok: true, value: null });
  });

  test('204 without a body is a success', async () => {
    await using udesk = await aUdesk({ status: 204, answer: '' });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(await client.call('queueDelete', { QueueId: '9009' })).toEqual({ ok: true, value: null });
  });

  test.each([
    [
      'a page',
      '<html>\r\n<b>Please log in</b>',
      'POST agent/hold: 200 without a code: <html> <b>Please log in</b>',
    ],
    ['half a JSON', '{"code":"0000', 'POST agent/hold: 200 without a code: 13 characters'],
    ['a list', '[]', 'POST agent/hold: 200 without a code: 2 characters'],
    ['nine MiB', 'x'.repeat(9 * MIB), 'POST agent/hold: 200, but answer longer than 8192 KiB'],
    ['a deep nest', '['.repeat(60_000), 'POST agent/hold: 200 without a code: 60000 characters'],
    ['nothing', '', 'POST agent/hold: 200 without a code: nothing at all'],
  ])('%s leaves the outcome unknown', async (_, answer, cause) => {
    await using udesk = await aUdesk({ answer });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    const failure = failureIn(await client.call('callHold', HELD));
    expect(failure.kind).toBe('unknown-outcome');
    expect(failure.cause).toContain(cause);
  });

  test('an answer of exactly 8 MiB is read', async () => {
    const answer = '{"code":"000000","x":"","y":""}'.padEnd(8 * MIB, ' ');
    await using udesk = await aUdesk({ answer });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(await client.call('callHold', HELD)).toEqual({ ok: true, value: null });
  });
});

describe('no cause tells a secret or a number', () => {
  const SPOKEN = ['ErrDesc', 'page', 'status'] as const;

  test.each(SPOKEN)('even when the far side writes everything back: %s', async (where) => {
    await using server = await aWebServer((request, response) => {
      // Sent by us, and one that we never sent.
      const echo = `${request.url} ${SIGN.toUpperCase()} ${AUTH_TOKEN} ${NUMBER} 13716429603`;
      if (where === 'page') response.end(`<p>oops ${decodeURIComponent(echo)}`);
      else if (where === 'status') response.writeHead(500).end(`oops ${echo}`);
      else response.end(JSON.stringify({ ErrCode: '100004', ErrDesc: `oops ${echo}\r\n[2K` }));
    });
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    const outcome = await client.call('callOriginate', {
      caller: NUMBER,
      called: NUMBER,
      called_display: NUMBER,
      agent_id: '91',
    });
    const text = JSON.stringify(outcome);
    expect(text).toContain('oops');
    for (const secret of [SIGN, AUTH_TOKEN, NUMBER, '13716429603', 'Sign=', '\\u001b', '\\r'])
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  test('nor a password of an answer that breaks off', async () => {
    await using udesk = await aUdesk({ answer: '{"ErrCode":"000000","Result":{"Secret":"hunter2' });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(failureIn(await client.call('appGet')).cause).not.toContain('hunter2');
  });

  test('nor the beginning of a number where the text is cut', async () => {
    const said = `${'x'.repeat(190)}${NUMBER}`;
    await using udesk = await aUdesk({ answer: { code: '100018', message: said } });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    const { cause } = failureIn(
      await client.call('agentRelayNumberUpdate', { agentId: '1', DefSpNumber: NUMBER }),
    );
    expect(cause).toContain('xxx***');
    expect(cause).not.toContain(NUMBER.slice(0, 5));
  });

  test('a long description is cut short', async () => {
    await using udesk = await aUdesk({ answer: { ErrCode: '100004', ErrDesc: 'x'.repeat(10_000) } });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    expect(failureIn(await client.call('appGet')).cause.length).toBeLessThan(300);
  });

  test('nor one that stands where the code belongs', async () => {
    await using udesk = await aUdesk({ answer: { ErrCode: `${AUTH_TOKEN}\r\n${SIGN}`, ErrDesc: 'no' } });
    await using client = aClient({ baseUrl: udesk.baseUrl });
    const failure = failureIn(await client.call('appGet'));
    expect(failure.kind).toBe('unknown-outcome');
    expect(failure.cause).not.toMatch(/[\r\n]|c0ffee|fcfa458b/);
  });
});

describe('a far side that does not answer', () => {
  test('refused: nothing was sent', async () => {
    await using client = aClient({ baseUrl: baseUrlOf(await aClosedPort()) });
    expect(failureIn(await client.call('agentList')).kind).toBe('unreachable');
  });

  test('silent past the deadline: the outcome is unknown', async () => {
    await using server = await aTcpServer(() => {});
    await using client = aClient({ baseUrl: baseUrlOf(server.port), timeoutMs: 300 });
    expect(failureIn(await client.call('callHold', HELD))).toEqual({
      kind: 'unknown-outcome',
      cause: 'POST agent/hold: no answer within 300 ms',
    });
  });

  test('reset after the request: the outcome is unknown', async () => {
    await using server = await aTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    expect(failureIn(await client.call('callHold', HELD)).kind).toBe('unknown-outcome');
  });

  test('after closing nothing is sent', async () => {
    await using udesk = await aUdesk();
    const client = aClient({ baseUrl: udesk.baseUrl });
    await client.close();
    expect(failureIn(await client.call('agentList')).kind).toBe('unreachable');
    expect(udesk.requests).toHaveLength(0);
  });
});
