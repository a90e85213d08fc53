import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../src/adapters/kit/failure-of.ts';
import {
  aClient,
  aReceivedCall,
  canceled,
  completed,
  failureIn,
  NOON,
  TOKEN,
  transfered,
} from './builders.ts';
import { aClosedPort, answering, aTcpServer, aWebServer } from './far-side.ts';

describe('what is sent', () => {
  test('a request is a POST with everything in the query, encoded, and an empty body', async () => {
    let raw = '';
    await using server = await aTcpServer((socket) => {
      socket.on('data', (chunk) => {
        raw += chunk;
        if (raw.includes('\r\n\r\n')) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n"4"');
      });
    });
    await using client = aClient({ baseUrl: `${server.url}/` });
    expect(await client.ask(aReceivedCall())).toEqual({ ok: true, value: { kind: 'all-busy' } });
    const [start, rest] = raw.split(' HTTP/1.1\r\n');
    expect(start).toBe(
      `POST /public/v1/asterisk_receivedCall?token=${TOKEN}&queueId=1&clientNumber=%2B554733990777` +
        '&id=pbx1-1700000000.7&callDate=2018-05-01T12%3A00%3A00',
    );
    expect(rest).toMatch(/content-length: 0\r\n/i);
    expect(rest).toMatch(/\r\n\r\n$/);
  });

  test('a link keeps its own query when it travels inside ours', async () => {
    await using server = await answering(200, '');
    await using client = aClient({ baseUrl: server.url });
    expect(await client.report(completed)).toEqual({ ok: true, value: undefined });
    const url = new URL(server.requests[0]?.url ?? '', server.url);
    expect(url.searchParams.get('link')).toBe('https://pbx.example.com/recordings/a b.wav?x=1&y=2');
  });
});

describe('a far side that answers', () => {
  test.each([
    [400, 'refused'],
    [404, 'refused'],
    [409, 'refused'],
    [304, 'broken'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [408, 'broken'],
    [500, 'broken'],
    [503, 'broken'],
  ])('%d counts as %s', async (status, kind) => {
    await using server = await answering(status, '');
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(canceled))).toMatchObject({ kind, status });
  });

  test('a refusal shows what was said, on one line, cut short', async () => {
    await using server = await answering(400, `{"message":\r\n"no"}${'x'.repeat(1_000)}`);
    await using client = aClient({ baseUrl: server.url });
    const { cause } = failureIn(await client.report(canceled));
    expect(cause).toContain('POST asterisk_canceledCall: 400 {"message": "no"}xxx');
    expect(cause.length).toBeLessThan(250);
  });

  test.each([
    'external-1001-+5511987654321-20261123-120000-1795449312.7.wav',
    'external-1001-%2B5511987654321-20261123.wav',
    '5511987654321%.wav',
    'get?file=5511987654321.wav',
  ])('a number in the link that it will not have is in no cause: %s', async (file) => {
    const link = `https://pbx.example.com/recordings/${file}`;
    await using server = await answering(400, `no ticket for ${link}, ${link.replace('%2B', '+')}`);
    await using client = aClient({ baseUrl: server.url });
    const { cause } = failureIn(
      await client.report({ kind: 'repaired-link', callId: aReceivedCall().callId, link }),
    );
    expect(cause).toContain('no ticket for https://pbx.example.com/recordings/');
    expect(cause).not.toContain('987654321');
  });

  test('a redirect passes for a broken far side, and is never followed', async () => {
    await using elsewhere = await answering(200, '"5252"');
    await using server = await answering(307, '', { location: `${elsewhere.url}/x?token=${TOKEN}` });
    await using client = aClient({ baseUrl: server.url });
    const failure = failureIn(await client.ask(aReceivedCall()));
    expect(failure).toMatchObject({ kind: 'broken', status: 307 });
    expect(failure.cause).toContain(elsewhere.url);
    expect(failure.cause).not.toContain(TOKEN);
    expect(elsewhere.requests).toHaveLength(0);
  });

  test.each([
    ['30', 30_000],
    [new Date(NOON + 45_000).toUTCString(), 45_000],
    [undefined, undefined],
  ])('429 with Retry-After %s is throttled for %s ms', async (header, retryAfterMs) => {
    await using server = await answering(
      429,
      'slow down',
      header === undefined ? {} : { 'retry-after': header },
    );
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({ kind: 'throttled', retryAfterMs });
  });

  test.each([200, 400, 500])(
    'a %d that echoes the address shows neither token nor number',
    async (status) => {
      await using server = await aWebServer((request, response) => {
        const echo = `${request.url}\n${decodeURIComponent(request.url ?? '')}\n${TOKEN.toUpperCase()} 554733990777`;
        response.writeHead(status).end(`oops ${echo}`);
      });
      await using client = aClient({ baseUrl: server.url });
      const text = JSON.stringify(await client.ask(aReceivedCall()));
      expect(text).toContain('oops');
      expect(text.toLowerCase()).not.toContain(TOKEN);
      expect(text).not.toContain('554733990777');
      expect(text).not.toContain('queueId=');
    },
  );

  test('an unknown answer is kept for the log, on one line, cut short', async () => {
    await using server = await answering(200, `<html>\r\n${'x'.repeat(1_000)}`);
    await using client = aClient({ baseUrl: server.url });
    const outcome = await client.ask(aReceivedCall());
    expect(outcome).toEqual({ ok: true, value: { kind: 'unknown', body: `<html> ${'x'.repeat(193)}` } });
  });

  test('a byte order mark before the answer does no harm', async () => {
    await using server = await answering(200, Buffer.from('\uFEFF"5252 Conceição"'));
    await using client = aClient({ baseUrl: server.url });
    expect(await client.ask(aReceivedCall())).toEqual({
      ok: true,
      value: { kind: 'extension', extension: '5252' },
    });
  });

  test('an answer of 64 KiB is read, one byte more leaves the outcome unknown', async () => {
    await using fits = await answering(200, `"5252${' '.repeat(64 * 1024 - 6)}"`);
    await using fitting = aClient({ baseUrl: fits.url });
    expect(await fitting.ask(aReceivedCall())).toMatchObject({ ok: true, value: { kind: 'extension' } });
    await using exceeds = await answering(200, `"5252${' '.repeat(64 * 1024 - 5)}"`);
    await using exceeding = aClient({ baseUrl: exceeds.url });
    expect(failureIn(await exceeding.ask(aReceivedCall()))).toMatchObject({
      kind: 'unknown-outcome',
      cause: 'POST asterisk_receivedCall: 200, but answer longer than 64 KiB',
    });
  });

  test('an error page without end is still an error page', async () => {
    await using server = await aWebServer((_, response) => {
      response.writeHead(502);
      response.on('drain', () => response.write('x'.repeat(100_000)));
      response.write('x'.repeat(100_000));
    });
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(canceled))).toMatchObject({ kind: 'broken', status: 502 });
  });
});

describe('a far side that was never reached', () => {
  test('a refused port means that nothing was sent', async () => {
    await using client = aClient({ baseUrl: `http://127.0.0.1:${await aClosedPort()}` });
    const failure = failureIn(await client.ask(aReceivedCall()));
    expect(failure).toMatchObject({ kind: 'unreachable' });
    expect(failure.cause).toContain('ECONNREFUSED');
  });

  test('a name with several addresses tells what happened at each', () => {
    const errors = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}`));
    expect(causeOf(new AggregateError(errors))).toBe(
      'connect ECONNREFUSED ::1; connect ECONNREFUSED 127.0.0.1',
    );
  });

  test('a name that nobody knows means that nothing was sent', async () => {
    await using client = aClient({ baseUrl: 'http://movidesk.invalid', timeoutMs: 2_000 });
    expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({ kind: 'unreachable' });
  });

  test('a far side without TLS where TLS was asked means that nothing was sent', async () => {
    await using server = await answering(200, '"5252"');
    await using client = aClient({ baseUrl: `https://127.0.0.1:${server.port}` });
    expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(0);
  });

  test('a connection that never gets ready means that nothing was sent', async () => {
    await using server = await aTcpServer(() => {});
    await using client = aClient({ baseUrl: `https://127.0.0.1:${server.port}`, timeoutMs: 200 });
    expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({ kind: 'unreachable' });
  });

  test('a request that found no free connection in time was not sent, and never will be', async () => {
    let isAnswering = false;
    const seen: (string | undefined)[] = [];
    await using server = await aWebServer((request, response) => {
      seen.push(request.url);
      if (isAnswering) response.end();
    });
    await using client = aClient({ baseUrl: server.url, timeoutMs: 1_000 });
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => client.report(canceled)));
    const kinds = outcomes.map((outcome) => failureIn(outcome).kind);
    const unknown = kinds.filter((kind) => kind === 'unknown-outcome').length;
    const unsent = kinds.filter((kind) => kind === 'unreachable').length;
    // Four connections; and on a slow machine a moment in which one is free again before all deadlines have passed.
    expect(seen.length).toBeGreaterThanOrEqual(4);
    expect(seen.length).toBeLessThanOrEqual(unknown);
    expect(unsent).toBe(12 - unknown);
    expect(unsent).toBeGreaterThan(0);
    // What is still in line would leave before the next request.
    isAnswering = true;
    expect(await client.report(canceled)).toEqual({ ok: true, value: undefined });
    expect(seen.length).toBeLessThanOrEqual(unknown + 1);
  });
});

describe('a far side that was reached and fell silent', () => {
  test('a reset after the request leaves the outcome unknown', async () => {
    await using server = await aTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(transfered))).toMatchObject({ kind: 'unknown-outcome' });
  });

  test('a connection closed without a word leaves the outcome unknown', async () => {
    await using server = await aTcpServer((socket) => socket.once('data', () => socket.end()));
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(transfered))).toMatchObject({ kind: 'unknown-outcome' });
  });

  test('words that are not HTTP leave the outcome unknown', async () => {
    await using server = await aTcpServer((socket) =>
      socket.once('data', () => socket.end('220 mail\r\n\r\n')),
    );
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(transfered))).toMatchObject({ kind: 'unknown-outcome' });
  });

  test('silence past the deadline leaves the outcome unknown, and is given up on time', async () => {
    await using server = await aTcpServer(() => {});
    await using client = aClient({ baseUrl: server.url, timeoutMs: 1_000 });
    const startedAt = performance.now();
    const failure = failureIn(await client.report(transfered));
    expect(failure).toEqual({
      kind: 'unknown-outcome',
      cause: 'POST asterisk_transferedCall: no answer within 1000 ms',
    });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  test('a body that drips past the deadline leaves the outcome unknown', async () => {
    await using server = await aWebServer((_, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    await using client = aClient({ baseUrl: server.url, timeoutMs: 1_000 });
    expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({ kind: 'unknown-outcome' });
  });

  test('an error whose body breaks off keeps its status and what it asked', async () => {
    await using server = await aTcpServer((socket) => {
      const head = 'HTTP/1.1 429 Slow\r\nretry-after: 9\r\ncontent-length: 100\r\n\r\nslow';
      socket.once('data', () => socket.end(head));
    });
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(transfered))).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 9_000,
    });
  });

  test('the next request after a reset is served on a new connection', async () => {
    let connections = 0;
    await using server = await aTcpServer((socket) => {
      connections += 1;
      const isFirst = connections === 1;
      socket.once('data', () => {
        if (isFirst) socket.resetAndDestroy();
        else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      });
    });
    await using client = aClient({ baseUrl: server.url });
    expect(failureIn(await client.report(transfered)).kind).toBe('unknown-outcome');
    expect(await client.report(transfered)).toEqual({ ok: true, value: undefined });
    expect(connections).toBe(2);
  });
});

describe('the end', () => {
  test('closing waits for the request in flight, may be repeated, and later requests are not sent', async () => {
    const arrived = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    await using server = await aWebServer(async (_, response) => {
      arrived.resolve();
      await answer.promise;
      response.end();
    });
    const client = aClient({ baseUrl: server.url });
    const inFlight = client.report(canceled);
    await arrived.promise;
    const closing = Promise.all([client.close(), client.close()]);
    expect(failureIn(await client.report(canceled))).toMatchObject({ kind: 'unreachable' });
    answer.resolve();
    expect(await inFlight).toEqual({ ok: true, value: undefined });
    await closing;
    await client.close();
  });
});
