import { expect, test } from 'vitest';
import { agent } from '../../fakes/scripted-help-desk.ts';
import { freed, taken } from '../../fakes/scripted-relay.ts';
import { RelayStage } from './relay-stage.ts';

// What is known at once is guessed to half a second, and asked about no faster than once a second.
const AT_ONCE = 1.5;

/** An agent of ours, known to the help desk, who is on a break over there. */
async function agentOnBreak(): Promise<RelayStage> {
  const stage = await RelayStage.knowing('1001');
  await stage.hasNamed('1001');
  stage.relay.says(taken('1001'));
  await stage.pass(60);
  return stage;
}

test('an agent who is taken over there is not offered, and the help desk is asked for another', async () => {
  const stage = await agentOnBreak();
  const before = stage.offers.length;
  stage.helpDesk.answers(agent('1001'), agent('1002'));
  stage.pbx.enters('a');
  await stage.pass(AT_ONCE);
  expect(stage.asksAbout('a')).toBe(2);
  expect(stage.offers.slice(before)).toEqual(['a to 1002']);
});

test('an agent who is taken over there is named again and again, and offered never', async () => {
  const stage = await agentOnBreak();
  const before = stage.offers.length;
  stage.helpDesk.usually = () => agent('1001');
  stage.pbx.enters('a');
  await stage.pass(540);
  expect(stage.offers.slice(before)).toEqual([]);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });
  // The second question, for another agent, and from then on a look every three minutes.
  expect(stage.asksAbout('a')).toBeLessThanOrEqual(5);
});

test('an agent who is free over there again is asked for at once, for the first in line', async () => {
  const stage = await agentOnBreak();
  const before = stage.offers.length;
  stage.pbx.enters('head');
  await stage.pass(30);
  stage.pbx.enters('behind');
  await stage.pass(30);
  const asked = stage.asksAbout('head');
  stage.helpDesk.answers(agent('1001'));
  stage.relay.says(freed('1001'));
  await stage.pass(AT_ONCE);
  expect(stage.asksAbout('head')).toBe(asked + 1);
  expect(stage.meter.polls.at(-1)).toBe('sign: extension');
  expect(stage.offers.slice(before)).toEqual(['head to 1001']);
});

test('while the only agent is taken over there nobody is asked about, though their phone comes free', async () => {
  const stage = await agentOnBreak();
  stage.pbx.enters('head');
  await stage.pass(30);
  const asked = stage.asksAbout('head');
  stage.shows('1001', 'INUSE');
  await stage.pass(10);
  stage.shows('1001', 'NOT_INUSE');
  await stage.pass(60);
  expect(stage.asksAbout('head')).toBe(asked);
});

test('an agent who is free over there, while their phone is in use, is asked for when it is not', async () => {
  const stage = await agentOnBreak();
  const before = stage.offers.length;
  stage.shows('1001', 'INUSE');
  stage.pbx.enters('head');
  await stage.pass(30);
  const asked = stage.asksAbout('head');
  stage.relay.says(freed('1001'));
  await stage.pass(30);
  expect(stage.asksAbout('head')).toBe(asked);
  stage.helpDesk.answers(agent('1001'));
  stage.shows('1001', 'NOT_INUSE');
  await stage.pass(AT_ONCE);
  expect(stage.offers.slice(before)).toEqual(['head to 1001']);
});

test('that somebody is free over there who was never taken is no sign', async () => {
  const stage = await RelayStage.knowing('1001');
  await stage.hasNamed('1001');
  await stage.pass(60);
  stage.pbx.enters('head');
  await stage.pass(10);
  const before = stage.meter.polls.length;
  for (let turn = 0; turn < 20; turn += 1) {
    stage.relay.says(freed('1001'));
    await stage.pass(1);
  }
  expect(stage.meter.polls.slice(before)).not.toContain('sign: all-busy');
});

/** When the head is asked about while somebody comes and goes. */
async function asksWhile(comesAndGoes: (stage: RelayStage, isThere: boolean) => void) {
  const stage = await RelayStage.knowing('1001');
  await stage.hasNamed('1001');
  await stage.pass(60);
  stage.pbx.enters('head');
  await stage.pass(30);
  for (let turn = 0; turn < 200; turn += 1) {
    comesAndGoes(stage, turn % 2 === 1);
    await stage.pass(0.3);
  }
  return stage.askedAt('head');
}

test('an agent who comes and goes over there costs no more questions than one whose phone does', async () => {
  const overThere = await asksWhile(({ relay }, isThere) =>
    relay.says(isThere ? freed('1001') : taken('1001')),
  );
  const phone = await asksWhile((stage, isThere) => stage.shows('1001', isThere ? 'NOT_INUSE' : 'INUSE'));
  expect(overThere).toEqual(phone);
  expect(phone.length).toBeGreaterThan(5);
});

test('a talk goes on, whatever its agent is over there', async () => {
  const stage = await RelayStage.knowing('1001');
  await stage.talks('a', '1001');
  stage.relay.says(taken('1001', 'busy in Udesk'));
  await stage.pass(30);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf('pbx1-a')).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('who was taken is asked about anew after a restart: nobody is kept from callers for ever', async () => {
  const stage = await agentOnBreak();
  await stage.stop();
  await stage.start();
  const before = stage.offers.length;
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(AT_ONCE);
  expect(stage.offers.slice(before)).toEqual(['a to 1001']);
});
