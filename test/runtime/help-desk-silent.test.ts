import { expect, test } from 'vitest';
import { Heartbeat } from '../../src/runtime/heartbeat.ts';
import { noAnswer, refused } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { Stage } from './stage.ts';

test('callers go to the fallback when the help desk has been silent for too long', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('a');
  stage.pbx.enters('b');
  await stage.pass(59);
  expect(stage.bridge.canServe).toBe(true);
  expect(stage.pbx.done).toEqual([]);

  await stage.pass(2);
  expect(stage.bridge.canServe).toBe(false);
  expect(stage.pbx.done).toEqual(['send a away: unreachable, support', 'send b away: unreachable, support']);
});

test('a caller who is ringing or talking is left alone when the help desk falls silent', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 30_000, ringMs: 120_000 });
  await stage.talks('a', '1001');
  await stage.rings('b', '1002');
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('c');
  await stage.pass(60);
  expect(stage.pbx.done.filter((deed) => deed.includes('away'))).toEqual([
    'send c away: unreachable, support',
  ]);
});

test('callers who went to the fallback are reported as lost once the help desk is back', async () => {
  const stage = await Stage.open();
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('a');
  await stage.pass(61);
  stage.pbx.hangsUp('a');
  await stage.pass(30);
  stage.helpDesk.failure = undefined;
  await stage.pass(120);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'lost']);
  expect(stage.bridge.canServe).toBe(true);
});

test('a caller who is served in the fallback is lost there and then', async () => {
  const stage = await Stage.open();
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('a');
  await stage.pass(61);
  stage.helpDesk.failure = undefined;
  stage.pbx.answersElsewhere('a');
  await stage.pass(120);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'lost']);
});

test('a silent help desk is given a second chance, though there is nothing to tell it', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('a');
  await stage.pass(61);
  expect(stage.bridge.canServe).toBe(false);
  await stage.pass(60);
  expect(stage.bridge.canServe).toBe(true);

  stage.pbx.enters('b');
  await stage.pass(59);
  expect(stage.pbx.placeOf('b')).toEqual({ at: 'hold' });
  await stage.pass(2);
  expect(stage.pbx.placeOf('b')).toEqual({ at: 'fallback', bridged: false });
});

test('a help desk that refuses to hear of a caller is not silent, but nobody waits for it', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failure = refused;
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'fallback', bridged: false });
  await stage.pass(180);
  expect(stage.bridge.canServe).toBe(true);
});

test('one answer in between ends the silence', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failure = noAnswer;
  stage.pbx.enters('a');
  await stage.pass(50);
  stage.helpDesk.failure = undefined;
  await stage.pass(9);
  stage.helpDesk.failure = noAnswer;
  await stage.pass(50);
  expect(stage.pbx.done).toEqual([]);
});

test('callers cannot be served before the PBX was reconciled, nor without it, nor while stopping', async () => {
  const stage = new Stage();
  await stage.startUnlinked();
  expect(stage.bridge.canServe).toBe(false);
  stage.pbx.link();
  await stage.pass(0);
  expect(stage.bridge.canServe).toBe(true);
  stage.pbx.unlink();
  await stage.pass(0);
  expect(stage.bridge.canServe).toBe(false);
  stage.pbx.link();
  await stage.pass(0);
  expect(stage.bridge.canServe).toBe(true);
  await stage.stop();
  expect(stage.bridge.canServe).toBe(false);
});

test('the heart beats every five seconds while callers can be served, and not while they cannot', async () => {
  const stage = await Stage.open();
  const { clock, pbx } = stage;
  const pending = clock.pending;
  const heartbeat = new Heartbeat({ clock, pbx, canServe: () => stage.bridge.canServe });
  heartbeat.start();
  await stage.pass(30.5);
  expect(pbx.beats).toBe(7);

  pbx.unlink();
  await stage.pass(30);
  expect(pbx.beats).toBe(7);
  pbx.link();
  await stage.pass(1);
  expect(pbx.beats).toBe(8);

  heartbeat.stop();
  await stage.pass(30);
  expect(pbx.beats).toBe(8);
  expect(clock.pending).toBe(pending);
});

test('reports kept through a long silence are all told within seconds of its end, whatever their back-off', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000, requestsPerMinute: 60 });
  await stage.talks('a', '1001');
  await stage.talks('b', '1002');
  await stage.talks('c', '1003');
  stage.helpDesk.failure = noAnswer;
  for (const caller of ['a', 'b', 'c']) {
    stage.pbx.hangsUp(caller);
    await stage.pass(17);
  }
  await stage.pass(600);
  stage.helpDesk.failure = undefined;
  const toldOf = () =>
    ['a', 'b', 'c'].filter((caller) => stage.helpDesk.toldOf(idOf(caller)).includes('completed'));
  while (toldOf().length === 0) await stage.pass(1);
  await stage.pass(3);
  expect(toldOf()).toEqual(['a', 'b', 'c']);
});
