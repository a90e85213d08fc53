import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../../../src/adapters/ccai/operations.ts';
import type { Fault } from '../../../../src/simulators/ccai/faults.ts';
import { contractOf, OPERATION_NAMES } from './contracts.ts';
import { AGENT, aPlatform, NUMBER, type Platform, TICKET, TOKEN } from './platform.ts';

const PAGE = '<html><body>502 Bad Gateway</body></html>';
const TIMEOUT_MS = 400;

/** What it means where the same request once more would call somebody twice, and where it would not. */
type Case = readonly [name: string, fault: Fault, harmful: object, harmless: object];

const UNKNOWN = { kind: 'unknown-outcome' };
const broken = (status: number) => ({ kind: 'broken', status });

const same = (name: string, fault: Fault, meaning: object): Case => [name, fault, meaning, meaning];

const FAULTS: readonly Case[] = [
  ['that is broken', { status: 500 }, UNKNOWN, broken(500)],
  ['that broke down after it had acted', { status: 500, heard: true }, UNKNOWN, broken(500)],
  ['behind a gateway’s error page', { status: 502, body: PAGE }, UNKNOWN, broken(502)],
  same('that takes nothing on', { status: 503 }, broken(503)),
  same('that heard a part only', { status: 408 }, broken(408)),
  same('behind something that sends us elsewhere', { status: 302 }, broken(302)),
  same('that does not accept the token', { status: 401 }, { kind: 'unauthorized', status: 401 }),
  same('that forbids us the account', { status: 403 }, { kind: 'unauthorized', status: 403 }),
  same(
    'that has had enough of us',
    { status: 429, headers: { 'retry-after': '7' } },
    { kind: 'throttled', retryAfterMs: 7_000 },
  ),
  same('that refuses in no documented way', { status: 422 }, { kind: 'refused', status: 422 }),
  same('that says nothing', { silence: true }, UNKNOWN),
  same('that breaks off before it answers', { cut: 'before' }, UNKNOWN),
  same('that breaks off while it answers', { cut: 'midway' }, UNKNOWN),
];

const PERSONAL = [TOKEN, AGENT, NUMBER, NUMBER.slice(1), TICKET];

describe.each(OPERATION_NAMES)('%s', (name) => {
  const { prepare, ask } = contractOf(name).whole;

  async function aReadyPlatform(): Promise<Platform> {
    const platform = await aPlatform({ client: { timeoutMs: TIMEOUT_MS } });
    await prepare?.(platform);
    return platform;
  }

  test.each(FAULTS)(
    'a platform %s is known for what it is, and is well again afterwards',
    async (_, fault, harmful, harmless) => {
      await using platform = await aReadyPlatform();
      platform.simulator.faults.add('any', fault);
      const outcome = await ask(platform);
      const failure = OPERATIONS[name].repeating === 'harmful' ? harmful : harmless;
      expect(outcome).toMatchObject({ ok: false, failure });
      const text = JSON.stringify(outcome);
      expect(PERSONAL.filter((personal) => text.includes(personal))).toEqual([]);
      expect(await ask(platform)).toMatchObject({ ok: true });
    },
  );

  test('a platform that is slow is waited for, and its answer counts', async () => {
    await using platform = await aPlatform();
    await prepare?.(platform);
    platform.simulator.faults.add('any', { delayMs: 3_000 });
    const earlier = platform.simulator.ledger.at(-1);
    const answer = ask(platform);
    await platform.simulator.waitForRequest((entry) => entry !== earlier, 5_000);
    await platform.clock.pass(3_000);
    expect(await answer).toMatchObject({ ok: true });
  });

  test('a wrong token is refused as such, and appears nowhere', async () => {
    await using platform = await aPlatform({ client: { token: 'not-the-token' } });
    const outcome = await ask(platform);
    expect(outcome).toMatchObject({ failure: { kind: 'unauthorized', status: 401 } });
    expect(JSON.stringify(outcome)).not.toContain('not-the-token');
    expect(JSON.stringify(outcome)).not.toContain(Buffer.from('not-the-token').toString('base64'));
  });

  test('a platform that is down was not asked; up again, it answers', async () => {
    await using platform = await aPlatform();
    await prepare?.(platform);
    const asked = platform.simulator.ledger.length;
    await platform.simulator.goDown();
    expect(await ask(platform)).toMatchObject({ failure: { kind: 'unreachable' } });
    await platform.simulator.comeUp();
    expect(await ask(platform)).toMatchObject({ ok: true });
    expect(platform.simulator.ledger).toHaveLength(asked + 1);
  });
});

test('a platform that is too slow may have made the call: it is there, and not asked for again', async () => {
  await using platform = await aPlatform({ client: { timeoutMs: TIMEOUT_MS } });
  platform.simulator.faults.add('incoming-call', { delayMs: 3_000 });
  const outcome = await platform.client.incomingCall({ menuId: 9, endUserNumber: NUMBER });
  expect(outcome).toMatchObject({ failure: UNKNOWN });
  expect(platform.simulator.calls).toHaveLength(1);
  expect(platform.simulator.ledger).toHaveLength(1);
});
