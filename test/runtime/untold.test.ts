import { expect, test } from 'vitest';
import { noAnswer, refused } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { MortalStore } from './mortal-store.ts';
import { Stage } from './stage.ts';

/** What the PBX does not tell, or tells half: nobody is torn out of a talk for it, and no call stays open. */

test('a talk whose hangup nobody told is completed all the same', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.tells = false;
  stage.pbx.hangsUp('a');
  await stage.pass(61);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('a caller whose coming in nobody told of is noticed on the rounds', async () => {
  const stage = await Stage.open();
  stage.pbx.tells = false;
  stage.pbx.enters('a');
  await stage.pass(61);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
});

test('an answer that nobody told leaves the caller with the agent, and is reported', async () => {
  const stage = await Stage.open({ ringMs: 20_000 });
  await stage.rings('a', '1001');
  stage.pbx.tells = false;
  stage.pbx.answers('1001');
  await stage.pass(90);
  expect(stage.pbx.done.filter((deed) => deed.startsWith('hold'))).toEqual([]);
  expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', bridged: true });
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
});

test('a hangup of a channel that seems alive is asked about once more before it is taken for forged', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.forgesHangup('a');
  await stage.pass(0.1);
  stage.pbx.tells = false;
  stage.pbx.hangsUp('a');
  await stage.pass(2);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('completed');
});

test('a diary that cannot be read is not taken for one that says nothing', async () => {
  const stage = await Stage.open();
  await stage.rings('a', '1001');
  stage.pbx.unlink();
  stage.pbx.answers('1001');
  stage.pbx.hangsUp('a');
  stage.pbx.readsDiaries = false;
  stage.pbx.link();
  await stage.pass(30);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
  stage.pbx.readsDiaries = true;
  await stage.pass(61);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('a caller who is missing from a short snapshot, and alive, talks on', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.unlink();
  stage.pbx.listsCallers = false;
  stage.pbx.link();
  await stage.pass(120);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
});

test('while the PBX is away nothing is written about callers who cannot be moved', async () => {
  const stage = new Stage();
  const store = new MortalStore(stage.store, undefined);
  stage.store = store;
  await stage.start();
  stage.helpDesk.usually = () => ({ kind: 'closed' });
  stage.pbx.sendsAway = false;
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.unlink();
  const commits = store.commits;
  await stage.pass(3_600);
  expect(store.commits).toBe(commits);
  stage.pbx.sendsAway = true;
  stage.pbx.link();
  await stage.pass(10);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'lost' });
});

test('reports kept aside from an old call do not keep callers from being served again', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  await stage.rings('old', '1001');
  stage.helpDesk.failsOnce(refused);
  stage.pbx.answers('1001');
  await stage.pass(1);
  stage.pbx.hangsUp('old');
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('a');
  await stage.pass(61);
  expect(stage.bridge.canServe).toBe(false);
  stage.helpDesk.failure = undefined;
  await stage.pass(61);
  expect(stage.bridge.canServe).toBe(true);
});

test('a loop that broke leaves no timer behind that would keep the process', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => ({ kind: 'all-busy' });
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.clock.pending).toBeGreaterThan(0);
  stage.bridge.abandon();
  expect(stage.clock.pending).toBe(0);
});

test('a transfer to an outside number leaves no more of it than four digits', async () => {
  const stage = new Stage();
  const store = new MortalStore(stage.store, undefined);
  stage.store = store;
  await stage.start();
  await stage.talks('a', '1001');
  stage.pbx.transfers('a', 'blind', '011987654321');
  await stage.pass(1);
  const lines = store.steps.flatMap(({ timeline }) => timeline);
  expect(lines.find(({ input }) => input === 'transferred')?.facts).toEqual({
    how: 'blind',
    target: '********4321',
  });
});

test('a head whom the dialplan led out of the queue does not keep the next caller from the free agent', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => ({ kind: 'all-busy' });
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.enters('b');
  await stage.pass(1);
  stage.pbx.tells = false;
  stage.pbx.wandersOff('a');
  stage.pbx.tells = true;
  stage.helpDesk.usually = () => agent('1001');
  await stage.pass(30);
  expect(stage.pbx.done).toEqual(['send b to 1001']);
  stage.pbx.hangsUp('a');
  await stage.pass(2);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('lost');
});

test('where a caller was before their offer does not end the offer, however late the PBX says it', async () => {
  const stage = await Stage.open({ ringMs: 30_000 });
  stage.helpDesk.usually = () => ({ kind: 'all-busy' });
  stage.pbx.enters('a');
  await stage.pass(58);
  const slow = Promise.withResolvers<void>();
  stage.pbx.slowness = slow.promise;
  await stage.pass(3);
  stage.helpDesk.usually = () => agent('1001');
  await stage.pass(10);
  expect(stage.pbx.ringing).toEqual(['1001']);
  stage.helpDesk.usually = () => ({ kind: 'closed' });
  slow.resolve();
  await stage.pass(10);
  expect(stage.pbx.ringing).toEqual(['1001']);
  expect(stage.pbx.done).toEqual(['send a to 1001']);
});

test('a help desk that refuses to hear of a caller whom it accepted before does not send them away', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => ({ kind: 'all-busy' });
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.helpDesk.failure = refused;
  await stage.pass(60);
  expect(stage.pbx.done).toEqual([]);
  stage.helpDesk.failure = undefined;
  stage.helpDesk.usually = () => agent('1001');
  await stage.pass(10);
  expect(stage.pbx.done).toEqual(['send a to 1001']);
});
