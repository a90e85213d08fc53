import { expect, test } from 'vitest';
import type { Step, Store } from '../../src/ports/store.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { settled } from '../fakes/manual-clock.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

test('a stop lets the request under way finish, and keeps its outcome', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.helpDesk.holdsBack();
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect((await stage.store.load()).entries).toHaveLength(1);

  const stopped = stage.stop();
  await settled();
  stage.helpDesk.letsGo();
  expect(await stopped).toBe('stopped');
  expect((await stage.store.load()).entries).toEqual([]);
});

test('a stop waits for a request no longer than its deadline, and the report stays to be told', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.helpDesk.holdsBack();
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  const stopped = stage.stop(15_000);
  await stage.pass(15);
  expect(await stopped).toBe('stopped');
  expect((await stage.store.load()).entries).toMatchObject([{ report: { kind: 'completed' } }]);
});

test('a stop begins no new request', async () => {
  const stage = await Stage.open();
  stage.helpDesk.holdsBack();
  stage.pbx.enters('a');
  await stage.pass(1);
  const stopped = stage.stop();
  stage.pbx.enters('b');
  await settled();
  stage.helpDesk.letsGo();
  await stopped;
  await stage.pass(120);
  expect(stage.helpDesk.heard).toHaveLength(1);
});

test('a stop moves no caller and ends no call', async () => {
  const stage = await Stage.open({ ringMs: 20_000 });
  await stage.talks('talks', '1001');
  await stage.rings('rings', '1002');
  stage.pbx.enters('waits');
  await stage.pass(1);
  const done = stage.pbx.done.length;
  await stage.stop();
  await stage.pass(15);
  expect(stage.pbx.done).toHaveLength(done);
  expect((await stage.store.load()).openCalls.map((call) => call.phase).toSorted()).toEqual([
    'offered',
    'talking',
    'waiting',
  ]);
});

test('a stop leaves nothing ticking, though a hangup was never confirmed', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.answersWhere = false;
  stage.pbx.hangsUp('a');
  await stage.pass(3.5);
  await stage.stop();
  await stage.pass(120);
  expect(stage.clock.pending).toBe(0);
});

test('the next start goes on where the stop left off', async () => {
  const stage = await Stage.open();
  await stage.talks('talks', '1001');
  stage.pbx.enters('waits');
  await stage.pass(1);
  await stage.stop();
  await stage.start();
  stage.helpDesk.answers(agent('1002'));
  await stage.pass(18);
  stage.pbx.answers('1002');
  await stage.pass(1);
  stage.pbx.hangsUp('talks');
  stage.pbx.hangsUp('waits');
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('talks'))).toEqual(['ask', 'transfered 1001', 'completed']);
  expect(stage.helpDesk.toldOf(idOf('waits')).slice(-2)).toEqual(['transfered 1002', 'completed']);
});

test('a store that cannot keep a step ends the run, and nothing of that step is done', async () => {
  const stage = new Stage();
  const { store } = stage;
  const diskIsFull: Store = {
    load: () => store.load(),
    undelivered: () => store.undelivered(),
    undeliveredRelays: () => store.undeliveredRelays(),
    changedElsewhere: () => store.changedElsewhere(),
    visitsOf: (uniqueid) => store.visitsOf(uniqueid),
    purge: (endedBefore) => store.purge(endedBefore),
    close: () => store.close(),
    commit: (_step: Step) => Promise.reject(new Error('disk is full')),
  };
  stage.store = diskIsFull;
  await stage.start();
  stage.pbx.enters('a');
  expect(await stage.running).toMatchObject({ message: 'disk is full' });
  expect(stage.helpDesk.heard).toEqual([]);
});
