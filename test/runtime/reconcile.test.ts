import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

/** The daemon is away while something happens, by a lost link or by a restart. */
const absences = [
  ['a lost link', async (stage: Stage) => stage.pbx.unlink(), async (stage: Stage) => stage.pbx.link()],
  [
    'a restart',
    async (stage: Stage) => {
      await stage.stop();
      stage.pbx.unlink();
    },
    async (stage: Stage) => stage.start(),
  ],
] as const;

test.each(absences)('over %s: a caller who rings is answered, and it counts', async (_how, go, comeBack) => {
  const stage = await Stage.open();
  await stage.rings('a', '1001');
  await go(stage);
  stage.pbx.answers('1001');
  const answeredAt = stage.clock.now();
  await stage.pass(10);
  await comeBack(stage);
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
  expect(stage.helpDesk.heard.at(-1)).toMatchObject({ report: { at: answeredAt } });
});

test.each(absences)('over %s: a caller who still rings can answer later', async (_how, go, comeBack) => {
  const stage = await Stage.open({ ringMs: 30_000 });
  await stage.rings('a', '1001');
  await go(stage);
  await stage.pass(3);
  await comeBack(stage);
  await stage.pass(3);
  stage.pbx.answers('1001');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
});

test.each(absences)(
  'over %s: a caller whose phone rang out is asked about again',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    await stage.rings('a', '1001');
    await go(stage);
    stage.pbx.declines('1001');
    await stage.pass(3);
    await comeBack(stage);
    stage.helpDesk.answers(agent('1002'));
    await stage.pass(12);
    expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', extension: '1002' });
  },
);

test.each(absences)(
  'over %s: a caller who was answered and is gone is completed, by the word of the diary',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    await stage.rings('a', '1001');
    await go(stage);
    stage.pbx.answers('1001');
    await stage.pass(10);
    const endedAt = stage.clock.now();
    stage.pbx.hangsUp('a', { recording: 'talk.wav' });
    await stage.pass(10);
    await comeBack(stage);
    await stage.pass(1);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual([
      'ask',
      'transfered 1001',
      'completed https://pbx.example.com/recordings/talk.wav',
    ]);
    expect(stage.helpDesk.heard.at(-1)).toMatchObject({ report: { at: endedAt } });
  },
);

test.each(absences)('over %s: a caller who went unanswered is canceled', async (_how, go, comeBack) => {
  const stage = await Stage.open();
  stage.pbx.enters('waits');
  await stage.rings('rings', '1001');
  await go(stage);
  stage.pbx.hangsUp('waits');
  stage.pbx.hangsUp('rings');
  await stage.pass(10);
  await comeBack(stage);
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('waits')).at(-1)).toBe('canceled');
  expect(stage.helpDesk.toldOf(idOf('rings'))).toEqual(['ask', 'canceled']);
});

test.each(absences)('over %s: a caller who talked and hung up is completed', async (_how, go, comeBack) => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  await go(stage);
  stage.pbx.hangsUp('a');
  await stage.pass(10);
  await comeBack(stage);
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test.each(absences)('over %s: a caller who talks on is left alone', async (_how, go, comeBack) => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  const done = stage.pbx.done.length;
  await go(stage);
  await stage.pass(10);
  await comeBack(stage);
  await stage.pass(30);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
  expect(stage.pbx.done).toHaveLength(done);
});

test.each(absences)(
  'over %s: a caller who was sent back to the queue is completed and waits under a new id',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    await stage.talks('a', '1001');
    await go(stage);
    stage.pbx.enters('a');
    await stage.pass(10);
    await comeBack(stage);
    await stage.pass(1);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
    expect(stage.helpDesk.toldOf(idOf('a', 2))[0]).toBe('ask');
  },
);

test.each(absences)(
  'over %s: a caller who hears why they are sent away is left there',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    stage.helpDesk.answers({ kind: 'closed' });
    stage.pbx.enters('a');
    await stage.pass(1);
    await go(stage);
    await stage.pass(20);
    await comeBack(stage);
    await stage.pass(1);
    expect(stage.pbx.done.filter((deed) => deed.startsWith('send'))).toEqual([
      'send a away: closed, support',
    ]);
    stage.pbx.hangsUp('a');
    await stage.pass(1);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'lost']);
  },
);

test.each(absences)(
  'over %s: a caller who could not be sent away is sent now, and does not wait anew',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    stage.pbx.sendsAway = false;
    stage.helpDesk.answers({ kind: 'closed' });
    stage.pbx.enters('a');
    await stage.pass(1);
    await go(stage);
    await stage.pass(1);
    stage.pbx.sendsAway = true;
    await comeBack(stage);
    await stage.pass(1);
    expect(stage.pbx.placeOf('a')).toEqual({ at: 'lost' });
    await stage.pass(30);
    stage.pbx.hangsUp('a');
    await stage.pass(60);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'lost']);
    expect(stage.helpDesk.toldOf(idOf('a', 2))).toEqual([]);
  },
);

test.each(absences)(
  'over %s: callers who came in begin a visit, in their order',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    await go(stage);
    stage.pbx.enters('a');
    stage.pbx.entersAsteriskQueue('b', 'fila-vendas');
    await stage.pass(1);
    await comeBack(stage);
    await stage.pass(1);
    expect(stage.helpDesk.heard.map((one) => one.callId)).toEqual([idOf('a'), idOf('b')]);
    expect(stage.pbx.done).toContain('mark b sales');
  },
);

test.each(absences)('over %s: a caller who came in and went is nobody', async (_how, go, comeBack) => {
  const stage = await Stage.open();
  await go(stage);
  stage.pbx.enters('a');
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  await comeBack(stage);
  await stage.pass(60);
  expect(stage.helpDesk.heard).toEqual([]);
});

test.each(absences)(
  'over %s: a caller of a memberless queue is marked again, for nobody knows whether the mark was set',
  async (_how, go, comeBack) => {
    const stage = await Stage.open();
    stage.pbx.entersAsteriskQueue('a', 'fila-vendas');
    await stage.pass(1);
    await go(stage);
    await stage.pass(1);
    await comeBack(stage);
    await stage.pass(1);
    expect(stage.pbx.done.filter((deed) => deed === 'mark a sales')).toHaveLength(2);
  },
);

test('an agent whose phone became free while the link was down is rung again', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.shows('1001', 'INUSE');
  stage.pbx.unlink();
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  stage.pbx.link();
  await stage.pass(1);
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', extension: '1001' });
});

test('a caller who comes in right behind the snapshot is not taken for gone', async () => {
  const stage = new Stage();
  await stage.startUnlinked();
  stage.pbx.link();
  stage.pbx.enters('a');
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
});

test('a caller who hangs up while the snapshot is being looked at does not come back as a ghost', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a');
  await stage.pass(1);
  const seen = await relinksSlowly(stage);
  stage.pbx.hangsUp('a');
  await stage.pass(0.1);
  seen();
  await stage.pass(700);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'canceled']);
  expect(stage.helpDesk.toldOf(idOf('a', 2))).toEqual([]);
});

test('a caller who is answered while an older snapshot is being looked at talks on', async () => {
  const stage = await Stage.open();
  stage.helpDesk.holdsBack();
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(1);
  const seen = await relinksSlowly(stage);
  stage.helpDesk.letsGo();
  await stage.pass(0.1);
  stage.pbx.answers('1001');
  await stage.pass(0.1);
  seen();
  await stage.pass(30);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001']);
});

test('a snapshot of an earlier login is not believed', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  const slow = Promise.withResolvers<void>();
  stage.pbx.slowness = slow.promise;
  stage.pbx.unlink();
  stage.pbx.link();
  await stage.pass(1);
  stage.pbx.unlink();
  slow.resolve();
  await stage.pass(1);
  expect(stage.bridge.canServe).toBe(false);
});

/** The link comes back, and what the snapshot means is not known before the answer is called. */
async function relinksSlowly(stage: Stage): Promise<() => void> {
  const slow = Promise.withResolvers<void>();
  stage.pbx.slowness = slow.promise;
  stage.pbx.unlink();
  stage.pbx.link();
  await stage.pass(0.1);
  return slow.resolve;
}

test('a PBX that died has ended every call when it died, however late it comes back', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  await stage.rings('b', '1002');
  await stage.pass(10);
  const diedAt = stage.clock.now();
  stage.pbx.dies();
  await stage.pass(600);
  stage.pbx.startsAnew();
  await stage.pass(1);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
  expect(stage.helpDesk.toldOf(idOf('b'))).toEqual(['ask', 'canceled']);
  const ends = stage.helpDesk.heard.slice(-2);
  expect(ends).toMatchObject([{ report: { at: diedAt } }, { report: { at: diedAt } }]);
});

test('a hangup that was told, and could not be asked about before the link was lost, counts from when it was told', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  await stage.pass(10);
  stage.pbx.answersWhere = false;
  const endedAt = stage.clock.now();
  stage.pbx.hangsUp('a');
  stage.pbx.diaries.clear();
  await stage.pass(3);
  stage.pbx.unlink();
  await stage.pass(60);
  stage.pbx.answersWhere = true;
  stage.pbx.link();
  await stage.pass(6);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
  expect(stage.helpDesk.heard.at(-1)).toMatchObject({ report: { at: endedAt } });
});
