import { describe, expect, test } from 'vitest';
import type { Review } from '../../../src/ports/relay.ts';
import { unreachable } from '../../fakes/failures.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { CallBackStage } from './call-back-stage.ts';

const TELL: Review = { kind: 'tell' };
const MINUTE = 60;
const HOUR = 60 * 60;

describe('a call-back that is put off', () => {
  /** Is put off so many times, each time for so long; when it was looked at, in seconds from the first time. */
  function putsOff(stage: CallBackStage, times: number, seconds: number) {
    const lookedAt: number[] = [];
    stage.relay.review = async () => {
      lookedAt.push(stage.clock.monotonic() / 1_000);
      const why = 'they are calling at this moment';
      return lookedAt.length <= times ? { kind: 'later', afterMs: seconds * 1_000, why } : TELL;
    };
    return () => lookedAt.map((at) => at - (lookedAt[0] ?? 0));
  }

  test('is looked at again after that long, and is neither an attempt nor a failure', async () => {
    await using stage = await CallBackStage.calling();
    const looked = putsOff(stage, 3, 10);
    await stage.givesUp('a');
    await stage.pass(25);
    expect(looked()).toEqual([0, 10, 20]);
    expect(stage.owed).toEqual(['call-back a due: they are calling at this moment']);
    expect(await stage.store.undeliveredRelays()).toMatchObject([{ attempts: 0 }]);
    expect(stage.bridge.readiness['ccai']).toEqual({ state: 'ready' });
    await stage.pass(10);
    expect(looked()).toEqual([0, 10, 20, 30]);
    expect(stage.relay.told).toHaveLength(1);
    expect(stage.relay.maybeDone).toEqual([]);
  });

  test('keeps no other caller waiting, and wakes nobody in between', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.review = async (relay) => {
      if (!('callId' in relay) || relay.callId !== 'pbx1-a') return TELL;
      return { kind: 'later', afterMs: 600_000, why: 'they may call again' };
    };
    await stage.givesUp('a');
    await stage.givesUp('b');
    await stage.pass(1);
    expect(stage.relay.told).toEqual(['call back pbx1-b: support canceled gave-up']);
  });

  test('waits as long after it was put off though it had failed before', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.failsOnce(unreachable);
    await stage.givesUp('a');
    await settled();
    const looked = putsOff(stage, 1, 300);
    await stage.pass(299);
    expect(looked()).toEqual([0]);
    await stage.pass(10);
    expect(looked()).toEqual([0, 300]);
    expect(stage.relay.told).toHaveLength(1);
  });

  test('is looked at anew after a restart, and told once', async () => {
    await using stage = await CallBackStage.calling({ areFlagsTold: true });
    const looked = putsOff(stage, 2, 60);
    await stage.givesUp('a');
    await stage.pass(5);
    expect(await stage.stop()).toBe('stopped');
    expect(stage.owed).toEqual(['call-back a due: they are calling at this moment', 'customer-flags a due']);
    await stage.start();
    await stage.pass(10 * MINUTE);
    expect(looked().slice(0, 3)).toEqual([0, 5.1, 65.1].map((at) => expect.closeTo(at, 1)));
    expect(stage.relay.told).toEqual(['call back pbx1-a: support canceled gave-up', 'flags of pbx1-a']);
  });
});

describe('a call-back that is not needed any more', () => {
  test('is told to nobody, and stays with its reason', async () => {
    await using stage = await CallBackStage.calling({ areFlagsTold: true });
    stage.relay.review = async ({ kind }) => ({
      kind: 'moot',
      why:
        kind === 'call-back' ? 'they were answered since' : 'no call was made for them, or none with an id',
    });
    await stage.givesUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.asked).toEqual([]);
    expect(stage.settled).toEqual([
      'call-back a dropped: they were answered since',
      'customer-flags a dropped: no call was made for them, or none with an id',
    ]);
    expect(stage.bridge.readiness['ccai']).toEqual({ state: 'ready' });
  });

  test('is found out though it had failed for an hour', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.failure = unreachable;
    await stage.givesUp('a');
    await stage.pass(HOUR);
    stage.relay.review = async () => ({ kind: 'moot', why: 'they were answered since' });
    const asked = stage.relay.asked.length;
    await stage.pass(2 * MINUTE);
    expect(stage.relay.asked).toHaveLength(asked);
    expect(stage.settled).toEqual(['call-back a dropped: they were answered since']);
    // There is nothing to tell, and nobody knows how the far side is.
    expect(stage.bridge.readiness['ccai']).toEqual({ state: 'ready' });
  });

  test('whose review breaks off is kept for a person, and others are told', async () => {
    await using stage = await CallBackStage.calling();
    stage.relay.review = async (relay) => {
      if ('callId' in relay && relay.callId === 'pbx1-a') throw new TypeError('no such thing');
      return TELL;
    };
    await stage.givesUp('a');
    await stage.givesUp('b');
    await stage.pass(1);
    expect(stage.owed).toEqual(['call-back a parked: broke off (TypeError): see the log']);
    expect(stage.relay.told).toEqual(['call back pbx1-b: support canceled gave-up']);
  });
});
