import { expect, test } from 'vitest';
import { noAnswer } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { Stage } from './stage.ts';

test('a caller who hangs up while waiting is canceled', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a');
  await stage.pass(5);
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'canceled']);
});

test('a caller who hangs up while a phone rings is canceled', async () => {
  const stage = await Stage.open();
  await stage.rings('a', '1001');
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'canceled']);
});

test('a caller who hangs up while talking is completed', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('a caller who hangs up before the answer came is canceled after it', async () => {
  const stage = await Stage.open();
  stage.helpDesk.holdsBack();
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);

  stage.helpDesk.letsGo();
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('canceled');
  expect(stage.helpDesk.toldOf(idOf('a')).filter((told) => told === 'canceled')).toHaveLength(1);
});

test('a forged hangup of a caller who is there changes nothing', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.forgesHangup('a');
  await stage.pass(30);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);

  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test.each(['support', 'sales'])(
  'a forged entry into %s of a caller who talks changes nothing',
  async (queue) => {
    const stage = await Stage.open();
    await stage.talks('a', '1001');
    stage.pbx.forgesEntry('a', queue);
    await stage.pass(90);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
    expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', bridged: true });
  },
);

test('a hangup that cannot be confirmed is asked about until it is', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.answersWhere = false;
  stage.pbx.hangsUp('a', { recording: 'talk.wav' });
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);

  const hungUpAt = stage.clock.now() - 5_000;
  stage.pbx.answersWhere = true;
  await stage.pass(2);
  expect(stage.helpDesk.heard.at(-1)).toMatchObject({
    report: { kind: 'completed', at: hungUpAt, link: 'https://pbx.example.com/recordings/talk.wav' },
  });
});

test('a caller who came and went before the help desk was asked is told of with slack, in one go', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => ({ kind: 'all-busy' });
  // Seven newcomers spend what the reserve leaves them.
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'unheard']) stage.pbx.enters(name);
  await stage.pass(1);
  expect(stage.helpDesk.heard).toHaveLength(7);
  stage.pbx.hangsUp('unheard');
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('unheard'))).toEqual([]);

  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) stage.pbx.hangsUp(name);
  await stage.pass(180);
  expect(stage.helpDesk.toldOf(idOf('unheard'))).toEqual(['ask', 'canceled']);
  const heard = stage.helpDesk.heard.filter((one) => one.callId === idOf('unheard'));
  expect((heard[1]?.at ?? Infinity) - (heard[0]?.at ?? 0)).toBeLessThan(100);
});

test('a caller who came and went unheard is not told of where the operator does not want it', async () => {
  const stage = await Stage.open({ reportUnheard: false });
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'unheard']) stage.pbx.enters(name);
  await stage.pass(1);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'unheard']) stage.pbx.hangsUp(name);
  await stage.pass(300);
  expect(stage.helpDesk.toldOf(idOf('unheard'))).toEqual([]);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'canceled']);
});

test('a caller of whom the help desk may have heard is registered again before they are canceled', async () => {
  const stage = await Stage.open({ reportUnheard: false });
  stage.helpDesk.failsOnce(noAnswer);
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'canceled']);
});

test('a caller answered outside our flow is lost, for the help desk named nobody for that talk', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.answersElsewhere('a');
  await stage.pass(1);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'lost']);
});
