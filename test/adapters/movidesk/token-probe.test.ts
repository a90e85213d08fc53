import { expect, test } from 'vitest';
import { probeToken } from '../../../src/adapters/movidesk/token-probe.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { startMovideskSimulator } from '../../../src/simulators/movidesk/simulator.ts';
import { aClosedPort, answering, aTcpServer } from './far-side.ts';

const TOKEN = 'c0ffee00-token';
const probe = (baseUrl: string, given: { token?: string; now?: () => number; timeoutMs?: number } = {}) =>
  probeToken({ baseUrl, token: TOKEN, timeoutMs: 2_000, now: systemClock.now, ...given });

test('a strict Movidesk accepts the right token, refuses a wrong one, and is left without a call of ours', async () => {
  const movidesk = await startMovideskSimulator({ token: TOKEN, requestsPerMinute: 10, queues: [] });
  try {
    expect(await probe(movidesk.url)).toMatchObject({ verdict: 'accepted' });
    expect(movidesk.violations()).toEqual([]);
    const refused = await probe(movidesk.url, { token: 'another-token' });
    expect(refused).toMatchObject({ verdict: 'refused', cause: expect.stringMatching(/^401 /) });
    expect(movidesk.ledger.map(({ operation }) => operation)).toEqual(['setMadeCallLink', 'setMadeCallLink']);
    expect(movidesk.calls()).toEqual([]);
  } finally {
    await movidesk.close();
  }
});

test('the limit of requests is told from a refused token', async () => {
  const movidesk = await startMovideskSimulator({ token: TOKEN, requestsPerMinute: 1, queues: [] });
  try {
    await probe(movidesk.url);
    expect(await probe(movidesk.url)).toMatchObject({ verdict: 'throttled' });
  } finally {
    await movidesk.close();
  }
});

test.each([
  [200, '', 'accepted'],
  [204, '', 'accepted'],
  [401, '', 'refused'],
  [403, '<html>Forbidden</html>', 'refused'],
  [400, '{"message":"Token inválido"}', 'refused'],
  [400, 'Unauthorized', 'refused'],
  [422, 'Chave de API não encontrada', 'refused'],
  [400, '{"message":"id unknown"}', 'unclear'],
  [404, 'No HTTP resource was found', 'unclear'],
  [418, 'short and stout', 'unclear'],
  [302, '', 'broken'],
  [500, 'token', 'broken'],
  [503, '', 'broken'],
] as const)('%i with %j means %s', async (status, body, verdict) => {
  await using server = await answering(status, body);
  expect(await probe(server.url)).toMatchObject({ verdict });
});

test('the token is never part of what is told', async () => {
  await using server = await answering(400, `no such token: ${TOKEN}`);
  const { cause } = await probe(server.url);
  expect(cause).toContain('no such token');
  expect(cause).not.toContain(TOKEN);
});

test('nobody there is unreachable, and somebody who does not answer is silent', async () => {
  expect(await probe(`http://127.0.0.1:${await aClosedPort()}`)).toMatchObject({
    verdict: 'unreachable',
    cause: expect.stringContaining('ECONNREFUSED'),
    aheadMs: undefined,
  });
  await using deaf = await aTcpServer(() => {});
  expect(await probe(deaf.url, { timeoutMs: 500 })).toMatchObject({ verdict: 'silent' });
});

test('a clock of ours that is ahead of Movidesk is measured, also where the token is refused', async () => {
  await using server = await answering(401, '');
  const { aheadMs = Number.NaN } = await probe(server.url, { now: () => systemClock.now() + 3 * 3_600_000 });
  expect(Math.abs(aheadMs - 3 * 3_600_000)).toBeLessThan(3_000);
  const right = await probe(server.url);
  expect(Math.abs(right.aheadMs ?? Number.NaN)).toBeLessThan(3_000);
});
