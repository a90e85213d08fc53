import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  newReplayMemory,
  type ReceivedCallback,
  verifyCallback,
} from '../../../src/adapters/udesk/callback.ts';
import { ReplayMemory } from '../../../src/adapters/udesk/replay-memory.ts';

const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const SECRET = 'the application’s secret';
const NOW = 1_566_446_286_123;
const WINDOW_MS = 600_000;

const signOf = (timestamp: string, secret = SECRET, appId = APP_ID) =>
  createHash('sha1').update(`${appId}${secret}${timestamp}`).digest('hex');

/** A callback as Udesk sends it, received as it was sent, except for what is said. */
function aCallback(changes: Partial<ReceivedCallback> = {}, timestamp = '1566446286'): ReceivedCallback {
  return {
    query: { Timestamp: timestamp, AppId: APP_ID, Sign: signOf(timestamp) },
    body: '{"event":"acd_agent_state"}',
    now: NOW,
    appId: APP_ID,
    secret: SECRET,
    seen: newReplayMemory(),
    ...changes,
  };
}

const withQuery = (changes: Record<string, unknown>) =>
  aCallback({ query: { ...aCallback().query, ...changes } });

test('the signature is that of the document, by sha1sum', () => {
  // printf 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11secret1566446286' | sha1sum
  const sign = '35f46bdfb2ccb140e6f88d09e12917c3f5891008';
  const query = { Timestamp: '1566446286', AppId: APP_ID, Sign: sign };
  expect(verifyCallback(aCallback({ query, secret: 'secret' }))).toMatchObject({ ok: true });
});

test('a callback in seconds is taken, and one in milliseconds', () => {
  expect(verifyCallback(aCallback())).toEqual({ ok: true, sentAt: 1_566_446_286_000 });
  expect(verifyCallback(aCallback({}, '1566446286123'))).toEqual({ ok: true, sentAt: NOW });
});

test('a signature in capitals is the same signature', () => {
  const { Sign } = aCallback().query;
  const callback = withQuery({ Sign: String(Sign).toUpperCase() });
  expect(verifyCallback(callback)).toMatchObject({ ok: true });
  const again = { ...callback, query: aCallback().query };
  expect(verifyCallback(again)).toEqual({ ok: false, reason: 'replayed' });
});

test.each([
  ['another secret', { Sign: signOf('1566446286', 'guessed') }, 'wrong-signature'],
  ['the signature of another second', { Sign: signOf('1566446287') }, 'wrong-signature'],
  ['a signature that is too short', { Sign: signOf('1566446286').slice(1) }, 'malformed'],
  ['a signature that is no hexadecimal', { Sign: 'g'.repeat(40) }, 'malformed'],
  ['no signature', { Sign: undefined }, 'malformed'],
  ['two signatures', { Sign: [signOf('1566446286'), 'x'] }, 'malformed'],
  ['another application', { AppId: 'another' }, 'wrong-app'],
  ['no application', { AppId: undefined }, 'malformed'],
  ['two applications', { AppId: [APP_ID, 'another'] }, 'malformed'],
  ['no timestamp', { Timestamp: undefined }, 'malformed'],
  ['an empty timestamp', { Timestamp: '' }, 'malformed'],
  ['a timestamp in words', { Timestamp: 'now', Sign: signOf('now') }, 'malformed'],
  ['a negative timestamp', { Timestamp: '-1', Sign: signOf('-1') }, 'malformed'],
  ['a timestamp with a fraction', { Timestamp: '1.5e9', Sign: signOf('1.5e9') }, 'malformed'],
  ['a timestamp of the next line', { Timestamp: '1566446286\n', Sign: signOf('1566446286\n') }, 'malformed'],
])('%s is refused', (_, changes, reason) => {
  expect(verifyCallback(withQuery(changes))).toEqual({ ok: false, reason });
});

test('the signed text is not to be cut elsewhere: a digit of the secret is no digit of the timestamp', () => {
  const query = { Timestamp: '1566446286', AppId: APP_ID, Sign: signOf('566446286', 'secret1') };
  // What is signed reads the same; the application's secret is another.
  expect(verifyCallback(aCallback({ query, secret: 'secret' }))).toMatchObject({ ok: true });
  expect(verifyCallback(aCallback({ query, secret: 'secret1' }))).toMatchObject({ ok: false });
});

test.each([
  [-WINDOW_MS - 1, false],
  [-WINDOW_MS, true],
  [0, true],
  [WINDOW_MS, true],
  [WINDOW_MS + 1, false],
])('a callback that is %d ms away is within ten minutes: %s', (awayMs, ok) => {
  const verdict = verifyCallback(aCallback({}, String(NOW + awayMs)));
  expect(verdict).toEqual(ok ? { ok, sentAt: NOW + awayMs } : { ok, reason: 'outside-window' });
});

test('the same callback twice is a replay, as long as it would be valid', () => {
  const seen = newReplayMemory();
  const ahead = String(NOW + WINDOW_MS);
  expect(verifyCallback(aCallback({ seen }, ahead))).toMatchObject({ ok: true });
  for (const laterMs of [0, 1, WINDOW_MS, 2 * WINDOW_MS]) {
    const verdict = verifyCallback(aCallback({ seen, now: NOW + laterMs }, ahead));
    expect(verdict).toEqual({ ok: false, reason: 'replayed' });
  }
  const tooLate = verifyCallback(aCallback({ seen, now: NOW + 2 * WINDOW_MS + 1 }, ahead));
  expect(tooLate).toEqual({ ok: false, reason: 'outside-window' });
});

test('two events of one second carry one signature, and both are taken', () => {
  const seen = newReplayMemory();
  for (const body of ['{"AgentId":"1"}', '{"AgentId":"2"}']) {
    expect(verifyCallback(aCallback({ seen, body }))).toMatchObject({ ok: true });
  }
});

test('a body is the same as text and as bytes', () => {
  const seen = newReplayMemory();
  const { body } = aCallback();
  expect(verifyCallback(aCallback({ seen }))).toMatchObject({ ok: true });
  expect(verifyCallback(aCallback({ seen, body: Buffer.from(body) }))).toMatchObject({ reason: 'replayed' });
});

test('what is refused is not remembered', () => {
  const seen = newReplayMemory();
  verifyCallback(aCallback({ seen, secret: 'another' }));
  verifyCallback(aCallback({ seen, now: NOW + 2 * WINDOW_MS }));
  expect(seen.size).toBe(0);
  expect(verifyCallback(aCallback({ seen }))).toMatchObject({ ok: true });
});

test('the memory forgets in time', () => {
  const memory = new ReplayMemory(1_000);
  for (let second = 0; second < 100; second += 1) {
    for (let count = 0; count < 10; count += 1) memory.admits(`${second} ${count}`, second * 1_000);
  }
  expect(memory.size).toBe(20);
  expect(memory.admits('99 0', 99_999)).toBe(false);
  expect(memory.admits('99 0', 101_000)).toBe(true);
});

test('the memory is bounded, and forgets the oldest first', () => {
  const memory = new ReplayMemory(1_000, 100);
  for (let count = 0; count < 1_000; count += 1) {
    expect(memory.admits(String(count), 0)).toBe(true);
    expect(memory.size).toBeLessThanOrEqual(100);
  }
  for (const recent of ['999', '951', '950']) expect(memory.admits(recent, 0)).toBe(false);
  expect(memory.admits('0', 0)).toBe(true);
});

test('a memory never admits a key twice within its life', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 5 })));
  fc.assert(
    fc.property(steps, (taken) => {
      const memory = new ReplayMemory(1_000);
      const admittedAt = new Map<number, number>();
      let now = 0;
      for (const [passedMs, key] of taken) {
        now += passedMs;
        const before = admittedAt.get(key);
        const isNew = memory.admits(String(key), now);
        if (before !== undefined && now - before <= 1_000 && isNew) {
          throw new Error(`admitted again after ${now - before} ms`);
        }
        if (before === undefined || now - before >= 2_000) expect(isNew).toBe(true);
        if (isNew) admittedAt.set(key, now);
      }
    }),
    { numRuns: 500 },
  );
});

test('whatever comes in a query without the secret is refused', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.constantFrom(APP_ID, '1566446286', signOf('1', 'x')),
    fc.anything(),
  );
  const query = fc.record({ Timestamp: anything, AppId: anything, Sign: anything }, { requiredKeys: [] });
  fc.assert(
    fc.property(query, fc.string(), (given, body) => {
      expect(verifyCallback(aCallback({ query: given, body })).ok).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});
