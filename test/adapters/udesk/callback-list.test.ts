import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { newReplayMemory } from '../../../src/adapters/udesk/callback.ts';
import {
  faultyAnswer,
  NOBODY_NOW,
  numbersAnswer,
  type ReceivedRequest,
  readNumbersRequest,
  readStopRequest,
  STOP_NOTED,
} from '../../../src/adapters/udesk/callback-list.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';

const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const SECRET = 'the application’s secret';
const NOW = 1_566_446_286_123;
const TIMESTAMP = '1566446286';

const signOf = (secret: string) => createHash('sha1').update(`${APP_ID}${secret}${TIMESTAMP}`).digest('hex');

const QUERY = { Timestamp: TIMESTAMP, AppId: APP_ID, Sign: signOf(SECRET) };

/** A request as Udesk sends it, except for what is said; a body that is no text is its JSON. */
function aRequest(body: unknown, changes: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return {
    query: QUERY,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    now: NOW,
    appId: APP_ID,
    secret: SECRET,
    seen: newReplayMemory(),
    memoryBegan: NOW - 3_600_000,
    ...changes,
  };
}

const TASK = { app_id: APP_ID, ad_task_id: 'task-7' };
const NUMBERS = { ...TASK, count: 10 };

test('a task asks for numbers, and says that it is over', () => {
  expect(readNumbersRequest(aRequest(NUMBERS))).toEqual({
    kind: 'asked',
    request: { taskId: 'task-7', count: 10 },
  });
  expect(readStopRequest(aRequest(TASK))).toEqual({ kind: 'asked', request: { taskId: 'task-7' } });
});

test('numbers in quotes and ids without them are understood, and what else is there does not matter', () => {
  const body = { app_id: APP_ID, ad_task_id: 7, count: '10', more: { of: ['it'] } };
  expect(readNumbersRequest(aRequest(body))).toMatchObject({ request: { taskId: '7', count: 10 } });
});

test.each([
  [1, 1],
  [100, 100],
  [101, 100],
  [1_000, 100],
  [Number.MAX_SAFE_INTEGER, 100],
])('whoever asks for %d is given %d at most', (count, most) => {
  expect(readNumbersRequest(aRequest({ ...NUMBERS, count }))).toMatchObject({ request: { count: most } });
});

test.each([
  ['no signature at all, as the document has it', { query: {} }, 'malformed'],
  ['another’s signature', { query: { ...QUERY, Sign: signOf('guessed') } }, 'wrong-signature'],
  ['a signature of yesterday', { now: NOW + 86_400_000 }, 'outside-window'],
  ['another application in the query', { query: { ...QUERY, AppId: 'another' } }, 'wrong-app'],
] as const)('a request with %s gets no number', (_what, changes, why) => {
  expect(readNumbersRequest(aRequest(NUMBERS, changes))).toEqual({ kind: 'refused', why });
  expect(readStopRequest(aRequest(TASK, changes))).toEqual({ kind: 'refused', why });
});

test.each([
  ['another application', { ...NUMBERS, app_id: 'another' }],
  ['no application', { ad_task_id: 'task-7', count: 10 }],
  ['several applications', { ...NUMBERS, app_id: [APP_ID] }],
])('a request about %s is refused, though it is signed for ours', (_what, body) => {
  expect(readNumbersRequest(aRequest(body))).toEqual({ kind: 'refused', why: 'wrong-app' });
  expect(readStopRequest(aRequest(body))).toEqual({ kind: 'refused', why: 'wrong-app' });
});

test('the same request once more is known, so that nobody takes others away with it', () => {
  const seen = newReplayMemory();
  expect(readNumbersRequest(aRequest(NUMBERS, { seen }))).toMatchObject({ kind: 'asked' });
  expect(readNumbersRequest(aRequest(NUMBERS, { seen }))).toEqual({ kind: 'repeated' });
  expect(readNumbersRequest(aRequest({ ...NUMBERS, count: 9 }, { seen }))).toMatchObject({ kind: 'asked' });
});

test('a request from before all that is remembered takes nobody away, for it may have been answered then', () => {
  const sentAt = Number(TIMESTAMP) * 1000;
  const before = { memoryBegan: sentAt + 1 };
  expect(readNumbersRequest(aRequest(NUMBERS, before))).toEqual({ kind: 'repeated' });
  expect(readStopRequest(aRequest(TASK, before))).toEqual({ kind: 'repeated' });
  expect(readNumbersRequest(aRequest(NUMBERS, { memoryBegan: sentAt }))).toMatchObject({ kind: 'asked' });
});

test.each([
  ['nothing', '', /not JSON/],
  ['no JSON', '<xml/>', /not JSON/],
  ['a list', '[]', /not a JSON object/],
  ['too much', `{"app_id":"${'x'.repeat(70_000)}"}`, /longer than/],
  ['no task', { app_id: APP_ID, count: 10 }, /ad_task_id/],
  ['an empty task', { ...NUMBERS, ad_task_id: '' }, /ad_task_id/],
  ['a task of endless name', { ...NUMBERS, ad_task_id: 'x'.repeat(257) }, /ad_task_id/],
])('a body with %s is faulty in both requests', (_what, body, why) => {
  const faulty = { kind: 'faulty', why: expect.stringMatching(why) };
  expect(readNumbersRequest(aRequest(body))).toEqual(faulty);
  expect(readStopRequest(aRequest(body))).toEqual(faulty);
});

test.each([undefined, null, 0, -1, 1.5, 'ten', '', [10], 1e300])('%j is no count', (count) => {
  expect(readNumbersRequest(aRequest({ ...NUMBERS, count }))).toMatchObject({ kind: 'faulty' });
});

test('answers are as the document has them', () => {
  const callers = [{ callId: callIdFrom('pbx1-1795361570.12'), number: '005511987654321' }];
  expect(numbersAnswer({ callers, exhausted: true })).toEqual({
    code: '000000',
    message: 'OK',
    exhausted: true,
    results: [{ id: 'pbx1-1795361570.12', number: '005511987654321' }],
  });
  expect(NOBODY_NOW).toEqual({ code: '000000', message: 'OK', exhausted: false, results: [] });
  expect(STOP_NOTED).toEqual({ code: '000000', message: 'OK' });
  expect(faultyAnswer('count is missing')).toEqual({
    code: '000001',
    message: 'count is missing',
    exhausted: false,
    results: [],
  });
});
