import { describe, expect, test } from 'vitest';
import type { Access } from '../../src/observe/http/active-call-access.ts';
import {
  anActiveCallPlace as aRoom,
  BEARER,
  BY_PASSWORD,
  BY_TOKEN,
  basic,
  OPEN,
  WISH,
} from './active-call-place.ts';
import { RawClient } from './raw-client.ts';

type Headers = Readonly<Record<string, string>>;

const PASSWORD = basic('me:hush:word');
const CLOSED: [string, Access, Headers][] = [
  ['token', BY_TOKEN, BEARER],
  ['password', BY_PASSWORD, PASSWORD],
];

/** As a browser sends it: `fetch` may not set these headers. */
async function fromBrowser(url: string, headers: Headers, method = 'GET'): Promise<string> {
  using client = await RawClient.connect(url);
  const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers });
  client.says(
    `${method} /movidesk/call${WISH} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return await client.sentAway();
}

describe('a page of another site that has the browser ask', () => {
  test.each<[Access, string, Headers, number]>([
    [OPEN, 'cross-site', {}, 403],
    [OPEN, 'same-site', {}, 403],
    [OPEN, 'same-origin', {}, 200],
    [OPEN, 'none', {}, 200],
    // It knows the token or the password: it is Movidesk's.
    [BY_PASSWORD, 'cross-site', PASSWORD, 200],
    [BY_TOKEN, 'cross-site', BEARER, 200],
    [BY_PASSWORD, 'cross-site', {}, 401],
    [BY_TOKEN, 'cross-site', {}, 401],
  ])('%j from %s with %j', async (access, site, headers, status) => {
    await using room = await aRoom({ access });
    const asked = await fromBrowser(room.url, { ...headers, 'sec-fetch-site': site });
    expect(asked).toContain(`HTTP/1.1 ${status} `);
    expect(room.wishes).toHaveLength(status === 200 ? 1 : 0);
  });

  test('is told, where it may not, what would let it', async () => {
    await using room = await aRoom({ access: OPEN });
    const asked = await fromBrowser(room.url, { 'sec-fetch-site': 'cross-site' });
    expect(asked).toContain('with token, or basic, they may');
  });
});

describe.each(CLOSED)('where pages must know a %s', (_, access, credential) => {
  test('the browser is told before it asks that they may, without any being shown', async () => {
    await using room = await aRoom({ access, hears: true });
    for (const path of ['/movidesk/call', '/movidesk/monitor']) {
      const answer = await fetch(room.url + path, { method: 'OPTIONS' });
      expect(answer.status).toBe(204);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'Authorization, Content-Type',
        'access-control-max-age': '600',
      });
      expect(answer.headers.has('access-control-allow-private-network')).toBe(false);
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    }
    expect([room.wishes, room.log.lines]).toEqual([[], []]);
  });

  test('they may ask from the internet for what is in the house', async () => {
    await using room = await aRoom({ access });
    const headers = { 'access-control-request-private-network': 'true' };
    const answer = await room.ask(WISH, { method: 'OPTIONS', headers });
    expect(answer.headers.get('access-control-allow-private-network')).toBe('true');
  });

  test('they may read the answer, be it that nobody is rung', async () => {
    await using room = await aRoom({ access, answer: { kind: 'unavailable' } });
    const answers = [
      await room.ask(WISH),
      await room.ask(WISH, { headers: credential }),
      await room.ask('', { method: 'POST', headers: credential, body: '{' }),
      await room.ask('', { method: 'POST', headers: credential, body: 'x'.repeat(17_000) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 503, 400, 413]);
    for (const { headers } of answers) expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(answers[1]?.headers.get('access-control-expose-headers')).toBe('Retry-After');
  });
});

test('where nothing is asked for, no page of another site is told that it may', async () => {
  await using room = await aRoom({ access: OPEN });
  const before = await room.ask(WISH, { method: 'OPTIONS' });
  const answer = await room.ask(WISH);
  expect([before.status, answer.status]).toEqual([405, 200]);
  for (const { headers } of [before, answer])
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test.each<[string, Headers, string]>([
  ['a program, which may wait for it', {}, 'Basic realm="asterisk-movidesk"'],
  ['a page', { 'sec-fetch-site': 'cross-site' }, 'X-Basic realm="asterisk-movidesk"'],
  ['somebody at a browser', { 'sec-fetch-site': 'none' }, 'X-Basic realm="asterisk-movidesk"'],
  ['the same over plain HTTP', { 'upgrade-insecure-requests': '1' }, 'X-Basic realm="asterisk-movidesk"'],
  ['a page over plain HTTP', { origin: 'http://x.example.com' }, 'X-Basic realm="asterisk-movidesk"'],
])('a password is asked for so that no browser remembers one: %s', async (_, headers, challenge) => {
  await using room = await aRoom({ access: BY_PASSWORD });
  const asked = await fromBrowser(room.url, headers);
  expect(asked).toMatch(/^HTTP\/1\.1 401 /);
  expect(asked).toContain(`\r\nwww-authenticate: ${challenge}\r\n`);
});
