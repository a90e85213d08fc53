import { describe, expect, test } from 'vitest';
import type { Review } from '../../../src/ports/relay.ts';
import { broken, noAnswer, refused, throttled, unreachable } from '../../fakes/failures.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { CallBackStage } from './call-back-stage.ts';

const TELL: Review = { kind: 'tell' };
const MINUTE = 60;
const HOUR = 60 * 60;

describe('what is known of a caller', () => {
  test('is told behind their call-back, once that was taken', async () => {
    await using stage = await CallBackStage.calling({ areFlagsTold: true });
    stage.relay.failure = unreachable;
    await stage.givesUp('a');
    await stage.pass(MINUTE);
    expect(new Set(stage.relay.asked.map(({ words }) => words))).toEqual(
      new Set(['call back pbx1-a: support canceled gave-up']),
    );
    stage.relay.failure = undefined;
    await stage.pass(2 * MINUTE);
    expect(stage.relay.told).toEqual(['call back pbx1-a: support canceled gave-up', 'flags of pbx1-a']);
    expect(stage.settled).toEqual(['call-back a delivered', 'customer-flags a delivered']);
  });

  test('waits while the call-back is put off', async () => {
    await using stage = await CallBackStage.calling({ areFlagsTold: true });
    const asked: string[] = [];
    stage.relay.review = async ({ kind }) => {
      asked.push(kind);
      return asked.length < 3 ? { kind: 'later', afterMs: 30_000, why: 'they may call again' } : TELL;
    };
    await stage.givesUp('a');
    await stage.pass(10 * MINUTE);
    expect(asked).toEqual(['call-back', 'call-back', 'call-back', 'customer-flags']);
    expect(stage.relay.told).toHaveLength(2);
  });

  test('waits for the person to whom the call-back was left', async () => {
    await using stage = await CallBackStage.calling({ areFlagsTold: true });
    stage.relay.failsOnce(refused);
    await stage.givesUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.asked).toHaveLength(1);
    expect(stage.owed).toEqual(['call-back a parked: 422 no such id', 'customer-flags a due']);
    await stage.byHand((parked) => parked.releaseAll());
    expect(stage.relay.told).toHaveLength(2);
  });

  test('of one caller does not wait for the call-back of another', async () => {
    await using stage = await CallBackStage.calling({ areFlagsTold: true });
    stage.relay.failsOnce(refused, 'call back pbx1-a: support canceled gave-up');
    await stage.givesUp('a');
    await stage.givesUp('b');
    await stage.pass(MINUTE);
    expect(stage.relay.told).toEqual(['call back pbx1-b: support canceled gave-up', 'flags of pbx1-b']);
  });
});

describe('nobody is called back twice', () => {
  test.each([
    ['no answer came', noAnswer],
    ['the far side broke', broken],
  ])('by a call-back to which %s: a person must look', async (_what, failure) => {
    await using stage = await CallBackStage.calling();
    stage.relay.failsOnce(failure);
    await stage.givesUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.asked).toHaveLength(1);
    expect(stage.owed).toEqual([
      `call-back a parked: not repeated: nobody knows whether it was done (${failure.cause})`,
    ]);
    await stage.byHand((parked) => parked.releaseAll());
    expect(stage.relay.told).toHaveLength(1);
    expect(stage.settled).toEqual(['call-back a delivered']);
  });

  test('by one that was surely not heard, and is sent again', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.failsOnce(unreachable);
    stage.relay.failsOnce(throttled(2_000));
    await stage.givesUp('a');
    await stage.pass(MINUTE);
    expect(stage.relay.asked.map(({ isOk }) => isOk)).toEqual([false, false, true]);
  });

  test('by one whose answer a stop waits for', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.holdsBack();
    await stage.givesUp('a');
    const stopped = stage.stop();
    await settled();
    stage.relay.letsGo();
    expect(await stopped).toBe('stopped');
    await stage.start();
    await stage.pass(HOUR);
    expect(stage.relay.asked).toHaveLength(1);
    expect(stage.settled).toEqual(['call-back a delivered']);
  });

  test('one after the other they are told, never two at a time', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.holdsBack();
    await stage.givesUp('a');
    await stage.givesUp('b');
    await stage.pass(5);
    expect(stage.relay.asked).toHaveLength(1);
    stage.relay.letsGo();
    await stage.pass(1);
    expect(stage.relay.told).toHaveLength(2);
  });
});
