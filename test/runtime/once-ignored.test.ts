import { expect, test } from 'vitest';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';
import { WatchedStage } from './watched-stage.ts';

/** Callers whom nobody asked about for long, though an agent was free: each stood here for minutes once. */

test('a caller is asked about when an agent is free whom the daemon found in a call at its start', async () => {
  const stage = await WatchedStage.watch();
  await stage.talks('a', '1001');
  await stage.bridge.stop(1_000);
  await stage.running;
  await stage.start();
  await stage.talks('b', '1002');
  stage.pbx.enters('head');
  await stage.pass(1);
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.hangsUp('a');
  await stage.pass(3);
  expect(stage.offers.at(-1)).toBe('head to 1001');
});

test('a caller is asked about when an agent is free whose answer the help desk refused to hear of', async () => {
  const stage = await WatchedStage.watch();
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(0.1);
  stage.helpDesk.failsOnce({ kind: 'refused', status: 422, cause: '422' }, idOf('a'));
  stage.pbx.answers('1001');
  await stage.pass(0.1);
  stage.pbx.enters('head');
  await stage.pass(61);
  stage.pbx.hangsUp('a');
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.phones.shows('1001', 'INUSE');
  await stage.pass(5);
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(3);
  expect(stage.offers.at(-1)).toBe('head to 1001');
});

test('a phone that comes and goes of itself takes no questions from other queues', async () => {
  const stage = await WatchedStage.watch();
  await stage.hasNamed('1001');
  await stage.pass(61);
  stage.pbx.enters('head');
  stage.pbx.enters('other', { queue: 'sales' });
  await stage.pass(61);
  const from = { head: stage.asksAbout('head'), other: stage.asksAbout('other') };
  for (let time = 0; time < 90; time += 1) {
    stage.pbx.phones.shows('1001', 'UNAVAILABLE');
    await stage.pass(1);
    stage.pbx.phones.shows('1001', 'NOT_INUSE');
    await stage.pass(1);
  }
  expect(stage.asksAbout('head') - from.head).toBeLessThanOrEqual(12);
  expect(stage.asksAbout('other') - from.other).toBeGreaterThanOrEqual(4);
  expect(stage.pbx.placeOf('other')).toEqual({ at: 'hold' });
});

test('an offer that cannot be looked into is no reason to ask every second', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.readExtension = async () => undefined;
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('head');
  await stage.pass(60);
  expect(stage.asksAbout('head')).toBeLessThanOrEqual(8);
});

test('a phone that was seen in use, and of whose change nobody tells, is asked for again', async () => {
  const stage = await WatchedStage.watch();
  stage.pbx.phones.reads('1001', { device: 'INUSE' });
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('head');
  await stage.pass(60);
  stage.pbx.phones.reads('1001', { device: 'NOT_INUSE' });
  await stage.pass(45);
  expect(stage.offers).toEqual(['head to 1001']);
});

test('a caller behind others is told of, however many agents are free on the phone and in a pause', async () => {
  const stage = await WatchedStage.watch();
  for (let number = 1_001; number < 1_016; number += 1) {
    await stage.hasNamed(String(number));
    await stage.pass(20);
  }
  stage.pbx.enters('head');
  await stage.pass(0.5);
  stage.pbx.enters('behind');
  await stage.pass(120);
  expect(stage.asksAbout('behind')).toBe(1);
});

test.each([24, 22, 20])(
  'the head of a quiet queue is asked about beside a busy one, with a caller every %d s',
  async (everySeconds) => {
    const stage = await Stage.open({ maxWaitMs: 7_200_000 });
    const { pbx, helpDesk } = stage;
    const busy = new Map<string, string>();
    const agents = Array.from({ length: 8 }, (_, index) => String(1_001 + index));
    helpDesk.usually = ({ callId, helpDeskQueueId }) => {
      const free = agents.find((number) => ![...busy.values()].includes(number));
      if (helpDeskQueueId !== 7 || free === undefined) return { kind: 'all-busy' };
      busy.set(callId, free);
      return agent(free);
    };
    helpDesk.answers(agent('2001'));
    pbx.entersAsteriskQueue('early', 'fila-vendas');
    await stage.pass(1);
    pbx.hangsUp('early');
    pbx.entersAsteriskQueue('quiet', 'fila-vendas');
    const talkingSince = new Map<string, number>();
    for (let second = 0; second < 600; second += 1) {
      if (second % everySeconds === 0) pbx.enters(`caller-${second}`);
      await stage.pass(1);
      for (const number of pbx.ringing) pbx.answers(number);
      for (const name of pbx.names) {
        const place = pbx.placeOf(name);
        if (place?.at !== 'agent' || !place.bridged) continue;
        if (!talkingSince.has(name)) talkingSince.set(name, second);
        else if (second - (talkingSince.get(name) ?? 0) >= 60) pbx.hangsUp(name);
      }
      for (const heard of helpDesk.heard)
        if (heard.what === 'report' && heard.report.kind !== 'transfered') busy.delete(heard.callId);
    }
    expect(pbx.placeOf('quiet')).toEqual({ at: 'hold' });
    expect(helpDesk.asksAbout(idOf('quiet'))).toBeGreaterThanOrEqual(6);
  },
);
