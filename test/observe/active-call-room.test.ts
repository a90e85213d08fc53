import { describe, expect, test } from 'vitest';
import type { Access } from '../../src/observe/http/active-call-access.ts';
import type { MakeCallAnswer } from '../../src/ports/made-calls.ts';
import {
  anActiveCallPlace as aRoom,
  BEARER,
  BY_PASSWORD,
  BY_TOKEN,
  basic,
  NUMBER,
  OPEN,
  TOKEN,
  WISH,
} from './active-call-place.ts';

describe('an agent’s call is asked for', () => {
  test('by GET, and answered with the id as text', async () => {
    await using room = await aRoom();
    const answer = await room.ask(WISH, { headers: BEARER });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toBe('pbx1-made-1');
    expect(room.wishes).toEqual([{ source: '1001', destination: NUMBER }]);
  });

  test.each([
    ['the query', WISH, undefined, undefined],
    ['JSON', '', JSON.stringify({ source: '1001', destination: NUMBER }), 'application/json'],
    [
      'JSON with numbers',
      '',
      `{"source": 1001, "destination": "${NUMBER}"}`,
      'application/json; charset=utf-8',
    ],
    ['a form', '', `source=1001&destination=${NUMBER}`, 'application/x-www-form-urlencoded'],
    [
      'JSON over the query',
      '?source=1009',
      `{"source":"1001","destination":"${NUMBER}"}`,
      'application/json',
    ],
  ])('by POST with %s, and answered with JSON', async (_, query, body, type) => {
    await using room = await aRoom();
    const headers = { ...BEARER, ...(type === undefined ? {} : { 'content-type': type }) };
    const answer = await room.ask(query, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    expect([answer.status, await answer.json()]).toEqual([200, { call_id: 'pbx1-made-1' }]);
    expect(room.wishes).toEqual([{ source: '1001', destination: NUMBER }]);
  });

  test('with a plus that nobody encoded, which JSON need not', async () => {
    await using room = await aRoom();
    await room.ask('?source=1001&destination=+5547999990000', { headers: BEARER });
    const headers = { ...BEARER, 'content-type': 'application/json' };
    const body = JSON.stringify({ source: '1001', destination: ' 047' });
    await room.ask('', { method: 'POST', headers, body });
    expect(room.wishes).toEqual([
      { source: '1001', destination: '+5547999990000' },
      { source: '1001', destination: '047' },
    ]);
  });

  test('and what is given twice, or is no text, is not taken for either', async () => {
    await using room = await aRoom();
    await room.ask(`?source=1001&source=1002&destination=${NUMBER}`, { headers: BEARER });
    const headers = { ...BEARER, 'content-type': 'application/json' };
    await room.ask('', { method: 'POST', headers, body: '{"source":["1001"],"destination":1e30}' });
    const form = { ...BEARER, 'content-type': 'application/x-www-form-urlencoded' };
    await room.ask('', { method: 'POST', headers: form, body: 'source=1&source=2' });
    expect(room.wishes).toEqual([
      { source: undefined, destination: NUMBER },
      { source: undefined, destination: undefined },
      { source: undefined, destination: undefined },
    ]);
  });

  test.each([
    ['application/x-www-form-urlencoded', 'curl -d'],
    ['text/json', 'an old program'],
    ['application/vnd.api+json; charset=utf-8', 'one with a type of its own'],
    ['text/plain', 'one that names none'],
    ['multipart/form-data', 'one that names a wrong one'],
    ['json', 'one whose type is none'],
    ['application/json; charset', 'one whose type is half of one'],
    ['application/json/x', 'one whose type is more than one'],
    ['', 'one that leaves its type empty'],
  ])('by JSON that is called %s, as by %s', async (type) => {
    await using room = await aRoom();
    const headers = { ...BEARER, 'content-type': type };
    const body = `\uFEFF\r\n {"source":"1001","destination":"${NUMBER}"}`;
    expect((await room.ask('', { method: 'POST', headers, body })).status).toBe(200);
    expect(room.wishes).toEqual([{ source: '1001', destination: NUMBER }]);
  });

  test.each(['text/plain', ''])('by a form that is called %j', async (type) => {
    await using room = await aRoom();
    const headers = { ...BEARER, 'content-type': type };
    const body = `source=1001&destination=${NUMBER}\n`;
    expect((await room.ask('', { method: 'POST', headers, body })).status).toBe(200);
    expect(room.wishes).toEqual([{ source: '1001', destination: NUMBER }]);
  });

  test.each([
    ['[]', 'application/json'],
    ['{', 'application/json'],
    ['"x"', 'application/json'],
    ['null', 'application/json'],
    ['[]', 'text/json'],
    ['[]', 'application/problem+json'],
    ['{source=1001}', 'application/x-www-form-urlencoded'],
  ])('but not by a body of %s that is called %s', async (body, type) => {
    await using room = await aRoom();
    const headers = { ...BEARER, 'content-type': type };
    const answer = await room.ask('', { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { message: 'the body must be a JSON object or a form' },
    ]);
    expect(room.wishes).toEqual([]);
    expect(room.log.lines).toMatchObject([
      { message: 'a call was asked for, and nobody was rung', facts: { why: 'no-object' } },
    ]);
  });

  test.each([
    ['multipart/form-data; boundary=x', '--x\r\n', 'files', /multipart/],
    ['text/xml', '<source>1001</source>', 'another-type', /JSON \(application\/json\) or a form/],
    ['application/octet-stream', 'source=1001', 'another-type', /this type/],
    ['form', 'source=1001', 'another-type', /this type/],
  ])('but not by a body of type %s, which is told', async (type, body, why, told) => {
    await using room = await aRoom();
    const headers = { ...BEARER, 'content-type': type };
    const answer = await room.ask(WISH, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toMatchObject([
      415,
      { message: expect.stringMatching(told) },
    ]);
    expect(room.wishes).toEqual([]);
    expect(room.log.lines).toMatchObject([
      { message: 'a call was asked for, and nobody was rung', facts: { why } },
    ]);
  });

  test.each(['HEAD', 'PUT', 'DELETE'])('but not by %s', async (method) => {
    await using room = await aRoom();
    expect((await room.ask(WISH, { method, headers: BEARER })).status).toBe(405);
    expect(room.wishes).toEqual([]);
  });
});

describe('who may ask', () => {
  test.each<[string, Access, string, Record<string, string>, number]>([
    ['the token as Bearer', BY_TOKEN, '', BEARER, 200],
    ['the token in the address', BY_TOKEN, `&token=${TOKEN}`, {}, 200],
    ['a wrong token in the address', BY_TOKEN, `&token=${TOKEN}x`, {}, 401],
    ['the token twice', BY_TOKEN, `&token=${TOKEN}&token=${TOKEN}`, {}, 401],
    [
      'a wrong Bearer beside the right address',
      BY_TOKEN,
      `&token=${TOKEN}`,
      { authorization: 'Bearer x' },
      401,
    ],
    ['nothing', BY_TOKEN, '', {}, 401],
    ['the token without the word Bearer', BY_TOKEN, '', { authorization: TOKEN }, 200],
    ['a wrong one without the word', BY_TOKEN, '', { authorization: `${TOKEN}x` }, 401],
    ['the token after a word of their own', BY_TOKEN, '', { authorization: `Token ${TOKEN}` }, 401],
    ['the token in the address, and a password for a proxy', BY_TOKEN, `&token=${TOKEN}`, basic('a:b'), 200],
    ['user and password without the word Basic', BY_PASSWORD, '', { authorization: 'me:hush:word' }, 401],
    ['user and password', BY_PASSWORD, '', basic('me:hush:word'), 200],
    ['another user', BY_PASSWORD, '', basic('you:hush:word'), 401],
    ['a wrong password', BY_PASSWORD, '', basic('me:hush'), 401],
    [
      'the password in the address',
      { kind: 'basic', secret: 'me:hushed-word' },
      '&token=me:hushed-word',
      {},
      401,
    ],
    ['nobody asks', OPEN, '', {}, 200],
  ])('%s', async (_, access, query, headers, status) => {
    await using room = await aRoom({ access });
    const answer = await room.ask(WISH + query, { headers });
    expect(answer.status).toBe(status);
    expect(room.wishes).toHaveLength(status === 200 ? 1 : 0);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^(Basic|Bearer)/);
    const written = JSON.stringify([room.log.lines, room.serverLog.lines]);
    expect(written).not.toContain(TOKEN);
    expect(written).not.toContain('hush');
  });
});

describe('the log says of whoever is not let in', () => {
  const B64 = basic('you:hush:word').authorization;

  test.each<[Access, string, Record<string, string>, string]>([
    [BY_TOKEN, '', {}, 'nothing'],
    [BY_TOKEN, '', { authorization: 'Bearer' }, 'nothing'],
    [BY_TOKEN, '', { authorization: 'Bearer x' }, 'wrong'],
    [BY_TOKEN, '', { authorization: 'x' }, 'wrong'],
    [BY_TOKEN, '', { authorization: 'Token x' }, 'another-scheme'],
    [BY_TOKEN, '', { authorization: B64 }, 'another-scheme'],
    [BY_TOKEN, '&token=x', {}, 'wrong'],
    [BY_TOKEN, '&token=x', { authorization: B64 }, 'wrong'],
    [BY_PASSWORD, '', {}, 'nothing'],
    [BY_PASSWORD, '', { authorization: 'basic' }, 'nothing'],
    [BY_PASSWORD, '', { authorization: B64 }, 'wrong'],
    [BY_PASSWORD, '', { authorization: 'Basic !' }, 'wrong'],
    [BY_PASSWORD, '', { authorization: 'me:hush:word' }, 'another-scheme'],
    [BY_PASSWORD, '', BEARER, 'another-scheme'],
    [BY_PASSWORD, '&token=x', {}, 'another-scheme'],
  ])('what they showed: %j %s %j', async (access, query, headers, shown) => {
    await using room = await aRoom({ access });
    expect((await room.ask(WISH + query, { headers })).status).toBe(401);
    expect(room.log.lines.map(({ facts }) => facts)).toEqual([{ from: '127.0.0.1', shown, times: 1 }]);
  });

  test('what Movidesk’s own request lacks, also while a stranger tries tokens', async () => {
    await using room = await aRoom();
    await room.ask(WISH, { headers: { authorization: 'Bearer x' } });
    await room.ask(WISH);
    expect(room.log.lines.map(({ facts }) => facts['shown'])).toEqual(['wrong', 'nothing']);
  });
});

test.each<[string, Parameters<typeof aRoom>[0], string, RequestInit]>([
  ['who has no token', {}, WISH, {}],
  ['to whom no call is made', { answer: { kind: 'unavailable' } }, WISH, { headers: BEARER }],
  ['whose body is none', {}, '', { method: 'POST', body: '{', headers: BEARER }],
  ['whose page may not', { access: OPEN }, WISH, { headers: { 'sec-fetch-site': 'cross-site' } }],
])('the log says for whom the proxy of this machine asks: of somebody %s', async (_, parts, query, init) => {
  await using room = await aRoom(parts);
  const headers = { ...init.headers, 'x-forwarded-for': '6.6.6.6, 203.0.113.7' };
  expect((await room.ask(query, { ...init, headers })).ok).toBe(false);
  expect(room.log.lines).toMatchObject([
    { level: 'warn', facts: { from: '127.0.0.1', forwardedFor: '203.0.113.7' } },
  ]);
});

test('whoever tries tokens fills no log: one line a minute says how often', async () => {
  await using room = await aRoom();
  const tries = async (times: number) => {
    for (let time = 0; time < times; time += 1) expect((await room.ask(WISH)).status).toBe(401);
  };
  await tries(5);
  expect(room.log.lines.map(({ facts }) => facts['times'])).toEqual([1]);
  await room.clock.pass(60_000);
  await tries(2);
  expect(room.log.lines.map(({ facts }) => facts['times'])).toEqual([1, 5]);
});

describe('why nobody was rung', () => {
  test.each<[MakeCallAnswer, number, string | null]>([
    [{ kind: 'refused', why: 'no-source' }, 400, null],
    [{ kind: 'refused', why: 'not-dialable' }, 400, null],
    [{ kind: 'refused', why: 'unknown-extension' }, 403, null],
    [{ kind: 'refused', why: 'forbidden-number' }, 403, null],
    [{ kind: 'in-a-call', retryAfterMs: 10_000 }, 429, '10'],
    [{ kind: 'too-many', retryAfterMs: 10_001 }, 429, '11'],
    [{ kind: 'unavailable' }, 503, '5'],
    [{ kind: 'unknown' }, 503, '15'],
  ])('%j', async (answer, status, retryAfter) => {
    await using room = await aRoom({ answer });
    const refusal = await room.ask(WISH, { headers: BEARER });
    expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await refusal.json()).toMatchObject({ statusCode: status, message: expect.any(String) });
    const [line] = room.log.lines;
    expect(line).toMatchObject({ level: 'warn', facts: { source: '1001', clientNumber: NUMBER } });
  });

  test('where nobody knows whether a phone rings, nobody is told that none does', async () => {
    await using room = await aRoom({ answer: { kind: 'unknown' } });
    const answer = await room.ask(WISH, { headers: BEARER });
    expect(await answer.text()).not.toContain('nobody was rung');
    expect(room.log.lines).toMatchObject([
      { message: 'a call was asked for, and nobody knows whether a phone rings', facts: { why: 'unknown' } },
    ]);
  });

  test('whoever sends a long number does not fill the log with it', async () => {
    await using room = await aRoom({ answer: { kind: 'refused', why: 'not-dialable' } });
    await room.ask(`?source=1001&destination=${'5'.repeat(2_000)}`, { headers: BEARER });
    expect(room.log.lines[0]?.facts['clientNumber']).toBe('5'.repeat(32));
  });

  test('a source that may be somebody’s number does not stand in the log in full', async () => {
    await using room = await aRoom({ answer: { kind: 'refused', why: 'no-extension' } });
    await room.ask(`?source=5547999990000&destination=1001`, { headers: BEARER });
    expect(room.log.lines[0]?.facts['source']).toBe('*********0000');
  });
});

test('supervisors are served where they may listen, and only there', async () => {
  await using deaf = await aRoom();
  const query = `/movidesk/monitor?supervisor=1900&agent=1001`;
  expect((await fetch(deaf.url + query, { headers: BEARER })).status).toBe(404);
  await using room = await aRoom({ hears: true });
  expect((await fetch(room.url + query)).status).toBe(401);
  expect((await fetch(room.url + query, { headers: BEARER })).status).toBe(200);
  expect(room.wishes).toEqual([{ source: '1900', destination: '1001' }]);
});
