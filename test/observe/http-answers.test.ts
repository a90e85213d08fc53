import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import { metricsRoom } from '../../src/observe/http/metrics-room.ts';
import type { Room } from '../../src/observe/http/room.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import { readExposition, sampleValue } from './exposition.ts';
import { serving } from './serving.ts';

const TOKEN = 'c0ffee00-0000-4000-8000-000000000000';
const JSON_BODY = { 'content-type': 'application/json' };

test('health says ok, as text, and is never kept by a cache', async () => {
  await using place = await serving();
  const answer = await fetch(`${place.url}/healthz`);
  expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: 'ok\n' });
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect((await fetch(`${place.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
});

test('Prometheus reads the metrics, in the format that it is told', async () => {
  const metrics = new Metrics([]);
  await using place = await serving({ rooms: [metricsRoom(metrics)] });
  metrics.polled('newcomer', 'extension');
  const answer = await fetch(`${place.url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const labels = { reason: 'newcomer', result: 'extension' };
  expect(sampleValue(readExposition(await answer.text()), 'asterisk_movidesk_polls_total', labels)).toBe(1);
});

test('a metric that cannot be read is told in the log, and health goes on', async () => {
  const metrics = new Metrics([]);
  metrics.watchBudget(() => {
    throw new Error('no window');
  });
  await using place = await serving({ rooms: [healthRoom, metricsRoom(metrics)] });
  expect((await fetch(`${place.url}/metrics`)).status).toBe(500);
  expect(place.log.lines.at(-1)).toMatchObject({
    level: 'error',
    facts: { route: '/metrics', err: { message: 'no window' } },
  });
  expect((await fetch(`${place.url}/healthz`)).status).toBe(200);
});

test('nobody learns what serves', async () => {
  await using place = await serving();
  const { headers } = await fetch(`${place.url}/healthz`);
  expect(headers.has('x-powered-by') || headers.has('server')).toBe(false);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['a page that is not there', '/nowhere', {}, 404],
  [
    'the same with a body that is no JSON',
    '/nowhere',
    { method: 'POST', body: '{', headers: JSON_BODY },
    404,
  ],
  ['the same with a body of no known kind', '/nowhere', { method: 'PUT', body: 'x'.repeat(100_000) }, 404],
  ['a known page and a slash', '/healthz/', {}, 404],
  ['another method', '/healthz', { method: 'DELETE' }, 405],
  ['another method with too large a body', '/healthz', { method: 'POST', body: 'x'.repeat(100_000) }, 405],
  ['an address that cannot be read', '/%zz', {}, 400],
])('%s is refused in JSON, with what is wrong', async (_what, path, request, status) => {
  await using place = await serving();
  const answer = await fetch(`${place.url}${path}`, request);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await answer.json()).toMatchObject({
    statusCode: status,
    message: expect.stringMatching(/\w+ \w+/),
  });
  expect(answer.headers.get('allow')).toBe(status === 405 ? 'GET, HEAD' : null);
  expect(place.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('a room with several methods under one path, and with parameters, is told of as it is', async () => {
  const room: Room = (server) => {
    server.get('/things/:id', () => ({}));
    server.post('/things/:id', () => ({}));
  };
  await using place = await serving({ rooms: [room] });
  const answer = await fetch(`${place.url}/things/7`, { method: 'PUT' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
});

test('a body that is too large is refused before it is read', async () => {
  const room: Room = (server) => {
    server.post('/things', () => ({}));
  };
  await using place = await serving({ rooms: [room] });
  const body = JSON.stringify('x'.repeat(17_000));
  const answer = await fetch(`${place.url}/things`, { method: 'POST', body, headers: JSON_BODY });
  expect(answer.status).toBe(413);
});

test('our own mistake is told in the log, without what stood in the address, and not to whoever asked', async () => {
  const room: Room = (server) => {
    server.get('/things/:id', () => {
      throw new Error('a slip');
    });
  };
  await using place = await serving({ rooms: [room] });
  const answer = await fetch(`${place.url}/things/5511987654321?token=${TOKEN}`);
  expect({ status: answer.status, text: await answer.text() }).toEqual({
    status: 500,
    text: expect.not.stringContaining('slip'),
  });
  const { level, facts } = place.log.lines.at(-1) ?? {};
  expect({ level, facts }).toMatchObject({
    level: 'error',
    facts: { err: { message: 'a slip' }, route: '/things/:id' },
  });
  expect(JSON.stringify(facts)).not.toMatch(/5511987654321|c0ffee00/);
});

test('an answer that breaks off is told in the log, and takes no request with its headers there', async () => {
  const room: Room = (server) => {
    server.get('/stream', (_request, reply) => {
      const source = new Readable({ read() {} });
      source.push('begun');
      setImmediate(() => source.destroy(new Error('the disk is gone')));
      return reply.send(source);
    });
  };
  await using place = await serving({ rooms: [room] });
  const headers = { authorization: TOKEN };
  await expect(fetch(`${place.url}/stream`, { headers }).then((answer) => answer.text())).rejects.toThrow();
  await expect
    .poll(() => place.log.lines.at(-1))
    .toMatchObject({ facts: { err: { message: 'the disk is gone' } } });
  expect(JSON.stringify(place.log.lines)).not.toContain(TOKEN);
});
