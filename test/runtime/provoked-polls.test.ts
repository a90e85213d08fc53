import { expect, test } from 'vitest';
import { extension } from '../domain/builders.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Crew, WatchedStage } from './watched-stage.ts';

// The runtime's numbers of queues (see the stage).
const SUPPORT = 7;
const SALES = 8;
// What is known at once is guessed to half a second, and asked about no faster than once a second.
const AT_ONCE = 1.5;

/** A caller waits, and everybody who could take them is in a call that is none of ours. */
async function headWithAgentInPrivateCall(): Promise<WatchedStage> {
  const stage = await WatchedStage.watch();
  await stage.hasInPrivateCall('1001');
  stage.pbx.enters('head');
  await stage.pass(30);
  expect(stage.asksAbout('head')).toBe(1);
  return stage;
}

test('an agent whose call is over is asked for at once, for the first in line of their queue alone', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  await stage.hasInPrivateCall('2001', 'sales');
  stage.pbx.enters('head');
  await stage.pass(1);
  stage.pbx.enters('behind');
  stage.pbx.enters('other', { queue: 'sales' });
  await stage.pass(60);
  expect(stage.asksAbout('head')).toBe(1);

  stage.helpDesk.answers(agent('1001'));
  stage.pbx.hangsUp('a');
  await stage.pass(AT_ONCE);
  expect(stage.offers.at(-1)).toBe('head to 1001');
  expect(stage.meter.polls.at(-1)).toBe('ended: extension');
  expect([stage.asksAbout('behind'), stage.asksAbout('other')]).toEqual([1, 1]);
});

test.each(['INUSE', 'BUSY', 'UNAVAILABLE'])(
  'an agent whose phone was %s and is free again is asked for at once',
  async (device) => {
    const stage = await headWithAgentInPrivateCall();
    stage.pbx.phones.shows('1001', device);
    await stage.pass(30);
    expect(stage.asksAbout('head')).toBe(1);
    stage.helpDesk.answers(agent('1001'));
    stage.pbx.phones.shows('1001', 'NOT_INUSE');
    await stage.pass(AT_ONCE);
    expect(stage.offers.at(-1)).toBe('head to 1001');
    expect(stage.meter.polls.at(-1)).toBe('sign: extension');
  },
);

test('an agent who switches do-not-disturb off is asked for at once', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasNamed('1001');
  stage.switchesDnd('1001', true);
  stage.pbx.enters('head');
  await stage.pass(60);
  expect(stage.asksAbout('head')).toBe(1);
  stage.helpDesk.answers(agent('1001'));
  stage.switchesDnd('1001', false);
  await stage.pass(AT_ONCE);
  expect(stage.offers.at(-1)).toBe('head to 1001');
  expect(stage.meter.polls.at(-1)).toBe('sign: extension');
});

test('a phone that nobody was ever named for provokes no question', async () => {
  const stage = await headWithAgentInPrivateCall();
  stage.pbx.phones.shows('9999', 'INUSE');
  stage.pbx.phones.shows('9999', 'NOT_INUSE');
  await stage.pass(60);
  expect(stage.asksAbout('head')).toBe(1);
});

test('a phone that is free after a call of ours provokes no question before the help desk has heard of the ending', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  stage.pbx.enters('head');
  await stage.pass(5);
  stage.helpDesk.holdsBack();
  stage.pbx.hangsUp('a');
  await stage.pass(8);
  expect(stage.asksAbout('head')).toBe(1);
  stage.helpDesk.letsGo();
  await stage.pass(AT_ONCE);
  expect(stage.asksAbout('head')).toBe(2);
});

test('while every agent of the queue is in a call nobody is asked about, and then once, for there may be others', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  await stage.hasInPrivateCall('1002');
  stage.pbx.enters('head');
  await stage.pass(175);
  expect(stage.asksAbout('head')).toBe(1);
  stage.helpDesk.answers(agent('1003'));
  await stage.pass(10);
  expect(stage.asksAbout('head')).toBe(2);
  expect(stage.meter.polls.at(-1)).toBe('late: extension');
  expect(stage.offers.at(-1)).toBe('head to 1003');
});

test('an agent who let it ring is no reason for a question for half a minute', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.phones.has('1001', 'declines');
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('head');
  await stage.pass(29);
  // Asked again at once, for another agent; and once by the time that has passed.
  expect(stage.asksAbout('head')).toBeLessThanOrEqual(3);
  stage.pbx.phones.has('1001', 'rings');
  stage.helpDesk.usually = () => agent('1001');
  await stage.pass(15);
  expect(stage.pbx.placeOf('head')).toMatchObject({ at: 'agent', extension: '1001' });
});

test('an agent who let it ring is asked for at once when their phone shows a change', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.phones.has('1001', 'declines');
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('head');
  await stage.pass(5);
  expect(stage.asksAbout('head')).toBe(2);
  stage.pbx.phones.has('1001', 'rings');
  stage.pbx.phones.shows('1001', 'INUSE');
  await stage.pass(5);
  expect(stage.asksAbout('head')).toBe(2);
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(AT_ONCE);
  expect(stage.pbx.placeOf('head')).toMatchObject({ at: 'agent', extension: '1001' });
});

test('two queues with the same agents: who has waited longest gets the one who is free, the other the next', async () => {
  const stage = await WatchedStage.watch();
  const crew = new Crew(stage);
  await stage.hasNamed('1001', 'support');
  await stage.hasInPrivateCall('1001', 'sales');
  stage.pbx.enters('sales-caller', { queue: 'sales' });
  await stage.pass(5);
  stage.pbx.enters('support-caller', { queue: 'support' });
  await stage.pass(30);
  crew.there.set(extension('1001'), [SUPPORT, SALES]);
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(AT_ONCE);
  expect(stage.offers.at(-1)).toBe('sales-caller to 1001');
  stage.pbx.answers('1001');
  await stage.pass(60);
  // The agent they share is busy: what the sign was worth to the second in line was two questions at most.
  expect(stage.asksAbout('support-caller')).toBeLessThanOrEqual(3);
  stage.pbx.hangsUp('sales-caller');
  await stage.pass(AT_ONCE);
  expect(stage.offers.at(-1)).toBe('support-caller to 1001');
  expect(stage.pbx.phones.collisions).toEqual([]);
});

test('with six queues nobody starves: everybody at the head is asked about every minute', async () => {
  const queues = ['one', 'two', 'three', 'four', 'five', 'six'];
  const stage = await WatchedStage.watch({ queues });
  for (const queue of queues) {
    stage.pbx.enters(queue, { queue });
    await stage.pass(0.2);
  }
  await stage.pass(900);
  for (const queue of queues) {
    const asked = stage.askedAt(queue);
    const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(62_000);
    expect(asked.length).toBeGreaterThanOrEqual(14);
    expect(stage.pbx.placeOf(queue)).toEqual({ at: 'hold' });
  }
});
