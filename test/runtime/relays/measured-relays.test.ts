import { expect, test } from 'vitest';
import { refused, unavailable } from '../../fakes/failures.ts';
import { CallBackStage } from './call-back-stage.ts';

test('a call-back that waits for its hour is owed, and is not late', async () => {
  await using stage = await CallBackStage.calling({ delayMs: 300_000 });
  await stage.givesUp('a');
  await stage.pass(60);
  expect(stage.meter.present.lanes.ccai).toEqual({ depth: 1, parked: 0, oldestMs: 0 });
});

test('one that cannot be told is late by the time since its caller was lost', async () => {
  await using stage = await CallBackStage.calling();
  for (let time = 0; time < 50; time += 1) stage.relay.failsOnce(unavailable);
  await stage.givesUp('a');
  await stage.pass(90);
  const { depth, parked, oldestMs = 0 } = stage.meter.present.lanes.ccai ?? {};
  expect([depth, parked]).toEqual([1, 0]);
  expect(oldestMs).toBeGreaterThanOrEqual(90_000);
  expect(oldestMs).toBeLessThan(91_000);
});

test('one that is refused is parked, and what stands behind it has no age', async () => {
  await using stage = await CallBackStage.calling({ areFlagsTold: true });
  stage.relay.failsOnce(refused);
  await stage.givesUp('a');
  await stage.pass(60);
  expect(stage.meter.present.lanes.ccai).toEqual({ depth: 1, parked: 1, oldestMs: 0 });
  expect(stage.meter.present.lanes.udesk).toBeUndefined();
});
