import { expect, test } from 'vitest';
import { refused } from '../fakes/failures.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { WatchedStage } from './watched-stage.ts';

test('a caller who is answered has waited until then, and is counted as completed at the end', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.enters('a');
  await stage.pass(30);
  stage.helpDesk.answers(agent('1001'));
  await stage.pass(20);
  stage.pbx.answers('1001');
  await stage.pass(1);
  const [wait, ...more] = stage.meter.waits;
  expect([wait?.queue, wait?.how, more]).toEqual(['support', 'answered', []]);
  expect(wait?.ms).toBeGreaterThanOrEqual(49_000);
  expect(wait?.ms).toBeLessThanOrEqual(51_000);
  expect(stage.meter.endings).toEqual([]);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.meter.endings).toEqual(['support: completed']);
  expect(stage.meter.waits).toHaveLength(1);
});

test('a caller who hangs up has waited in vain, each queue for itself', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.enters('a', { queue: 'sales' });
  await stage.pass(12);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.meter.waits).toEqual([{ queue: 'sales', how: 'gave-up', ms: 12_000 }]);
  expect(stage.meter.endings).toEqual(['sales: canceled']);
});

test('a caller whom nobody can take has waited until they are sent away, and not until they hang up', async () => {
  const stage = await WatchedStage.watch();
  stage.helpDesk.answers({ kind: 'closed' });
  stage.pbx.enters('a');
  await stage.pass(20);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.meter.waits).toEqual([{ queue: 'support', how: 'sent-away', ms: 0 }]);
  expect(stage.meter.endings).toEqual(['support: lost']);
});

test('the open calls are shown by their phases', async () => {
  const stage = await WatchedStage.watch();
  expect(stage.meter.present.openCalls).toEqual({ waiting: 0, offered: 0, talking: 0, leaving: 0 });
  await stage.talks('a', '1001');
  await stage.rings('b', '1002');
  stage.pbx.enters('c');
  await stage.pass(0.1);
  expect(stage.meter.present.openCalls).toEqual({ waiting: 1, offered: 1, talking: 1, leaving: 0 });
});

test('what Movidesk has not heard is shown with the age of the oldest', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  expect(stage.meter.present.lanes).toEqual({ movidesk: { depth: 0, parked: 0, oldestMs: 0 } });
  stage.helpDesk.holdsBack();
  stage.pbx.hangsUp('a');
  await stage.pass(0.1);
  const { depth, parked, oldestMs } = stage.meter.present.lanes.movidesk ?? {};
  expect([depth, parked, oldestMs]).toEqual([1, 0, 100]);
  await stage.pass(90);
  expect(stage.meter.present.lanes.movidesk?.oldestMs).toBe(90_100);
});

test('what Movidesk has refused is shown as parked; it is not owed, and has no age', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  stage.helpDesk.failsOnce(refused);
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  expect(stage.meter.present.lanes.movidesk).toEqual({ depth: 0, parked: 1, oldestMs: 0 });
});

test('what happened while the PBX was out of reach is counted as found', async () => {
  const stage = await WatchedStage.watch();
  await stage.rings('a', '1001');
  await stage.rings('b', '1002');
  expect(stage.meter.findings).toEqual([]);
  stage.pbx.unlink();
  stage.pbx.hangsUp('a');
  stage.pbx.answers('1002');
  stage.pbx.enters('c');
  await stage.pass(5);
  stage.pbx.link();
  await stage.pass(1);
  expect(stage.meter.findings.toSorted()).toEqual(['ended', 'entered', 'moved']);
  await stage.pass(120);
  expect(stage.meter.findings).toHaveLength(3);
});

test('a caller who hung up while we were away has waited until the PBX was back, for nobody knows better', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.enters('a');
  await stage.pass(10);
  stage.pbx.unlink();
  stage.pbx.hangsUp('a');
  await stage.pass(5);
  stage.pbx.link();
  await stage.pass(1);
  expect(stage.meter.waits).toEqual([{ queue: 'support', how: 'gave-up', ms: 15_000 }]);
});
