import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { Stage } from './stage.ts';

test.each(['holiday', 'closed', 'nobody'] as const)(
  'a caller who cannot be taken (%s) hears why, leaves a message, and is lost with its link',
  async (kind) => {
    const stage = await Stage.open();
    stage.helpDesk.answers({ kind });
    stage.pbx.enters('a');
    await stage.pass(1);
    expect(stage.pbx.done).toEqual([`send a away: ${kind}, support`]);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);

    stage.pbx.leavesMessage('a', 'message.wav');
    stage.pbx.hangsUp('a');
    await stage.pass(1);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual([
      'ask',
      'lost https://pbx.example.com/recordings/message.wav',
    ]);
  },
);

test('a caller who leaves without a message is lost without a link', async () => {
  const stage = await Stage.open();
  stage.helpDesk.answers({ kind: 'closed' });
  stage.pbx.enters('a');
  await stage.pass(20);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'lost']);
});

test('a caller who is sent away and still on hold is sent again', async () => {
  const stage = await Stage.open();
  stage.pbx.sendsAway = false;
  stage.helpDesk.answers({ kind: 'closed' });
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });

  stage.pbx.sendsAway = true;
  await stage.pass(6);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'lost' });
});

test('nobody is asked about any more once they leave', async () => {
  const stage = await Stage.open();
  stage.helpDesk.answers({ kind: 'closed' });
  stage.pbx.enters('a');
  await stage.pass(300);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
});

test('a caller who has waited for as long as their queue allows may leave a message, and is lost', async () => {
  const stage = await Stage.open({ maxWaitMs: 120_000 });
  stage.pbx.enters('a');
  await stage.pass(119);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });
  await stage.pass(2);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'lost' });
  expect(stage.pbx.done).toContain('send a away: waited, support');

  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a')).filter((told) => told !== 'ask')).toEqual(['lost']);
});

test('a caller whose time is up while a phone rings is still let through', async () => {
  const stage = await Stage.open({ maxWaitMs: 5_000 });
  await stage.rings('a', '1001');
  await stage.pass(8);
  stage.pbx.answers('1001');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
});

test('an answer that is none of the documented ones keeps the caller waiting', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => ({ kind: 'unknown', body: '<html>' });
  stage.pbx.enters('a');
  await stage.pass(30);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });
  expect(stage.helpDesk.asksAbout(idOf('a'))).toBeGreaterThan(2);
});
