import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Room } from '../../src/observe/http/room.ts';
import {
  anActiveCallPlace,
  BEARER,
  BY_PASSWORD,
  BY_TOKEN,
  basic,
  TOKEN,
  WISH,
} from '../observe/active-call-place.ts';
import { serving } from '../observe/serving.ts';
import { launch, Reader } from './reader.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const pageOfTheirs: Room = (server) => {
  server.get('/', (_request, reply) => reply.type('text/html').send('<!doctype html><title>Theirs</title>'));
};

/** For the browser another site than that of a server at 127.0.0.1. */
const elsewhere = (url: string): string => url.replace('127.0.0.1', 'localhost');

/** What a script on a page of another site reads, or how it fails. */
const asking = (url: string, init: object): string =>
  `fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then(async (a) => [a.status, await a.text()], (e) => e.name)`;

describe('a script on a page of Movidesk', () => {
  const JSON_BODY = { source: '1001', destination: '047999990000' };
  test.each([
    ['the token in a header', BY_TOKEN, WISH, { headers: BEARER }],
    ['the token in the address', BY_TOKEN, `${WISH}&token=${TOKEN}`, {}],
    ['user and password', BY_PASSWORD, WISH, { headers: basic('me:hush:word') }],
    [
      'JSON and the token',
      BY_TOKEN,
      '',
      {
        method: 'POST',
        headers: { ...BEARER, 'content-type': 'application/json' },
        body: JSON.stringify(JSON_BODY),
      },
    ],
  ])('asks for a call with %s, and reads its id', async (_, access, query, init) => {
    await using room = await anActiveCallPlace({ access });
    await using theirs = await serving({ rooms: [pageOfTheirs] });
    await using reader = await Reader.opens(browser, elsewhere(theirs.url));
    const answer = await reader.finds(asking(`${room.url}/movidesk/call${query}`, init));
    expect(answer).toEqual([200, expect.stringContaining('pbx1-made-1')]);
    expect(room.wishes).toEqual([JSON_BODY]);
  });

  test('reads why nobody is rung', async () => {
    await using room = await anActiveCallPlace();
    await using theirs = await serving({ rooms: [pageOfTheirs] });
    await using reader = await Reader.opens(browser, elsewhere(theirs.url));
    const init = { headers: { authorization: 'Bearer x' } };
    const answer = await reader.finds(asking(`${room.url}/movidesk/call${WISH}`, init));
    expect(answer).toEqual([401, expect.stringContaining('another one')]);
  });
});

test('no page has a browser ring somebody with a password that somebody gave it: it takes none', async () => {
  await using room = await anActiveCallPlace({ access: BY_PASSWORD });
  await using theirs = await serving({ rooms: [pageOfTheirs] });
  // Somebody who gives the password wherever the browser asks for one.
  const httpCredentials = { username: 'me', password: 'hush:word' };
  const url = `${room.url}/movidesk/call${WISH}`;
  await using reader = await Reader.opens(browser, url, { httpCredentials });
  await reader.page.goto(elsewhere(theirs.url));
  await reader.finds(asking(url, { mode: 'no-cors', credentials: 'include' }));
  await reader.finds(asking(url, { credentials: 'include' }));
  expect(room.wishes).toEqual([]);
  expect(room.log.lines.map(({ facts }) => facts['shown'])).toEqual(['nothing']);
});
