import { expect, test } from 'vitest';
import { HttpClient } from '../../../src/adapters/kit/http-client.ts';
import { answering } from '../movidesk/far-side.ts';

async function asked(status: number, answeredBy?: readonly number[]) {
  await using server = await answering(status, 'x'.repeat(1_000), { 'retry-after': '1' });
  const options = { baseUrl: server.url, timeoutMs: 5_000, connections: 1, secrets: [], now: () => 0 };
  const client = new HttpClient(options);
  try {
    return await client.send({
      method: 'GET',
      path: 'a',
      ...(answeredBy === undefined ? {} : { answeredBy }),
    });
  } finally {
    await client.close();
  }
}

test('a status that the request is ready for is an answer, whole', async () => {
  expect(await asked(400, [400, 404])).toEqual({ ok: true, value: { status: 400, text: 'x'.repeat(1_000) } });
});

test('every other status stays a failure', async () => {
  expect(await asked(400)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  expect(await asked(429, [400, 404])).toMatchObject({ ok: false, failure: { kind: 'throttled' } });
});
