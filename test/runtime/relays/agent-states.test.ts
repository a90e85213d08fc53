import { expect, test } from 'vitest';
import { refused, unreachable } from '../../fakes/failures.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { RelayStage } from './relay-stage.ts';

test('whoever is known over there is told of at once, as their phone is', async () => {
  const stage = new RelayStage();
  stage.pbx.phones.reads('1002', { device: 'INUSE' });
  stage.pbx.phones.reads('1003', { dnd: 'INUSE' });
  stage.pbx.phones.reads('1004', { device: 'UNAVAILABLE' });
  await stage.begins('1001', '1002', '1003', '1004');
  expect(stage.relay.told.toSorted()).toEqual(['1001 idle', '1002 busy', '1003 onBreak', '1004 offline']);
});

test('an agent’s states are told in the order in which they came', async () => {
  const stage = await RelayStage.knowing('1001');
  for (const device of ['RINGING', 'NOT_INUSE', 'UNAVAILABLE', 'NOT_INUSE']) {
    stage.shows('1001', device);
    await stage.pass(0.1);
  }
  stage.switchesDnd('1001', true);
  await stage.pass(0.1);
  stage.switchesDnd('1001', false);
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual([
    '1001 idle',
    '1001 busy',
    '1001 idle',
    '1001 offline',
    '1001 idle',
    '1001 onBreak',
    '1001 idle',
  ]);
});

test('what changes nothing about an agent is not told', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.shows('1001', 'RINGING');
  await stage.pass(0.1);
  stage.shows('1001', 'INUSE');
  stage.shows('1001', 'ONHOLD');
  stage.switchesDnd('1001', true);
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy']);
});

test('whoever switches do-not-disturb on while they talk is on a break when they have hung up', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.shows('1001', 'INUSE');
  stage.switchesDnd('1001', true);
  await stage.pass(0.1);
  stage.shows('1001', 'NOT_INUSE');
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy', '1001 onBreak']);
});

test('of the states that wait behind one on its way only the last is told, and that after it', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.holdsBack();
  stage.shows('1001', 'INUSE');
  await stage.pass(1);
  for (const device of ['NOT_INUSE', 'UNAVAILABLE', 'NOT_INUSE', 'RINGING', 'UNAVAILABLE']) {
    stage.shows('1001', device);
    await stage.pass(1);
  }
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy']);
  expect(await stage.owed()).toEqual(['agent 1001: due', 'agent 1001: due']);
  stage.relay.letsGo();
  await settled();
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy', '1001 offline']);
  expect(await stage.owed()).toEqual([]);
});

test('of the states that come about while nobody answers over there only the last is told', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  stage.shows('1001', 'INUSE');
  await stage.pass(0.1);
  stage.shows('1001', 'NOT_INUSE');
  await stage.pass(0.1);
  stage.shows('1001', 'UNAVAILABLE');
  await stage.pass(0.1);
  expect(await stage.owed()).toEqual(['agent 1001: due']);
  stage.relay.failure = undefined;
  await stage.pass(60);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 offline']);
});

test('a state that was refused is kept until the next one of that agent takes its place', async () => {
  const stage = await RelayStage.knowing('1001', '1002');
  stage.relay.failsOnce(refused, '1001 busy');
  stage.shows('1001', 'INUSE');
  await stage.pass(600);
  expect(await stage.owed()).toEqual(['agent 1001: 422 no such id']);
  stage.shows('1002', 'INUSE');
  stage.shows('1001', 'NOT_INUSE');
  await stage.pass(0.1);
  expect(stage.relay.toldOf('1001')).toEqual(['1001 idle', '1001 idle']);
  expect(stage.relay.toldOf('1002')).toEqual(['1002 idle', '1002 busy']);
  expect(await stage.owed()).toEqual([]);
});

test('a state that is refused while a newer one waits leaves nothing behind', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failsOnce(refused, '1001 busy');
  stage.relay.holdsBack();
  stage.shows('1001', 'INUSE');
  await stage.pass(0.1);
  stage.shows('1001', 'UNAVAILABLE');
  await stage.pass(0.1);
  stage.relay.letsGo();
  await settled();
  expect(stage.relay.told).toEqual(['1001 idle', '1001 offline']);
  expect(await stage.owed()).toEqual([]);
});

test('agents do not wait for one another', async () => {
  const stage = await RelayStage.knowing('1001', '1002');
  stage.relay.holdsBack();
  stage.shows('1001', 'INUSE');
  await stage.pass(0.1);
  stage.shows('1002', 'INUSE');
  await stage.pass(0.1);
  expect(stage.relay.toldOf('1002')).toEqual(['1002 idle', '1002 busy']);
});

test('nobody is told of a phone that belongs to no agent over there', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.shows('9999', 'INUSE');
  stage.bridge.hear({ kind: 'device-changed', device: 'Local/1001@somewhere', state: 'INUSE' });
  stage.bridge.hear({ kind: 'device-changed', device: 'Custom:DND9999', state: 'INUSE' });
  await stage.pass(1);
  expect(stage.relay.told).toEqual(['1001 idle']);
});

test('whoever has no seat over there any more is told of no more, and whoever is new is', async () => {
  const stage = await RelayStage.knowing('1001', '1002');
  stage.relay.knows('1002', '1003');
  await stage.pass(0.1);
  stage.shows('1001', 'INUSE');
  stage.shows('1002', 'INUSE');
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle', '1002 idle', '1003 idle', '1002 busy']);
});

test('without the far side nobody is asked about for its sake, and nothing is kept', async () => {
  const stage = new RelayStage();
  await stage.start();
  const asked: string[] = [];
  const { pbx } = stage;
  const read = pbx.readExtension.bind(pbx);
  pbx.readExtension = (extension) => {
    asked.push(extension);
    return read(extension);
  };
  stage.shows('1001', 'INUSE');
  await stage.pass(120);
  expect(asked).toEqual([]);
  expect(await stage.owed()).toEqual([]);
});

test('an agent who is told of for the first time while the PBX is away is told of when it is back', async () => {
  const stage = new RelayStage();
  stage.relays = [stage.relay];
  await stage.startUnlinked();
  stage.relay.knows('1001');
  await stage.pass(30);
  expect(stage.relay.told).toEqual([]);
  stage.pbx.link();
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle']);
});

test('what changed while the PBX was away is told when it is back', async () => {
  const stage = await RelayStage.knowing('1001', '1002', '1003');
  stage.pbx.unlink();
  stage.shows('1001', 'UNAVAILABLE');
  stage.pbx.phones.reads('1003', { dnd: 'INUSE' });
  await stage.pass(30);
  expect(stage.relay.told).toHaveLength(3);
  stage.pbx.link();
  await stage.pass(0.1);
  expect(stage.relay.told.slice(3).toSorted()).toEqual(['1001 offline', '1003 onBreak']);
});

test('what the PBX never told is seen on the rounds', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.pbx.phones.reads('1001', { device: 'UNAVAILABLE' });
  await stage.pass(61);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 offline']);
});

test('what is known of somebody from before the PBX was away is not believed when it is back', async () => {
  const stage = await RelayStage.knowing('1001');
  await stage.talks('a', '2001');
  stage.pbx.unlink();
  stage.pbx.phones.reads('1001', { dnd: 'INUSE' });
  await stage.pass(30);
  let answers = () => {};
  stage.pbx.slowness = new Promise((resolve) => {
    answers = resolve;
  });
  stage.pbx.link();
  // Not yet reconciled, and so nobody has been asked about. A phone in use says enough.
  stage.shows('1001', 'INUSE');
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy']);
  // One that is not, does not: do-not-disturb was switched on while nobody listened.
  stage.shows('1001', 'NOT_INUSE');
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy']);
  answers();
  await stage.pass(0.1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 busy', '1001 onBreak']);
});
