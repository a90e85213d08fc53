import { describe, expect, test } from 'vitest';
import { aClosedPort, aTcpServer, aWebServer } from '../movidesk/far-side.ts';
import { aCcai, aClient, baseUrlOf, CREDENTIAL, failureIn, TOKEN, valueIn } from './ccai-server.ts';

const NUMBER = '+5511987654321';
const CALL_BACK = { menuId: 9, endUserNumber: NUMBER };

describe('a far side that answers otherwise', () => {
  test.each([
    [302, 'broken'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [408, 'broken'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'throttled'],
    [503, 'broken'],
  ])('%d to a call-back counts as %s', async (status, kind) => {
    await using ccai = await aCcai({ status, answer: '<html>no</html>' });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(failureIn(await client.incomingCall(CALL_BACK))).toMatchObject({
      kind,
      cause: `POST calls: ${status} <html>no</html>`,
    });
  });

  test.each([500, 502, 504])(
    '%d leaves open whether somebody is called, so it is not "ask again"',
    async (status) => {
      await using ccai = await aCcai({ status, answer: 'oops' });
      await using client = aClient({ baseUrl: ccai.baseUrl });
      const failure = { kind: 'unknown-outcome', cause: `POST calls: ${status} oops` };
      expect(failureIn(await client.incomingCall(CALL_BACK))).toEqual(failure);
      expect(failureIn(await client.scheduledCall({ ...CALL_BACK, scheduledAt: 0 }))).toEqual(failure);
      expect(failureIn(await client.outboundCall({ agentEmail: 'a@b', ticketId: '1' }))).toEqual(failure);
      expect(failureIn(await client.setCustomerFlags(1, {})).kind).toBe('broken');
      expect(failureIn(await client.customerFlags(1)).kind).toBe('broken');
    },
  );

  test('429 says how long to wait', async () => {
    await using ccai = await aCcai({ status: 429, headers: { 'retry-after': '7' } });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(failureIn(await client.incomingCall(CALL_BACK))).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 7_000,
    });
  });

  test.each([
    [
      '200 with a page',
      200,
      '<html>Please log in',
      'POST calls: 200 that is not documented: <html>Please log in',
    ],
    ['200 with nothing', 200, '', 'POST calls: 200 that is not documented: nothing at all'],
    ['200 with half a JSON', 200, '{"id": 3', 'POST calls: 200 that is not documented: 8 characters'],
    ['200 with another object', 200, '{"a": 3}', 'POST calls: 200 that is not documented: 8 characters'],
    ['204', 204, '', 'POST calls: 204 that is not documented: nothing at all'],
  ])('%s leaves the outcome of a call-back unknown', async (_what, status, answer, cause) => {
    await using ccai = await aCcai({ status, answer });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(failureIn(await client.incomingCall(CALL_BACK))).toEqual({ kind: 'unknown-outcome', cause });
  });

  test('flags that cannot be read are not taken for none', async () => {
    await using ccai = await aCcai({ status: 200, answer: '<html>' });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(failureIn(await client.customerFlags(1)).kind).toBe('unknown-outcome');
  });

  test('a refusal that breaks off is parked as what it is', async () => {
    await using server = await aTcpServer((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 99\r\n\r\n{"message": "Contact'),
      );
    });
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    expect(failureIn(await client.incomingCall(CALL_BACK)).kind).toBe('refused');
  });
});

describe('a far side that does not answer', () => {
  test('refused: nobody is called', async () => {
    await using client = aClient({ baseUrl: baseUrlOf(await aClosedPort()) });
    expect(failureIn(await client.incomingCall(CALL_BACK)).kind).toBe('unreachable');
  });

  test('silent past the deadline: the outcome is unknown', async () => {
    await using server = await aTcpServer(() => {});
    await using client = aClient({ baseUrl: baseUrlOf(server.port), timeoutMs: 300 });
    expect(failureIn(await client.incomingCall(CALL_BACK))).toEqual({
      kind: 'unknown-outcome',
      cause: 'POST calls: no answer within 300 ms',
    });
  });

  test('reset after the request: the outcome is unknown', async () => {
    await using server = await aTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    expect(failureIn(await client.incomingCall(CALL_BACK)).kind).toBe('unknown-outcome');
  });

  test('whoever waits behind others that hang is told before their deadline that nothing was sent', async () => {
    await using server = await aTcpServer(() => {});
    await using client = aClient({ baseUrl: baseUrlOf(server.port), timeoutMs: 300 });
    const failures = await Promise.all(
      Array.from({ length: 9 }, async () => failureIn(await client.incomingCall(CALL_BACK)).kind),
    );
    expect(failures.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'unknown-outcome'));
    // Four more may just have had their turn when the four before them gave up: the ninth cannot.
    expect(failures).toContain('unreachable');
  });

  test('after closing nothing is sent', async () => {
    await using ccai = await aCcai();
    const client = aClient({ baseUrl: ccai.baseUrl });
    await client.close();
    await client.close();
    expect(failureIn(await client.incomingCall(CALL_BACK)).kind).toBe('unreachable');
    expect(ccai.requests).toHaveLength(0);
  });
});

describe('no cause tells a secret, a number or an agent', () => {
  const SPELLINGS = [NUMBER, '5511987654321', '+55 11 98765-4321', '(11) 98765-4321', '+1 859-657-9625'];

  test.each(['status', 'page', 'message'] as const)('even when all is written back: %s', async (where) => {
    await using server = await aWebServer((request, response) => {
      const echo = `${request.headers.authorization} ${TOKEN} ana@example.com ${SPELLINGS.join(' / ')}`;
      if (where === 'status') response.writeHead(500).end(`oops ${echo}`);
      else if (where === 'page') response.end(`<p>oops ${echo}`);
      else response.writeHead(400).end(JSON.stringify({ message: `oops ${echo}\r\n\u001b[2K` }));
    });
    await using client = aClient({ baseUrl: baseUrlOf(server.port) });
    const outcome = await client.outboundCall({ agentEmail: 'ana@example.com', endUserNumber: NUMBER });
    const text = JSON.stringify(outcome);
    expect(text).toContain('oops');
    for (const secret of [
      CREDENTIAL,
      TOKEN,
      'ana@example.com',
      ...SPELLINGS,
      '98765',
      '9625',
      '\\u001b',
      '\\r',
    ])
      expect(text).not.toContain(secret);
  });

  test.each([
    [400, (echo: string) => JSON.stringify({ message: echo })],
    [200, (echo: string) => `<p>${echo}`],
    [500, (echo: string) => echo],
  ])('nor a token that looks like a number in part: %d', async (status, spoken) => {
    const token = 'tok-5511987654321-secret';
    const credential = Buffer.from(`acme:${token}`).toString('base64');
    await using ccai = await aCcai({ status, answer: spoken(`oops ${token} ${credential}`) });
    await using client = aClient({ baseUrl: ccai.baseUrl, token });
    const text = JSON.stringify(await client.incomingCall(CALL_BACK));
    expect(text).toContain('oops *** ***');
    expect(text).not.toMatch(/tok-|secret|YWNt/);
  });

  test.each([400, 500])('nor the beginning of a number where the text is cut: %d', async (status) => {
    for (const length of [180, 185, 190, 192, 195]) {
      await using ccai = await aCcai({ status, answer: `${'x'.repeat(length)}+55 11 98765-4321 y` });
      await using client = aClient({ baseUrl: ccai.baseUrl });
      expect(JSON.stringify(await client.incomingCall(CALL_BACK))).not.toMatch(/55|98/);
    }
  });

  test('what is no number stays readable', async () => {
    await using ccai = await aCcai({ status: 400, answer: { message: 'menu 9999 is closed since 2019' } });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(valueIn(await client.incomingCall(CALL_BACK))).toEqual({
      kind: 'refused',
      why: { code: 'unknown', message: 'menu 9999 is closed since 2019' },
    });
  });
});
