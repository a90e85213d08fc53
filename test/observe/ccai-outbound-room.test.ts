import { expect, test } from 'vitest';
import { ccaiOutboundRoom } from '../../src/observe/http/ccai-outbound-room.ts';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import type { CallOut, CallOutOutcome, CallOutResult, CallOutWish } from '../../src/ports/call-out.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { RawClient } from './raw-client.ts';
import { serving } from './serving.ts';

const TOKEN = 'an outbound token';
const CREATED: CallOutResult = {
  outcome: 'created',
  code: 'created',
  message: 'It was created.',
  ccaiCallId: 397,
  retryAfterMs: undefined,
  cause: undefined,
};
const WISH = { agentEmail: 'ana@example.com', number: '11987654321' };

/** The room, what was wished for in it, and its log. */
async function aRoom(result: Partial<CallOutResult> | Error = {}) {
  const wishes: CallOutWish[] = [];
  const log = new MemoryLog();
  const callOut: CallOut = async (wish) => {
    wishes.push(wish);
    if (result instanceof Error) throw result;
    return { ...CREATED, ...result };
  };
  const place = await serving({ rooms: [healthRoom, ccaiOutboundRoom({ callOut, token: TOKEN, log })] });
  return { ...place, wishes, log, serverLog: place.log };
}

async function post(
  url: string,
  body: unknown = WISH,
  headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
) {
  const answer = await fetch(`${url}/ccai/outbound`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

test('an agent is asked to call a number, and whoever asked learns the call’s identity there', async () => {
  await using room = await aRoom();
  const { status, body } = await post(room.url);
  expect({ status, body }).toEqual({
    status: 201,
    body: { outcome: 'created', code: 'created', message: 'It was created.', ccaiCallId: 397 },
  });
  expect(room.wishes).toEqual([{ ...WISH, ticketId: undefined, outboundNumber: undefined, lang: undefined }]);
});

test('every field is handed on, and what is empty or null is left out', async () => {
  await using room = await aRoom();
  const rest = { outboundNumber: '+551132654321', lang: 'pt' };
  await post(room.url, { agentEmail: 'ana@example.com', number: null, ticketId: '71450', ...rest });
  await post(room.url, { agentEmail: '', number: '', ticketId: '', outboundNumber: '', lang: '' });
  const nothing = undefined;
  expect(room.wishes).toEqual([
    { agentEmail: 'ana@example.com', number: nothing, ticketId: '71450', ...rest },
    { agentEmail: nothing, number: nothing, ticketId: nothing, outboundNumber: nothing, lang: nothing },
  ]);
});

test.each<[CallOutOutcome, string, number]>([
  ['created', 'created', 201],
  ['needs-agent', 'needs-agent', 202],
  ['needs-outbound-number', 'needs-outbound-number', 200],
  ['invalid', 'number-and-ticket', 400],
  ['refused', 'contact-not-found', 422],
  ['refused', 'agent-not-available', 409],
  ['misconfigured', 'unauthorized', 502],
  ['unavailable', 'unreachable', 502],
  ['throttled', 'throttled', 503],
  ['unknown-outcome', 'unknown-outcome', 504],
])('%s (%s) is answered %d, with its code', async (outcome, code, status) => {
  await using room = await aRoom({ outcome, code, ccaiCallId: undefined });
  const answer = await post(room.url);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ outcome, code, message: 'It was created.' });
});

test('how long to wait is told in whole seconds, and nothing of the cause', async () => {
  const cause = 'POST calls: ECONNREFUSED 10.1.2.3';
  await using room = await aRoom({ outcome: 'throttled', code: 'throttled', retryAfterMs: 6_001, cause });
  const { headers, body } = await post(room.url);
  expect(headers.get('retry-after')).toBe('7');
  expect(JSON.stringify(body)).not.toContain('10.1.2.3');
});

test('the log says what came of it, and not who calls whom', async () => {
  await using room = await aRoom();
  await post(room.url);
  await using broken = await aRoom({ outcome: 'unavailable', code: 'broken', cause: 'POST calls: 503' });
  await post(broken.url);
  expect(room.log.lines).toMatchObject([
    { level: 'info', facts: { outcome: 'created', code: 'created', ccaiCallId: 397 } },
  ]);
  expect(broken.log.lines).toMatchObject([
    { level: 'warn', facts: { outcome: 'unavailable', cause: 'POST calls: 503' } },
  ]);
  const all = JSON.stringify([...room.log.lines, ...broken.log.lines]);
  expect(all).not.toMatch(/ana@|98765|outbound token/);
});

test.each<[string, Record<string, string>]>([
  ['no token', {}],
  ['another one', { authorization: 'Bearer another' }],
  ['the beginning of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
  ['an empty one', { authorization: 'Bearer ' }],
  ['another way of proving it', { authorization: `Basic ${TOKEN}` }],
  ['the token alone', { authorization: TOKEN }],
])('with %s nobody is called, and nothing of the body is read', async (_what, headers) => {
  await using room = await aRoom();
  const answer = await post(room.url, 'x'.repeat(20_000), headers);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(answer.body).toMatchObject({ code: 'unauthorized' });
  expect(room.wishes).toEqual([]);
});

test('the word before the token may be written as anybody likes (RFC 9110 §11.1)', async () => {
  await using room = await aRoom();
  expect((await post(room.url, WISH, { authorization: `bearer  ${TOKEN}` })).status).toBe(201);
});

test.each([
  ['no JSON', '{"agentEmail":', 'not-json'],
  ['nothing', '', 'not-json'],
  ['a list', '[]', 'not-json'],
  ['null', 'null', 'not-json'],
  ['a number that is none', { ...WISH, number: 11987654321 }, 'not-text'],
  ['a field of the platform’s own', { ...WISH, agent_email: 'a@b' }, 'unknown-field'],
  ['a prototype', '{"__proto__":{"agentEmail":"a@b"}}', 'unknown-field'],
])('a body with %s is refused with a code', async (_what, body, code) => {
  await using room = await aRoom();
  const answer = await post(room.url, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ outcome: 'invalid', code, message: expect.stringMatching(/^[A-Za-z].+\.$/) });
  expect(room.wishes).toEqual([]);
});

test('16 KB are taken, and a byte more is not', async () => {
  await using room = await aRoom();
  const ofBytes = (bytes: number) => JSON.stringify(WISH).padEnd(bytes, ' ');
  expect((await post(room.url, ofBytes(16_384))).status).toBe(201);
  expect((await post(room.url, ofBytes(16_385))).status).toBe(413);
  expect(room.wishes).toHaveLength(1);
});

test('a body of unknown length ends at the limit, too', async () => {
  await using room = await aRoom();
  using client = await RawClient.connect(room.url);
  const head = `POST /ccai/outbound HTTP/1.1\r\nHost: us\r\nAuthorization: Bearer ${TOKEN}\r\n`;
  client.says(`${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
  client.says(`4001\r\n${' '.repeat(0x4001)}\r\n`);
  await client.hears('HTTP/1.1 413 ');
  expect(room.wishes).toEqual([]);
});

test('only JSON and only POST are taken, and the other rooms ask for no token', async () => {
  await using room = await aRoom();
  const form = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' };
  expect((await post(room.url, 'agentEmail=a', form)).status).toBe(415);
  const got = await fetch(`${room.url}/ccai/outbound`);
  expect({ status: got.status, allow: got.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
  expect((await fetch(`${room.url}/healthz`)).status).toBe(200);
  expect(room.wishes).toEqual([]);
});

test('a fault of ours is told in the log, and not to whoever asked', async () => {
  await using room = await aRoom(new Error('no room'));
  const { status, body } = await post(room.url);
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('no room');
  expect(room.serverLog.lines.at(-1)?.facts).toMatchObject({ err: { message: 'no room' } });
});
