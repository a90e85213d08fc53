import { describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../../src/ports/failure.ts';
import { broken, refused } from '../../fakes/failures.ts';
import { CallBackStage, type CallingBack } from './call-back-stage.ts';

const BAD_GATEWAY: Failure = { kind: 'broken', status: 502, cause: '502 Bad Gateway' };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So many wait, and all hang up in the same moment, as when the power fails at an exchange. */
async function hangUpTogether(stage: CallBackStage, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `caller-${index}`);
  for (const name of names) stage.pbx.enters(name);
  await stage.pass(5);
  for (const name of names) stage.pbx.hangsUp(name);
}

describe('of many who are lost at once', () => {
  /** How often the store is written to in the second after it, and who is reviewed in it. */
  async function inTheFirstSecond(settings: CallingBack) {
    await using stage = await CallBackStage.calling(settings);
    let reviews = 0;
    stage.relay.review = async () => {
      reviews += 1;
      return { kind: 'tell' };
    };
    await hangUpTogether(stage, 200);
    const commits = vi.spyOn(stage.store, 'commit');
    await stage.pass(1);
    return { reviews, commits: commits.mock.calls.length };
  }

  test('nobody is looked at before the delay, and the store is written to no more often than without rules', async () => {
    const plain = await inTheFirstSecond({ rules: [] });
    const delayed = await inTheFirstSecond({ delayMs: 60_000, areFlagsTold: true });
    expect(delayed).toEqual({ reviews: 0, commits: plain.commits });
    expect((await inTheFirstSecond({})).reviews).toBeGreaterThan(0);
  });

  test('all are told once the delay is over, and none before', async () => {
    await using stage = await CallBackStage.calling({ delayMs: 60_000 });
    await hangUpTogether(stage, 200);
    await stage.pass(59);
    expect(stage.relay.asked).toEqual([]);
    await stage.pass(10);
    expect(stage.relay.told).toHaveLength(200);
  });

  test('a far side that breaks off at each order leaves only a few of them to a person, and once it works all others are called', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.failure = BAD_GATEWAY;
    await hangUpTogether(stage, 100);
    await stage.pass(HOUR);
    const parked = async () =>
      (await stage.store.undeliveredRelays()).filter(({ parkedBecause }) => parkedBecause !== undefined)
        .length;
    const inTheFirstHour = await parked();
    expect(inTheFirstHour).toBeLessThan(10);
    await stage.pass(3 * HOUR);
    expect((await parked()) - inTheFirstHour).toBeLessThanOrEqual(3 * 4);
    stage.relay.failure = undefined;
    const left = 100 - (await parked());
    await stage.pass(20 * MINUTE);
    expect(stage.relay.told).toHaveLength(left);
  });

  test('one that came to nobody knows what does not delay the others', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.failsOnce(broken);
    await hangUpTogether(stage, 10);
    await stage.pass(1);
    expect(stage.relay.told).toHaveLength(9);
  });
});

test('after a restart a caller who is still in their delay is looked at, and put off', async () => {
  await using stage = await CallBackStage.calling({ delayMs: 600_000 });
  const lookedAt: number[] = [];
  const start = stage.clock.monotonic();
  stage.relay.review = async () => {
    const sinceMs = stage.clock.monotonic() - start;
    lookedAt.push(Math.floor(sinceMs / 1_000));
    const afterMs = 601_100 - sinceMs;
    return afterMs > 0 ? { kind: 'later', afterMs, why: 'they may call again' } : { kind: 'tell' };
  };
  await stage.givesUp('a');
  await stage.pass(5 * MINUTE);
  await stage.stop();
  await stage.start();
  await stage.pass(1);
  expect(lookedAt).toEqual([301]);
  expect(stage.owed).toEqual(['call-back a due: they may call again']);
  await stage.pass(10 * MINUTE);
  expect(lookedAt).toEqual([301, 601]);
  expect(stage.relay.told).toHaveLength(1);
});

/** The daemon is away for so long, and back for a few minutes. */
async function passesAway(stage: CallBackStage, seconds: number): Promise<void> {
  await stage.stop();
  await stage.pass(seconds);
  await stage.start();
  await stage.pass(5 * MINUTE);
}

test('a call-back that waits for a person is given up after a week, with what it was refused for, and what is known of its caller is told no more', async () => {
  await using stage = await CallBackStage.calling({ areFlagsTold: true });
  stage.relay.review = async ({ kind }) =>
    kind === 'customer-flags'
      ? { kind: 'moot', why: 'no call was made for them, or none with an id' }
      : { kind: 'tell' };
  stage.relay.failsOnce(refused);
  await stage.givesUp('a');
  await stage.pass(HOUR);
  await passesAway(stage, 6.9 * DAY);
  const said = () =>
    stage.log.lines.filter(({ message }) => message.startsWith('parked relays were given up'));
  expect(stage.owed).toEqual(['call-back a parked: 422 no such id', 'customer-flags a due']);
  expect(said()).toEqual([]);
  await passesAway(stage, 0.1 * DAY);
  expect(stage.settled).toEqual([
    'call-back a dropped: nobody has looked at it: 422 no such id',
    'customer-flags a dropped: no call was made for them, or none with an id',
  ]);
  expect(said()).toMatchObject([
    { level: 'warn', message: 'parked relays were given up: nobody has looked at them' },
  ]);
  expect(stage.relay.asked).toHaveLength(1);
  expect(stage.bridge.readiness['ccai']).toEqual({ state: 'ready' });
});
