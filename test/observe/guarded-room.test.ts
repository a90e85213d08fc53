import { expect, test } from 'vitest';
import { guardedRoom } from '../../src/observe/http/guarded-room.ts';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import { pageRoom } from '../../src/observe/http/page-room.ts';
import { serving } from './serving.ts';

const TOKEN = 'a token: of çare';
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
// As bytes: a header carries nothing else.
const bearer = (token: string) => `Bearer ${Buffer.from(token).toString('latin1')}`;

const place = () => serving({ rooms: [healthRoom, guardedRoom(pageRoom, TOKEN)] });

async function statusOf(url: string, authorization?: string): Promise<number> {
  const headers = authorization === undefined ? {} : { authorization };
  return (await fetch(url, { headers })).status;
}

test.each([
  ['as a Bearer', bearer('a token of care'), 'a token of care'],
  ['as the password of nobody', basic('', TOKEN), TOKEN],
  ['as the password of anybody', basic('ana', TOKEN), TOKEN],
])('the token %s opens the room', async (_how, authorization, token) => {
  await using here = await serving({ rooms: [guardedRoom(pageRoom, token)] });
  expect(await statusOf(`${here.url}/`, authorization)).toBe(200);
  expect(await statusOf(`${here.url}/page/page.js`, authorization)).toBe(200);
});

test.each([
  ['nothing', undefined],
  ['another token', bearer('another')],
  ['an empty one', 'Bearer '],
  ['the beginning of it', basic('ana', TOKEN.slice(0, -1))],
  ['it as the user', basic(TOKEN, '')],
  ['no colon', `Basic ${Buffer.from(TOKEN.replaceAll(':', '')).toString('base64')}`],
  ['what is no base64', 'Basic ***'],
  ['another way of proving it', `Digest ${TOKEN}`],
])('with %s nothing is seen, and a browser is made to ask', async (_what, authorization) => {
  await using here = await place();
  const headers =
    authorization === undefined ? {} : { authorization: Buffer.from(authorization).toString('latin1') };
  const answer = await fetch(`${here.url}/`, { headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(
    'Basic realm="asterisk-movidesk", charset="UTF-8", Bearer',
  );
  expect(await answer.json()).toMatchObject({ message: expect.stringContaining('http.token') });
});

test('health needs no token', async () => {
  await using here = await place();
  expect(await statusOf(`${here.url}/healthz`)).toBe(200);
});
