import { expect, test } from 'vitest';
import { HTTP_LIMITS } from '../../src/observe/http/limited-server.ts';
import { numbersShown } from '../../src/observe/mask-number.ts';
import { MORNING } from '../domain/builders.ts';
import { RawClient } from './raw-client.ts';
import { NUMBER } from './some-status.ts';
import { EventReader, watching } from './watching.ts';

const statusOf = async (url: string) => (await fetch(`${url}/api/status`)).json();

test('the status is told as JSON, with its instants as in the log, and how long the daemon is up', async () => {
  await using place = await watching();
  const answer = await fetch(`${place.url}/api/status`);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await answer.json()).toMatchObject({
    at: new Date(MORNING).toISOString(),
    uptimeSeconds: 60,
    version: '1.2.3',
    pbx: 'pbx1',
    startedAt: new Date(MORNING - 60_000).toISOString(),
    state: 'ready',
    talks: [{ extension: '1001', since: new Date(MORNING - 65_000).toISOString() }],
    outbox: [{ lane: 'movidesk', due: 1, oldestAt: new Date(MORNING - 65_000).toISOString() }],
  });
});

test('no number of a caller leaves unmasked, wherever they are', async () => {
  await using place = await watching();
  using reader = await EventReader.open(place.url);
  await expect.poll(() => reader.statuses).toHaveLength(1);
  const all = JSON.stringify(await statusOf(place.url)) + reader.text;
  expect(all).not.toContain(NUMBER.slice(0, -4));
  expect(all.match(/\*{9}4321/g)).toHaveLength(10);
});

test('where the log shows whole numbers, so does the status', async () => {
  await using place = await watching({ shown: numbersShown('full') });
  expect(await statusOf(place.url)).toMatchObject({ talks: [{ number: NUMBER }] });
});

test('an instant that is no date is told as none, and the rest is told all the same', async () => {
  await using place = await watching();
  place.daemon.changes = { outbox: [{ lane: 'movidesk', due: 1, parked: 0, oldestAt: 9e15 }] };
  expect(await statusOf(place.url)).toMatchObject({ outbox: [{ due: 1, oldestAt: null }] });
});

test('however many ask within a second, the status is built once', async () => {
  await using place = await watching();
  for (let asked = 0; asked < 5; asked += 1) await statusOf(place.url);
  expect(place.daemon.reads).toBe(1);
  await place.time.pass(1_000);
  await statusOf(place.url);
  expect(place.daemon.reads).toBe(2);
});

test('whoever watches gets the status at once, and each change whole, a second later at most', async () => {
  await using place = await watching();
  using reader = await EventReader.open(place.url);
  expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await expect.poll(() => reader.statuses).toHaveLength(1);
  expect(reader.text).toMatch(/^retry: 2000\nevent: status\ndata: \{.*\}\n\n$/);
  place.daemon.changes = { talks: [] };
  await place.time.pass(1_000);
  await expect.poll(() => reader.statuses).toHaveLength(2);
  expect(reader.statuses[1]).toMatchObject({ talks: [], leaving: [{ reason: 'closed' }] });
});

test('without any change only a sign of life comes, sooner than the server ends what is silent', async () => {
  await using place = await watching();
  using reader = await EventReader.open(place.url);
  await place.time.pass(14_000);
  place.daemon.changes = {};
  await place.time.pass(1_000);
  await expect.poll(() => reader.text).toContain(': alive\nevent: alive\ndata:\n\n');
  expect(reader.statuses).toHaveLength(1);
  expect(15_000).toBeLessThanOrEqual(HTTP_LIMITS.silenceMs / 2);
});

test('many who watch cost one look a second, and nobody who watches costs none', async () => {
  await using place = await watching();
  const readers = await Promise.all([1, 2, 3].map(() => EventReader.open(place.url)));
  await place.time.pass(10_000);
  expect(place.daemon.reads).toBe(11);
  for (const reader of readers) reader[Symbol.dispose]();
  await expect.poll(() => place.time.pending).toBe(0);
});

test('the twenty-first who watches is told to come back, and may when somebody has gone', async () => {
  await using place = await watching();
  const readers = await Promise.all(Array.from({ length: 20 }, () => EventReader.open(place.url)));
  const tooMany = await fetch(`${place.url}/api/events`);
  expect({ status: tooMany.status, retryAfter: tooMany.headers.get('retry-after') }).toEqual({
    status: 503,
    retryAfter: '30',
  });
  expect(await tooMany.json()).toMatchObject({ message: expect.stringContaining('/api/status') });
  readers[0]?.[Symbol.dispose]();
  await expect.poll(async () => (await fetch(`${place.url}/api/events`)).status).toBe(200);
  for (const reader of readers) reader[Symbol.dispose]();
});

test('whoever takes nothing is passed over and then dropped, and nothing piles up for them', async () => {
  await using place = await watching();
  using slow = await RawClient.connect(place.url);
  slow.says('GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n');
  await slow.hears('event: status');
  slow.stopsReading();
  // More in a few seconds than any kernel keeps for a connection.
  const megabyte = 'x'.repeat(1_000_000);
  let seconds = 0;
  for (; place.time.pending > 0 && seconds < 100; seconds += 1) {
    place.daemon.changes = { links: [{ name: `${seconds} ${megabyte}`, state: 'ready' }] };
    await place.time.pass(1_000);
  }
  expect(place.time.pending).toBe(0);
  expect(seconds).toBeGreaterThan(20);
  slow.readsOn();
  expect((await slow.sentAway()).length).toBeLessThan((seconds - 19) * megabyte.length);
});

test('at the stop all who watch are let go at once', async () => {
  await using place = await watching();
  using reader = await EventReader.open(place.url);
  await place.server.close();
  await reader.ended;
  expect(place.time.pending).toBe(0);
});

test('a status that cannot be told is told of in the log, once, and whoever watches hears when it can be again', async () => {
  await using place = await watching();
  using reader = await EventReader.open(place.url);
  place.daemon.fault = new Error('a slip');
  await place.time.pass(3_000);
  expect(place.watchersLog.lines).toMatchObject([{ level: 'error', facts: { err: { message: 'a slip' } } }]);
  expect((await fetch(`${place.url}/api/status`)).status).toBe(500);
  place.daemon.fault = undefined;
  place.daemon.changes = { talks: [] };
  await place.time.pass(1_000);
  await expect.poll(() => reader.statuses.at(-1)).toMatchObject({ talks: [] });
});

test('only GET is served, and no other site may read the answer', async () => {
  await using place = await watching();
  for (const path of ['/api/status', '/api/events']) {
    expect((await fetch(`${place.url}${path}`, { method: 'POST' })).status).toBe(405);
    using reader = await EventReader.open(place.url);
    expect(reader.response.headers.get('access-control-allow-origin')).toBe(null);
  }
  expect((await fetch(`${place.url}/api/events`, { method: 'HEAD' })).status).toBe(405);
});
