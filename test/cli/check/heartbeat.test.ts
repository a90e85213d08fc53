import { expect, test } from 'vitest';
import { type HeartbeatWatch, heartbeatFinding } from '../../../src/cli/check/heartbeat.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const NOW = 1_000_000;

interface Pbx {
  /** How old the last beat is when somebody first looks; nothing where there was none. */
  readonly ageSeconds: number | undefined;
  /** When the next one comes, counted from then. */
  readonly nextAfterMs?: number;
  /** Whether a daemon works on our store: at first, and later on. */
  readonly isStoreInUse: HeartbeatWatch['isStoreInUse'];
}

/** What is found, and how long it took. */
async function look({ ageSeconds, nextAfterMs = Number.POSITIVE_INFINITY, isStoreInUse }: Pbx) {
  const clock = new ManualClock();
  const begunAt = clock.monotonic();
  const passedMs = () => clock.monotonic() - begunAt;
  const time = () => ({
    epochSeconds: NOW + Math.floor(passedMs() / 1_000),
    beatAtSeconds: passedMs() >= nextAfterMs ? NOW + nextAfterMs / 1_000 : ageSeconds && NOW - ageSeconds,
    utcOffset: undefined,
  });
  let tookMs = Number.NaN;
  const found = heartbeatFinding(time(), { readTime: async () => time(), isStoreInUse, clock }).then(
    (finding) => {
      tookMs = passedMs();
      return finding;
    },
  );
  await clock.pass(20_000);
  return { ...(await found), tookMs };
}

const always = (isInUse: boolean | undefined) => () => isInUse;

test('our own daemon that serves is seen at once', async () => {
  expect(await look({ ageSeconds: 3, isStoreInUse: always(true) })).toMatchObject({ state: 'ok', tookMs: 0 });
  expect(await look({ ageSeconds: 3, isStoreInUse: always(undefined) })).toMatchObject({ state: 'ok' });
});

test('a daemon that was just stopped is not taken for a second one', async () => {
  const found = await look({ ageSeconds: 5, isStoreInUse: always(false) });
  expect(found).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/^the last beat was 13 s ago.*may just have been stopped/),
    remedy: expect.stringMatching(/systemctl start/),
  });
  expect(found.tookMs).toBeLessThanOrEqual(8_000);
});

test('a second one is suspected when its beat goes on', async () => {
  const found = await look({ ageSeconds: 3, nextAfterMs: 2_000, isStoreInUse: always(false) });
  expect(found).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/not the one of this configuration/),
    tookMs: 2_000,
  });
});

test('our own daemon that was started while we looked is no second one', async () => {
  const looks = [false];
  const isStoreInUse = () => looks.shift() ?? true;
  expect(await look({ ageSeconds: 3, nextAfterMs: 2_000, isStoreInUse })).toMatchObject({ state: 'ok' });
});

test.each([60, undefined])(
  'a daemon that was just started (last beat %s s ago) is waited for',
  async (age) => {
    expect(await look({ ageSeconds: age, nextAfterMs: 3_000, isStoreInUse: always(true) })).toMatchObject({
      state: 'ok',
      tookMs: 3_000,
    });
  },
);

test('a daemon that runs and does not beat', async () => {
  expect(await look({ ageSeconds: 60, isStoreInUse: always(true) })).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/a daemon runs, but the last beat was 1 min ago/),
    remedy: expect.stringMatching(/run check again in a moment; .*journalctl/),
  });
});

test('nobody serves, and nobody ever did', async () => {
  expect(await look({ ageSeconds: 7_200, isStoreInUse: always(false) })).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/2 h ago/),
    tookMs: 0,
  });
  expect(await look({ ageSeconds: undefined, isStoreInUse: always(false) })).toMatchObject({
    state: 'ok',
    tookMs: 0,
  });
});
