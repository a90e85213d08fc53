import { expect, test } from 'vitest';
import { broken, noAnswer, refused, throttled, unauthorized, unreachable } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

test.each([unreachable, noAnswer, broken])(
  'a report that failed ($kind) is repeated until it is heard',
  async (failure) => {
    const stage = await Stage.open();
    await stage.talks('a', '1001');
    stage.helpDesk.failure = failure;
    stage.pbx.hangsUp('a');
    await stage.pass(40);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);

    stage.helpDesk.failure = undefined;
    await stage.pass(61);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
  },
);

test('retries come further and further apart, and a minute apart at the most', async () => {
  const stage = await Stage.open({ requestsPerMinute: 100 });
  await stage.talks('a', '1001');
  stage.helpDesk.failure = unreachable;
  stage.pbx.hangsUp('a');
  await stage.pass(600);
  const at = stage.helpDesk.heard.slice(2).map((one) => one.at);
  const gaps = at.slice(1).map((one, index) => Math.round((one - (at[index] ?? 0)) / 1_000));
  expect(gaps.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test('what a call owes is told in order, though its first report fails again and again', async () => {
  const stage = await Stage.open();
  await stage.rings('a', '1001');
  stage.helpDesk.failure = unreachable;
  stage.pbx.answers('1001');
  await stage.pass(5);
  stage.pbx.hangsUp('a');
  await stage.pass(20);
  const tried = stage.helpDesk.heard.filter((one) => !one.isOk);
  expect(tried.map((one) => (one.what === 'report' ? one.report.kind : one.what))).not.toContain('completed');

  stage.helpDesk.failure = undefined;
  await stage.pass(61);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('a report that is refused is set aside, and holds back only its own call', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  await stage.talks('b', '1002');
  stage.helpDesk.failsOnce(refused, idOf('a'));
  stage.pbx.hangsUp('a');
  stage.pbx.hangsUp('b');
  await stage.pass(120);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
  expect(stage.helpDesk.toldOf(idOf('b'))).toEqual(['ask', 'transfered 1002', 'completed']);
  expect((await stage.store.load()).entries).toMatchObject([
    { report: { kind: 'completed', callId: idOf('a') }, parkedBecause: refused.cause },
  ]);
});

test('a report behind a refused one of the same call waits with it, also after a restart', async () => {
  const stage = await Stage.open();
  await stage.rings('a', '1001');
  stage.helpDesk.failsOnce(refused);
  stage.pbx.answers('1001');
  await stage.pass(1);
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  await stage.stop();
  await stage.start();
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
  expect((await stage.store.load()).entries.map((entry) => entry.report.kind)).toEqual([
    'transfered',
    'completed',
  ]);
});

test('after a 429 nothing at all is sent for as long as the help desk asked', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.helpDesk.failsOnce(throttled(20_000));
  stage.pbx.enters('b');
  await stage.pass(1);
  const heard = stage.helpDesk.heard.length;
  stage.pbx.hangsUp('a');
  await stage.pass(18);
  expect(stage.helpDesk.heard).toHaveLength(heard);
  await stage.pass(2);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('completed');
  expect(stage.helpDesk.toldOf(idOf('b'))[0]).toBe('ask');
});

test('after a 429 that names no time, a minute is waited, and no caller is sent away for it', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failsOnce(throttled());
  stage.pbx.enters('a');
  await stage.pass(59);
  expect(stage.helpDesk.heard).toHaveLength(1);
  await stage.pass(2);
  expect(stage.pbx.done).toEqual([]);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
  expect(stage.bridge.canServe).toBe(true);
});

test('a help desk that answers nothing but 429 does not keep callers for ever', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failure = throttled();
  stage.pbx.enters('a');
  await stage.pass(125);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'fallback', bridged: false });
});

test('a help desk that wants to be left alone for longer than silence is borne does not keep callers', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  stage.helpDesk.failsOnce(throttled(3_600_000));
  stage.pbx.enters('a');
  await stage.pass(125);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'fallback', bridged: false });
});

test('after a 401 nothing is sent for a minute, and then tried again', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 120_000 });
  stage.helpDesk.failsOnce(unauthorized);
  stage.pbx.enters('a');
  await stage.pass(59);
  expect(stage.helpDesk.heard).toHaveLength(1);
  await stage.pass(2);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
});

test('a report that met a 401 is not set aside', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.helpDesk.failsOnce(unauthorized);
  stage.pbx.hangsUp('a');
  await stage.pass(62);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('completed');
});

test('a first question that fails is asked again, and the caller still reaches an agent', async () => {
  const stage = await Stage.open();
  stage.helpDesk.failsOnce(unreachable);
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(10);
  expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', extension: '1001' });
});
