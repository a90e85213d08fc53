import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extension } from '../domain/builders.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Crew, WatchedStage } from './watched-stage.ts';

const SUPPORT = 7;

test('a newcomer behind others is told of at once, for supervisors to see', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasInPrivateCall('1001');
  stage.pbx.enters('head');
  await stage.pass(30);
  stage.pbx.enters('newcomer');
  await stage.pass(0.1);
  expect(stage.asksAbout('newcomer')).toBe(1);
  await stage.pass(120);
  expect(stage.asksAbout('newcomer')).toBe(1);
});

test('a newcomer is not told of while the head is being asked about, and then is', async () => {
  const stage = await WatchedStage.watch();
  stage.helpDesk.holdsBack();
  stage.pbx.enters('head');
  await stage.pass(0.5);
  stage.pbx.enters('newcomer');
  await stage.pass(1);
  expect(stage.asksAbout('newcomer')).toBe(0);
  stage.helpDesk.letsGo();
  await stage.pass(0.1);
  expect(stage.asksAbout('newcomer')).toBe(1);
});

test('a newcomer who comes in with the sign that an agent is free does not take them from the head', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasInPrivateCall('1001');
  stage.pbx.enters('head');
  await stage.pass(30);
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('newcomer');
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(2);
  expect(stage.offers.at(-1)).toBe('head to 1001');
});

test('whenever a newcomer comes in around an ending, the agent goes to the head', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -1_500, max: 1_500 }), async (offsetMs) => {
      const stage = await WatchedStage.watch();
      new Crew(stage).there.set(extension('1001'), [SUPPORT]);
      await stage.talks('a', '1001');
      stage.pbx.enters('head');
      await stage.pass(30);
      stage.clock.after(2_000, () => stage.pbx.hangsUp('a'));
      stage.clock.after(2_000 + offsetMs, () => stage.pbx.enters('newcomer'));
      await stage.pass(6);
      expect(stage.offers).toEqual(['a to 1001', 'head to 1001']);
    }),
    { numRuns: 60 },
  );
});
