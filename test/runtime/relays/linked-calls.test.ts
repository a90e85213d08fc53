import { expect, test } from 'vitest';
import { refused, unreachable } from '../../fakes/failures.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { RelayStage } from './relay-stage.ts';

/** What the far side took, apart from the states of agents. */
const calls = ({ relay }: RelayStage) => relay.told.filter((words) => / (holds|resumes|sends) /.test(words));

test('hold, resume and transfer of a call that the far side knows are told, in order', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.does('1001', 'held', 'udesk-1');
  stage.does('1001', 'resumed', 'udesk-1');
  stage.does('1001', 'held', 'udesk-1');
  stage.sends('1001', 'udesk-1', '1002');
  await settled();
  expect(calls(stage)).toEqual([
    '1001 holds udesk-1',
    '1001 resumes udesk-1',
    '1001 holds udesk-1',
    '1001 sends udesk-1 to 1002',
  ]);
  expect(await stage.owed()).toEqual([]);
});

test('that Asterisk takes a call off hold before it transfers it, though nobody held it, is not told', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.does('1001', 'resumed', 'udesk-1');
  stage.sends('1001', 'udesk-1', '1002');
  stage.does('1001', 'resumed', 'udesk-1');
  await settled();
  expect(calls(stage)).toEqual(['1001 sends udesk-1 to 1002']);
});

test('a call that was transferred from hold is on hold no more', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.does('1001', 'held', 'udesk-1');
  stage.sends('1001', 'udesk-1', '1002');
  stage.does('1001', 'resumed', 'udesk-1');
  await settled();
  expect(calls(stage)).toEqual(['1001 holds udesk-1', '1001 sends udesk-1 to 1002']);
});

test('a transfer of which the PBX does not say to whom is not told, and what follows is', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.sends('1001', 'udesk-1', '');
  stage.does('1001', 'held', 'udesk-1');
  await settled();
  expect(calls(stage)).toEqual(['1001 holds udesk-1']);
});

test('what somebody does who has no seat over there is not told', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.does('9999', 'held', 'udesk-1');
  stage.sends('9999', 'udesk-1', '1002');
  await settled();
  expect(calls(stage)).toEqual([]);
});

test('what was refused of one call holds back what happened to it, and no other call and no agent', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failsOnce(refused, '1001 holds udesk-1');
  stage.does('1001', 'held', 'udesk-1');
  stage.does('1001', 'resumed', 'udesk-1');
  stage.does('1001', 'held', 'udesk-2');
  stage.shows('1001', 'INUSE');
  await stage.pass(600);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 holds udesk-2', '1001 busy']);
  expect(await stage.owed()).toEqual(['call udesk-1: 422 no such id', 'call udesk-1: due']);
});

test('what happened while nobody answered over there is told in order when they are back', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  for (const call of ['udesk-1', 'udesk-2']) {
    stage.does('1001', 'held', call);
    await stage.pass(5);
    stage.does('1001', 'resumed', call);
    await stage.pass(5);
    stage.sends('1001', call, '1002');
    await stage.pass(50);
  }
  stage.relay.failure = undefined;
  // A newer thing finds out that they are back, and nothing else waits any longer.
  stage.shows('1001', 'INUSE');
  await settled();
  for (const call of ['udesk-1', 'udesk-2'])
    expect(calls(stage).filter((words) => words.includes(call))).toEqual([
      `1001 holds ${call}`,
      `1001 resumes ${call}`,
      `1001 sends ${call} to 1002`,
    ]);
});

test('what an agent does to a call of ours under its name over there moves no caller', async () => {
  const stage = await RelayStage.knowing('1001');
  await stage.talks('a', '1001');
  const done = [...stage.pbx.done];
  stage.does('1001', 'held', 'udesk-1');
  stage.sends('1001', 'udesk-1', '1002');
  await stage.pass(1);
  expect(stage.pbx.done).toEqual(done);
  expect(stage.helpDesk.toldOf('pbx1-a')).toEqual(['ask', 'transfered 1001']);
});
