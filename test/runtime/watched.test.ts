import { expect, test } from 'vitest';
import { noAnswer, throttled, unreachable } from '../fakes/failures.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { WatchedStage } from './watched-stage.ts';

test('every question is counted with why it was asked and what came of it', async () => {
  const stage = await WatchedStage.watch();
  const { polls } = stage.meter;
  stage.pbx.phones.reads('1001', { device: 'INUSE' });
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('head');
  await stage.pass(1);
  expect(polls).toEqual(['newcomer: extension', 'again: all-busy']);
  stage.helpDesk.answers({ kind: 'nobody-on-phone' });
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(2);
  expect(polls.slice(2)).toEqual(['sign: nobody-on-phone']);
  stage.helpDesk.answers(agent('1001'));
  await stage.pass(60);
  expect(polls.slice(3)).toContain('blind: extension');
});

test('what a talk that is over provokes is counted as that', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  stage.pbx.enters('head');
  await stage.pass(30);
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.hangsUp('a');
  await stage.pass(2);
  expect(stage.meter.polls).toEqual(['newcomer: extension', 'newcomer: all-busy', 'ended: extension']);
});

test.each(['holiday', 'closed', 'nobody'] as const)(
  'a question answered with `%s` is counted as that',
  async (kind) => {
    const stage = await WatchedStage.watch();
    stage.helpDesk.answers({ kind });
    stage.pbx.enters('a');
    await stage.pass(0.1);
    expect(stage.meter.polls).toEqual([`newcomer: ${kind}`]);
  },
);

test.each([unreachable, noAnswer, throttled()])(
  'a question that fails ($kind) is counted as that, and so is its request',
  async (failure) => {
    const stage = await WatchedStage.watch();
    stage.helpDesk.failsOnce(failure);
    stage.pbx.enters('a');
    await stage.pass(0.1);
    expect(stage.meter.polls).toEqual([`newcomer: ${failure.kind}`]);
    expect(stage.meter.requests).toEqual([`received: ${failure.kind}`]);
  },
);

test('the requests of a call are counted by what they told', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.meter.requests).toEqual(['received: ok', 'transfered: ok', 'completed: ok']);
});

test('a caller to whom a free agent is named at once has waited for no longer than the answer took', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasNamed('1001');
  await stage.pass(60);
  stage.helpDesk.holdsBack();
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(0.3);
  stage.helpDesk.letsGo();
  await stage.pass(0.1);
  expect(stage.offers.at(-1)).toBe('a to 1001');
  expect(stage.meter.excessWaits).toEqual([{ queue: 'support', ms: 300 }]);
});

test('a caller whose agent came free has waited too long from the sign of it to the offer', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasInPrivateCall('1001', 'sales');
  stage.pbx.enters('a', { queue: 'sales' });
  await stage.pass(60);
  stage.helpDesk.holdsBack();
  stage.helpDesk.answers(agent('1001'));
  const signAt = stage.clock.monotonic();
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(4);
  stage.helpDesk.letsGo();
  const offeredAt = stage.clock.monotonic();
  await stage.pass(0.1);
  expect(stage.offers.at(-1)).toBe('a to 1001');
  expect(stage.meter.excessWaits).toEqual([{ queue: 'sales', ms: offeredAt - signAt }]);
});

test('a caller whose agent ended a talk has waited too long from the ending that was heard to the offer', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  stage.pbx.enters('b');
  await stage.pass(60);
  stage.helpDesk.answers(agent('1001'));
  const endedAt = stage.clock.monotonic();
  stage.pbx.hangsUp('a');
  await stage.pass(2);
  const askedAt = stage.askedAt('b').at(-1) ?? Number.NaN;
  expect(stage.meter.excessWaits).toEqual([{ queue: 'support', ms: askedAt - endedAt }]);
});

test('of an agent who was never seen before nobody can tell for how long they were free', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.enters('a');
  await stage.pass(60);
  stage.helpDesk.answers(agent('1001'));
  await stage.pass(20);
  expect(stage.offers).toEqual(['a to 1001']);
  expect(stage.meter.excessWaits).toEqual([]);
});

test('the used share of the limit rises with each request and falls by itself when a minute has passed', async () => {
  const stage = await WatchedStage.watch();
  expect(stage.meter.usedRatio).toBe(0);
  await stage.talks('a', '1001');
  expect(stage.meter.usedRatio).toBeCloseTo(0.2);
  await stage.pass(30);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.meter.usedRatio).toBeCloseTo(0.3);
  await stage.pass(30);
  expect(stage.meter.usedRatio).toBeCloseTo(0.1);
  await stage.pass(31);
  expect(stage.meter.usedRatio).toBe(0);
});

test('after a restart the used share is that of the minute before', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  await stage.stop();
  await stage.start();
  expect(stage.meter.usedRatio).toBeCloseTo(0.2);
});
