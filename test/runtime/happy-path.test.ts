import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

test('a caller reaches the agent named, and the help desk hears it all in order', async () => {
  const stage = await Stage.open();
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(3);
  stage.pbx.answers('1001');
  await stage.pass(60);
  stage.pbx.hangsUp('a', { recording: 'talk.wav' });
  await stage.pass(1);

  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual([
    'ask',
    'transfered 1001',
    'completed https://pbx.example.com/recordings/talk.wav',
  ]);
});

test('the help desk is told when the caller came in, when the agent answered and when it ended', async () => {
  const stage = await Stage.open();
  const enteredAt = stage.clock.now();
  await stage.rings('a', '1001');
  await stage.pass(2.9);
  const answeredAt = stage.clock.now();
  stage.pbx.answers('1001');
  await stage.pass(60);
  const endedAt = stage.clock.now();
  stage.pbx.hangsUp('a');
  await stage.pass(1);

  const dates = stage.helpDesk.heard.map((one) => (one.what === 'ask' ? one.receivedAt : dateOf(one.report)));
  expect(dates).toEqual([enteredAt, answeredAt, endedAt]);
});

test('the help desk is not told of a transfer while the phone only rings', async () => {
  const stage = await Stage.open();
  await stage.rings('a', '1001');
  await stage.pass(15);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'agent', extension: '1001', bridged: false });
});

test('a caller is rung through with the call id and the ringing time of their queue', async () => {
  const stage = await Stage.open({ ringMs: 12_000 });
  await stage.rings('a', '1001');
  await stage.pass(12);
  expect(stage.pbx.done.filter((deed) => deed.startsWith('send'))).toEqual(['send a to 1001']);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });
  expect(stage.pbx.markOf('a')).toBe(idOf('a'));
});

test('hold and transfers change nothing: the call is completed once, when the caller is gone', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.pbx.transfers('a', 'blind', '1002');
  await stage.pass(30);
  stage.pbx.transfers('a', 'attended', '1003');
  await stage.pass(30);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);

  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('the diary of a call is erased once its ending was heard', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  stage.helpDesk.holdsBack();
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect([...stage.pbx.diaries.keys()]).toEqual([idOf('a')]);

  stage.helpDesk.letsGo();
  await stage.pass(1);
  expect([...stage.pbx.diaries.keys()]).toEqual([]);
});

test('a caller with a withheld number is told under the configured word', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a', { number: '' });
  await stage.pass(1);
  expect(stage.helpDesk.heard).toMatchObject([{ what: 'ask', clientNumber: 'anonymous' }]);
});

function dateOf(report: { readonly kind: string } & object): unknown {
  return 'at' in report ? report.at : undefined;
}
