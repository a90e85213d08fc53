import { expect, test } from 'vitest';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import { udeskRoom } from '../../src/observe/http/udesk-room.ts';
import type { UdeskInbox } from '../../src/ports/udesk-inbox.ts';
import { RawClient } from './raw-client.ts';
import { serving } from './serving.ts';

const OK = { code: '000000', message: 'OK' };
const NUMBERS = { ...OK, exhausted: true, results: [{ id: 'a', number: '005511987654321' }] };

/** Takes everything, and remembers it, unless it is said to do otherwise. */
function anInbox(changes: Partial<UdeskInbox> = {}) {
  const heard: unknown[] = [];
  const receive: UdeskInbox = {
    callback: (query, body) => {
      heard.push({ what: 'callback', query: { ...query }, body });
      return 'taken';
    },
    numbers: async (query, body) => {
      heard.push({ what: 'numbers', query: { ...query }, body });
      return NUMBERS;
    },
    stop: async (query, body) => {
      heard.push({ what: 'stop', query: { ...query }, body });
      return OK;
    },
    ...changes,
  };
  return { heard, receive };
}

const servingUdesk = (receive: UdeskInbox, servesCallbackList = true) =>
  serving({ rooms: [healthRoom, udeskRoom({ receive, servesCallbackList })] });

const post = (
  url: string,
  body: string | Uint8Array<ArrayBuffer> = '{}',
  headers: Record<string, string> = {},
) => fetch(url, { method: 'POST', body, headers });

test('a callback is handed on with its query and the very text of its body, and acknowledged', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  const body = '{ "event" : "agent_calling",\n"called":"名" }';
  const answer = await post(`${place.url}/udesk/callback?Timestamp=1566446286&AppId=a%2Bb&Sign=c`, body, {
    'content-type': 'application/json;charset=utf-8',
  });
  expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 200, body: OK });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(heard).toEqual([
    { what: 'callback', query: { Timestamp: '1566446286', AppId: 'a+b', Sign: 'c' }, body },
  ]);
});

test.each([
  ['was taken', 'taken', 'POST', 200],
  ['is forged', 'refused', 'POST', 403],
  ['is asked for', 'taken', 'GET', 405],
] as const)('a callback that %s keeps no connection', async (_what, verdict, method, status) => {
  const { receive } = anInbox({ callback: () => verdict });
  await using place = await servingUdesk(receive);
  using client = await RawClient.connect(place.url);
  client.says(`${method} /udesk/callback HTTP/1.1\r\nHost: us\r\nContent-Length: 0\r\n\r\n`);
  expect(await client.sentAway()).toContain(`HTTP/1.1 ${status} `);
});

test('a burst of callbacks that a proxy keeps its connections for shuts out nobody', async () => {
  const { receive } = anInbox({ callback: () => 'refused' });
  await using place = await servingUdesk(receive);
  const burst = await Promise.all(Array.from({ length: 100 }, () => RawClient.connect(place.url)));
  for (const client of burst)
    client.says('POST /udesk/callback HTTP/1.1\r\nHost: us\r\nContent-Length: 0\r\n\r\n');
  await Promise.all(burst.map((client) => client.hears('HTTP/1.1 403 ')));
  await Promise.all(burst.map((client) => client.sentAway()));
  expect((await fetch(`${place.url}/healthz`)).status).toBe(200);
});

test('a parameter that came twice is told as a list, so that nobody signs the one and uses the other', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  await post(`${place.url}/udesk/callback?Sign=a&Sign=b`);
  expect(heard).toMatchObject([{ query: { Sign: ['a', 'b'] } }]);
});

test.each([
  ['JSON', 'application/json'],
  ['a form', 'application/x-www-form-urlencoded'],
  ['text', 'text/plain'],
  ['what nobody knows', 'application/vnd.udesk+octets'],
])('a body is read as it is where it is said to be %s', async (_what, type) => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  const answer = await post(`${place.url}/udesk/callback`, 'a=1&{"b"', { 'content-type': type });
  expect(answer.status).toBe(200);
  expect(heard).toMatchObject([{ body: 'a=1&{"b"' }]);
});

test('a body is read where nothing is said of it, and where there is none it is empty', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  // A body of bytes bears no content type.
  await post(`${place.url}/udesk/callback`, new TextEncoder().encode('{"a":1}'));
  await fetch(`${place.url}/udesk/callback`, { method: 'POST' });
  expect(heard).toMatchObject([{ body: '{"a":1}' }, { body: '' }]);
});

test('whoever is refused learns nothing of why', async () => {
  const { receive } = anInbox({
    callback: () => 'refused',
    numbers: async () => 'refused',
    stop: async () => 'refused',
  });
  await using place = await servingUdesk(receive);
  const answers = await Promise.all(
    ['callback', 'cc_ad_task/numbers', 'cc_ad_task/stop'].map(async (path) => {
      const answer = await post(`${place.url}/udesk/${path}`);
      return { status: answer.status, body: await answer.json() };
    }),
  );
  const refusal = { status: 403, body: { statusCode: 403, error: 'Forbidden', message: 'not for you' } };
  expect(answers).toEqual([refusal, refusal, refusal]);
  expect(place.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('a dialling task is given its numbers, and told that its end was heard', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  const numbers = await post(`${place.url}/udesk/cc_ad_task/numbers?Sign=a`, '{"count":1}');
  expect({ status: numbers.status, body: await numbers.json() }).toEqual({ status: 200, body: NUMBERS });
  const stop = await post(`${place.url}/udesk/cc_ad_task/stop?Sign=b`, '{}');
  expect({ status: stop.status, body: await stop.json() }).toEqual({ status: 200, body: OK });
  expect(heard).toEqual([
    { what: 'numbers', query: { Sign: 'a' }, body: '{"count":1}' },
    { what: 'stop', query: { Sign: 'b' }, body: '{}' },
  ]);
});

test('no number is served where the list of callers is not', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive, false);
  expect((await post(`${place.url}/udesk/cc_ad_task/numbers`)).status).toBe(404);
  expect((await post(`${place.url}/udesk/cc_ad_task/stop`)).status).toBe(404);
  expect((await post(`${place.url}/udesk/callback`)).status).toBe(200);
  expect(heard).toMatchObject([{ what: 'callback' }]);
});

test('64 KB are taken, and a byte more is not', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  expect((await post(`${place.url}/udesk/callback`, 'x'.repeat(65_536))).status).toBe(200);
  const answer = await post(`${place.url}/udesk/callback`, 'x'.repeat(65_537));
  expect({ status: answer.status, body: await answer.json() }).toMatchObject({
    status: 413,
    body: { statusCode: 413 },
  });
  expect(heard).toHaveLength(1);
});

test('a body of unknown length ends at the limit, too', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  using client = await RawClient.connect(place.url);
  client.says('POST /udesk/callback HTTP/1.1\r\nHost: us\r\nTransfer-Encoding: chunked\r\n\r\n');
  client.says(`10001\r\n${'x'.repeat(0x10001)}\r\n`);
  await client.hears('HTTP/1.1 413 ');
  expect(heard).toEqual([]);
});

test('a content type that is none is refused as everywhere in the house', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  const answer = await post(`${place.url}/udesk/callback`, '{}', { 'content-type': 'nonsense' });
  expect({ status: answer.status, body: await answer.json() }).toMatchObject({
    status: 415,
    body: { statusCode: 415, message: expect.stringMatching(/\w+ \w+/) },
  });
  expect(heard).toEqual([]);
});

test('only POST is served, and the other rooms take bodies as they did', async () => {
  const { heard, receive } = anInbox();
  await using place = await servingUdesk(receive);
  const got = await fetch(`${place.url}/udesk/callback`);
  expect({ status: got.status, allow: got.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
  expect((await post(`${place.url}/healthz`, 'x')).status).toBe(405);
  expect(heard).toEqual([]);
});

test('a fault of ours is told in the log, without a number or a signature, and not to the sender', async () => {
  const { receive } = anInbox({ numbers: () => Promise.reject(new Error('no room')) });
  await using place = await servingUdesk(receive);
  const answer = await post(`${place.url}/udesk/cc_ad_task/numbers?Sign=c0ffee`, '{"number":"11987654321"}');
  expect({ status: answer.status, text: await answer.text() }).toEqual({
    status: 500,
    text: expect.not.stringContaining('no room'),
  });
  const { facts } = place.log.lines.at(-1) ?? {};
  expect(facts).toMatchObject({ err: { message: 'no room' }, route: '/udesk/cc_ad_task/numbers' });
  expect(JSON.stringify(facts)).not.toMatch(/c0ffee|11987654321/);
});
