import { expect, test } from 'vitest';
import { aClient, aReceivedCall, failureIn } from '../adapters/movidesk/builders.ts';
import { HostileFarSide } from './movidesk/far-side.ts';

/** What the fuzzers found, in its smallest form. */

test('two headers that tell us to wait are one answer, not a crash', async () => {
  const farSide = await HostileFarSide.listen();
  await using client = aClient({ baseUrl: farSide.url });
  farSide.says({
    head: 'HTTP/1.1 429 Too Many\r\nRetry-After: 3\r\nRetry-After: 4',
    body: Buffer.from(''),
    framing: 'right',
    afterwards: 'ends',
  });
  expect(failureIn(await client.ask(aReceivedCall()))).toMatchObject({
    kind: 'throttled',
    retryAfterMs: 3_000,
  });
  await farSide.close();
});

test('fifty megabytes of an answer are not read', async () => {
  const farSide = await HostileFarSide.listen();
  await using client = aClient({ baseUrl: farSide.url });
  const body = Buffer.alloc(50_000_000, '1');
  const before = process.memoryUsage().arrayBuffers;
  farSide.says({ head: 'HTTP/1.1 200 OK', body, framing: 'until the end', afterwards: 'ends' });
  const { kind, cause } = failureIn(await client.ask(aReceivedCall()));
  expect([kind, cause]).toEqual(['unknown-outcome', expect.stringContaining('longer than 64 KiB')]);
  // The sender's own copy is in this process, too.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(65_000_000);
  await farSide.close();
});
