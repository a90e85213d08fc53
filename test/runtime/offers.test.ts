import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

test('a caller whose agent declines is offered to the next one at once', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.has('1001', 'declines');
  stage.helpDesk.answers(agent('1001'), agent('1002'));
  stage.pbx.enters('a');
  await stage.pass(0.5);
  expect(stage.pbx.done).toEqual(['send a to 1001', 'send a to 1002']);
});

test('a caller whose agent does not answer is offered to the next one, and not to the same', async () => {
  const stage = await Stage.open({ ringMs: 20_000 });
  stage.helpDesk.answers(agent('1001'), agent('1001'), agent('1002'));
  stage.pbx.enters('a');
  await stage.pass(19);
  expect(stage.pbx.done).toEqual(['send a to 1001']);
  await stage.pass(35);
  expect(stage.pbx.done).toEqual(['send a to 1001', 'send a to 1002']);
});

test('a caller back from an offer that failed keeps their place before later ones', async () => {
  const stage = await Stage.open({ ringMs: 20_000 });
  await stage.rings('first', '1001');
  stage.pbx.enters('second');
  await stage.pass(20);
  expect(stage.pbx.placeOf('first')).toEqual({ at: 'hold' });

  const before = stage.helpDesk.asksAbout(idOf('second'));
  await stage.pass(60);
  expect(stage.helpDesk.asksAbout(idOf('second'))).toBe(before);
});

test('a caller who was sent to an agent and not moved waits again, is looked for, and asked about', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.has('1001', 'nothing happens');
  stage.helpDesk.answers(agent('1001'), agent('1002'));
  stage.pbx.enters('a');
  await stage.pass(4.9);
  expect(stage.pbx.done).toEqual(['send a to 1001']);
  const looks = stage.pbx.lookedFor.length;
  await stage.pass(0.3);
  expect(stage.pbx.lookedFor.length).toBeGreaterThan(looks);
  expect(stage.pbx.done).toEqual(['send a to 1001', 'send a to 1002']);
});

test('a caller whom the PBX would not move is offered to another agent', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.has('1001', 'refuses');
  stage.helpDesk.answers(agent('1001'), agent('1002'));
  stage.pbx.enters('a');
  await stage.pass(0.5);
  expect(stage.pbx.done).toEqual(['send a to 1001', 'send a to 1002']);
});

test('a caller whom the PBX lost while they were sent to an agent is canceled', async () => {
  const stage = await Stage.open();
  stage.helpDesk.answers(agent('1001'));
  stage.helpDesk.holdsBack();
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.answersWhere = false;
  stage.pbx.hangsUp('a');
  stage.helpDesk.letsGo();
  await stage.pass(0.1);
  stage.pbx.answersWhere = true;
  await stage.pass(2);
  expect(stage.helpDesk.toldOf(idOf('a')).filter((told) => told !== 'ask')).toEqual(['canceled']);
});

test('a phone that rings for ever gives the caller back', async () => {
  const stage = await Stage.open({ ringMs: 20_000 });
  stage.pbx.phones.has('1001', 'rings for ever');
  await stage.rings('a', '1001');
  await stage.pass(24);
  expect(stage.pbx.done).toEqual(['send a to 1001']);
  await stage.pass(2);
  expect(stage.pbx.done).toEqual(['send a to 1001', 'hold a']);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });
});

test('two callers for whom the same agent is named never ring the same phone', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('a', { queue: 'support' });
  stage.pbx.enters('b', { queue: 'sales' });
  await stage.pass(10);
  expect(stage.pbx.done.filter((deed) => deed.endsWith('1001'))).toEqual(['send a to 1001']);
  expect(stage.pbx.phones.collisions).toEqual([]);

  stage.pbx.answers('1001');
  await stage.pass(60);
  stage.pbx.hangsUp('a');
  await stage.pass(10);
  expect(stage.pbx.placeOf('b')).toMatchObject({ at: 'agent', extension: '1001' });
});

test('two callers named the same agent in the same moment never ring the same phone', async () => {
  const stage = await Stage.open();
  stage.helpDesk.usually = () => agent('1001');
  stage.helpDesk.holdsBack();
  for (const name of ['a', 'b', 'c', 'd']) stage.pbx.enters(name);
  await stage.pass(1);
  stage.helpDesk.letsGo();
  await stage.pass(1);
  expect(stage.pbx.done.filter((deed) => deed.startsWith('send'))).toHaveLength(1);
  expect(stage.pbx.phones.collisions).toEqual([]);
});

test('an extension that could not be asked about is not rung', async () => {
  const stage = await Stage.open();
  stage.helpDesk.holdsBack();
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.unlink();
  stage.helpDesk.letsGo();
  await stage.pass(1);
  expect(stage.pbx.done).toEqual([]);
});

test.each([false, true])(
  'a caller whom the dialplan took to the fallback (served there: %s) is not torn from it, and is lost',
  async (bridged) => {
    const stage = await Stage.open();
    stage.helpDesk.answers({ kind: 'all-busy' }, agent('1001'));
    stage.pbx.enters('a');
    await stage.pass(1);
    stage.pbx.fallsBack('a', { bridged });
    await stage.pass(20);
    expect(stage.pbx.done).toEqual([]);
    stage.pbx.hangsUp('a');
    await stage.pass(1);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'ask', 'lost']);
  },
);
