import { expect, test } from 'vitest';
import { APP_ID, aCallCentre, NOON, SECRET, sha1 } from './call-centre.ts';
import { ourSide } from './our-side.ts';

const QUESTION = { adTaskId: 't1', count: 2 };
const NUMBERS = [
  { id: 'a', number: '13676546374' },
  { id: 'b', number: '01067654637' },
];

const answering = (body: unknown, status = 200) =>
  ourSide(() => ({ status, body: typeof body === 'string' ? body : JSON.stringify(body) }));

test('Udesk asks for so many numbers of a task, signed like a callback', async () => {
  const answer = { code: '000000', message: 'OK', exhausted: false, results: NUMBERS };
  await using us = await answering(answer);
  await using centre = await aCallCentre();
  const baseUrl = `${us.url}/udesk/`;
  expect(await centre.simulator.askForNumbers({ ...QUESTION, baseUrl })).toEqual({
    status: 200,
    body: answer,
  });
  const Timestamp = String(NOON / 1000);
  expect(us.heard).toMatchObject([
    {
      ...{ method: 'POST', path: '/udesk/cc_ad_task/numbers' },
      query: { AppId: APP_ID, Timestamp, Sign: sha1(APP_ID, SECRET, Timestamp) },
      body: { app_id: APP_ID, ad_task_id: 't1', count: 2 },
    },
  ]);
  expect(centre.simulator.violations()).toEqual([]);
});

test('Udesk says that a task is over, bare if so wished', async () => {
  await using us = await answering({ code: '000000', message: 'OK' });
  await using centre = await aCallCentre();
  const question = { baseUrl: us.url, adTaskId: 't1', signed: 'none' } as const;
  expect(await centre.simulator.tellStopped(question)).toMatchObject({ status: 200 });
  expect(us.heard).toMatchObject([
    { path: '/cc_ad_task/stop', query: {}, body: { app_id: APP_ID, ad_task_id: 't1' } },
  ]);
});

test.each([
  ['no JSON object', '<html>'],
  ['code or message is no text', { code: 0, message: 'OK', exhausted: true, results: [] }],
  ['exhausted is neither true nor false', { code: '000000', message: 'OK', exhausted: 'no', results: [] }],
  ['results is no list', { code: '000000', message: 'OK', exhausted: true, results: null }],
  [
    '3 numbers where 2 were asked for',
    { code: '000000', message: 'OK', exhausted: true, results: [...NUMBERS, ...NUMBERS.slice(1)] },
  ],
  [
    'a result without an id, or without a number as Udesk writes them',
    { code: '000000', message: 'OK', exhausted: true, results: [{ id: 'a', number: '+5547999990000' }] },
  ],
])('an answer of ours that is wrong is a violation: %s', async (breach, body) => {
  await using us = await answering(body);
  await using centre = await aCallCentre();
  await centre.simulator.askForNumbers({ ...QUESTION, baseUrl: us.url });
  expect(centre.simulator.violations()).toEqual([`the answer of cc_ad_task/numbers: ${breach}`]);
});

test('a refusal of ours is an answer, and nobody there is one too', async () => {
  await using us = await answering('', 401);
  await using centre = await aCallCentre();
  expect(await centre.simulator.askForNumbers({ ...QUESTION, baseUrl: us.url })).toEqual({
    status: 401,
    body: '',
  });
  const nobody = await centre.simulator.askForNumbers({ ...QUESTION, baseUrl: 'http://127.0.0.1:9' });
  expect(nobody.status).toBe('failed');
  expect(centre.simulator.violations()).toEqual([]);
});
