import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

// Seconds between two questions about a caller who has the published ten requests a minute to themselves: no faster than
// agents become free, and no slower than two turns of the limit. Where in between is for the guessing to say.
const SHORTEST = 1;
const LONGEST = 12;

test.each(['nobody-on-phone', 'all-busy'] as const)(
  'a caller for whom nobody is free (%s) keeps waiting, and is asked about again and again',
  async (kind) => {
    const stage = await Stage.open();
    stage.helpDesk.usually = () => ({ kind });
    stage.pbx.enters('a');
    await stage.pass(300);
    const askedAt = stage.helpDesk.heard.map(({ at }) => at / 1_000);
    const gaps = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(300 / LONGEST);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SHORTEST);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(LONGEST);

    stage.helpDesk.answers(agent('1001'));
    await stage.pass(LONGEST);
    expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', extension: '1001' });
  },
);

test('only the first in line is asked about again, and the second when they are first', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('first');
  await stage.pass(1);
  stage.pbx.enters('second');
  await stage.pass(60);
  expect(stage.helpDesk.asksAbout(idOf('first'))).toBeGreaterThan(4);
  expect(stage.helpDesk.asksAbout(idOf('second'))).toBe(1);

  stage.pbx.hangsUp('first');
  await stage.pass(LONGEST);
  expect(stage.helpDesk.asksAbout(idOf('second'))).toBeGreaterThan(1);
});

test('the heads of two queues share the polls', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a', { queue: 'support' });
  stage.pbx.enters('b', { queue: 'sales' });
  await stage.pass(300);
  const [a, b] = [stage.helpDesk.asksAbout(idOf('a')), stage.helpDesk.asksAbout(idOf('b'))];
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1);
  expect(stage.helpDesk.heard.find((one) => one.callId === idOf('b'))).toMatchObject({ helpDeskQueueId: 8 });
});

test('an extension that is in use is not rung, and another one is asked for at once', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.reads('1001', { device: 'INUSE' });
  stage.helpDesk.answers(agent('1001'), agent('1002'));
  stage.pbx.enters('a');
  await stage.pass(0.5);
  expect(stage.pbx.done.filter((deed) => deed.startsWith('send'))).toEqual(['send a to 1002']);
});

test.each([
  ['not registered', { device: 'UNAVAILABLE' }],
  ['with do-not-disturb on', { dnd: 'INUSE' }],
  ['whose hint says busy', { hint: 1 }],
])('an extension %s is not rung', async (_why, reading) => {
  const stage = await Stage.open();
  stage.pbx.phones.reads('1001', reading);
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(0.5);
  expect(stage.pbx.done).toEqual([]);
  expect(stage.helpDesk.asksAbout(idOf('a'))).toBe(2);
});

test('an extension that is named again and again in vain does not burn the budget', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.reads('1001', { device: 'UNAVAILABLE' });
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('a');
  await stage.pass(0.5);
  expect(stage.helpDesk.asksAbout(idOf('a'))).toBe(2);
  await stage.pass(60);
  expect(stage.helpDesk.asksAbout(idOf('a'))).toBeLessThanOrEqual(2 + 60 / LONGEST);
  expect(stage.pbx.done).toEqual([]);
});

test('an extension that was in use is rung again as soon as its phone is free and it is named', async () => {
  const stage = await Stage.open();
  stage.pbx.phones.reads('1001', { device: 'INUSE' });
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(LONGEST);
  expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent', extension: '1001' });
});

test('nobody is asked about while the PBX is away, for the agent named would wait in vain', async () => {
  const stage = await Stage.open();
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.unlink();
  await stage.pass(60);
  expect(stage.helpDesk.asksAbout(idOf('a'))).toBe(1);
  stage.pbx.link();
  await stage.pass(1);
  expect(stage.helpDesk.asksAbout(idOf('a'))).toBe(2);
});
