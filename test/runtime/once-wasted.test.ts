import { expect, test } from 'vitest';
import { extension } from '../domain/builders.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Crew, WatchedStage } from './watched-stage.ts';

test('an agent who declines and is named again and again does not burn the budget', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.phones.has('1001', 'declines');
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('a');
  await stage.pass(29);
  expect(stage.asksAbout('a')).toBeLessThanOrEqual(4);
});
test('a newcomer who comes in while an ending is on its way does not take the agent from the head', async () => {
  const stage = await WatchedStage.watch();
  new Crew(stage).there.set(extension('1001'), [7]);
  await stage.talks('a', '1001');
  stage.pbx.enters('head');
  await stage.pass(20);
  stage.helpDesk.holdsBack();
  stage.pbx.hangsUp('a');
  await stage.pass(0.1);
  stage.pbx.enters('newcomer');
  await stage.pass(0.1);
  stage.helpDesk.letsGo();
  await stage.pass(2);
  expect(stage.offers).toEqual(['a to 1001', 'head to 1001']);
});
test('once a wrap-up of 20 s is known, nothing is asked the moment the ending was heard', async () => {
  const stage = await WatchedStage.watch();
  new Crew(stage, { wrapUpMs: 20_000 }).there.set(extension('1001'), [7]);
  await stage.talks('caller-0', '1001');
  for (let n = 0; n < 20; n += 1) {
    stage.pbx.enters(`caller-${n + 1}`);
    await stage.pass(60);
    const before = stage.asksAbout(`caller-${n + 1}`);
    stage.pbx.hangsUp(`caller-${n}`);
    await stage.pass(2);
    if (n > 15) expect(stage.asksAbout(`caller-${n + 1}`)).toBe(before);
    while (stage.pbx.ringing.length === 0) await stage.pass(0.5);
    stage.pbx.answers('1001');
    await stage.pass(1);
  }
});
test('with twelve queues nobody is sent away for want of permits while others are asked about twice a minute', async () => {
  const queues = Array.from({ length: 12 }, (_, n) => `queue-${n}`);
  const stage = await WatchedStage.watch({ queues });
  for (const queue of queues) stage.pbx.enters(queue, { queue });
  await stage.pass(600);
  for (const queue of queues) expect(stage.pbx.placeOf(queue)).toEqual({ at: 'hold' });
});
test('an agent named whose phone cannot take the call is no offer, and no excess wait', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasNamed('1001');
  stage.pbx.phones.reads('1001', { device: 'UNAVAILABLE' });
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(1);
  expect(stage.offers).toEqual(['earlier-support-1001 to 1001']);
  expect(stage.meter.excessWaits).toEqual([]);
});
