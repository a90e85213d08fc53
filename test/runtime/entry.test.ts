import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { Stage } from './stage.ts';

test('a caller who is said to have come in twice is one visit', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a');
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.helpDesk.heard.map((one) => one.callId)).toEqual([idOf('a')]);
});

test('a caller sent back to the queue from a talk is completed, and waits under a new id', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
  expect(stage.helpDesk.toldOf(idOf('a', 2))[0]).toBe('ask');

  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a', 2)).at(-1)).toBe('canceled');
  expect(stage.helpDesk.toldOf(idOf('a'))).toHaveLength(3);
});

test('a caller who goes over to another queue while waiting is canceled in the first', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a', { queue: 'support' });
  await stage.pass(1);
  stage.pbx.enters('a', { queue: 'sales' });
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'canceled']);
  expect(stage.helpDesk.toldOf(idOf('a', 2))).toEqual(['ask']);
});

test('the ids of a channel go on across restarts', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a', { queue: 'support' });
  await stage.pass(1);
  stage.pbx.enters('a', { queue: 'sales' });
  await stage.pass(1);
  await stage.stop();

  await stage.start();
  stage.pbx.enters('a', { queue: 'support' });
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a', 2))).toContain('canceled');
  expect(stage.helpDesk.toldOf(idOf('a', 3))).toEqual(['ask']);
});

test('a caller who goes to and fro between queues in one moment gets an id for each visit', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a', { queue: 'support' });
  stage.pbx.enters('a', { queue: 'sales' });
  stage.pbx.enters('a', { queue: 'support' });
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a', 3))).toEqual(['ask']);
});

test('a caller in a queue that the configuration does not name goes to the fallback', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a', { queue: 'suport' });
  await stage.pass(1);
  expect(stage.pbx.done).toEqual(['send a away: unreachable, suport']);
  expect(stage.helpDesk.heard).toEqual([]);
});

test('a caller of a memberless queue is marked as ours, and waits in the queue it stands for', async () => {
  const stage = await Stage.open();
  stage.pbx.entersAsteriskQueue('a', 'fila-vendas');
  await stage.pass(1);
  expect(stage.pbx.done).toEqual(['mark a sales']);
  expect(stage.helpDesk.heard).toMatchObject([{ what: 'ask', helpDeskQueueId: 8 }]);
});

test('a caller of a memberless queue that is not ours is left alone', async () => {
  const stage = await Stage.open();
  stage.pbx.entersAsteriskQueue('a', 'portaria');
  await stage.pass(1);
  expect(stage.pbx.done).toEqual([]);
  expect(stage.helpDesk.heard).toEqual([]);
});
