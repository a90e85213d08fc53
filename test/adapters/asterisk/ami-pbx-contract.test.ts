import { expect, onTestFinished, test } from 'vitest';
import { callIdFrom, extensionFrom, queueNameFrom, uniqueidFrom } from '../../../src/domain/identity.ts';
import { type PbxSimulator, startPbxSimulator } from '../../../src/simulators/pbx/pbx-simulator.ts';
import { Observed, optionsFor } from './worlds.ts';

// The adapter against the simulator that the demo uses: what both have in common with a real Asterisk.
const SPEED = 20;
const queue = queueNameFrom('support');

async function linked() {
  const simulator = await startPbxSimulator({
    username: 'movidesk',
    secret: 'sesame',
    phones: ['1001', '1002'],
    queues: ['sales-wait'],
    hintContext: 'hints',
    speed: SPEED,
  });
  onTestFinished(() => simulator.close());
  const observed = new Observed(optionsFor(simulator.port));
  onTestFinished(() => observed.pbx.close());
  await observed.told('linked');
  expect(await observed.pbx.beat()).toBe(true);
  return { simulator, observed, pbx: observed.pbx };
}

async function waiting(world: { simulator: PbxSimulator; observed: Observed }) {
  const caller = world.simulator.callerArrives({ queue: 'support', number: '5511987654321' });
  const { caller: entered } = await world.observed.told('caller-entered');
  const callId = callIdFrom(`pbx1-${entered.uniqueid}`);
  return { caller, entered, callId, uniqueid: entered.uniqueid };
}

function agent(text: string) {
  const extension = extensionFrom(text);
  if (extension === undefined) throw new Error(text);
  return extension;
}

test('a caller is offered, answered, located, hung up and noted in the diary', async () => {
  const world = await linked();
  const { observed, pbx, simulator } = world;
  const { caller, callId, uniqueid } = await waiting(world);
  expect(await pbx.locate(uniqueid)).toEqual({ kind: 'here', place: { at: 'hold' } });
  expect(await pbx.readExtension(agent('1001'))).toMatchObject({ device: 'NOT_INUSE', hint: 0 });

  expect(await pbx.sendToAgent({ uniqueid, callId, extension: agent('1001'), ringMs: 20_000 })).toEqual({
    ok: true,
  });
  expect(await observed.told('ringing')).toMatchObject({ uniqueid, extension: '1001' });
  expect(await observed.told('answered')).toMatchObject({
    uniqueid,
    by: { context: 'agent', extension: '1001' },
  });
  await simulator.waitFor(() => caller.talkingTo === '1001');
  expect(await pbx.locate(uniqueid)).toEqual({
    kind: 'here',
    place: { at: 'agent', extension: '1001', bridged: true },
  });

  caller.hangUp();
  const { recording } = await observed.told('hung-up');
  expect(recording).toContain(callId);
  expect(await pbx.locate(uniqueid)).toEqual({ kind: 'gone' });
  expect(await pbx.sendToHold(uniqueid)).toMatchObject({ problem: 'gone' });
  expect(await pbx.readDiary(callId)).toMatchObject({ ok: true, diary: { answeredBy: '1001', recording } });
  await pbx.eraseDiary(callId);
  expect(simulator.diary(callId)).toBe('');
  expect(pbx.malformedCount).toBe(0);
});

test('a declined offer comes back as failed, and the caller is on hold again', async () => {
  const world = await linked();
  world.simulator.phone('1001').setBehaviour({ kind: 'declines' });
  const { caller, callId, uniqueid } = await waiting(world);
  await world.pbx.sendToAgent({ uniqueid, callId, extension: agent('1001'), ringMs: 20_000 });
  expect(await world.observed.told('offer-failed')).toMatchObject({ uniqueid, extension: '1001' });
  await world.simulator.waitFor(() => caller.place === 'waiting');
  expect(await world.pbx.locate(uniqueid)).toEqual({ kind: 'here', place: { at: 'hold' } });
});

test('a caller of a memberless queue is told, marked, and their hangup is heard', async () => {
  const { simulator, observed, pbx } = await linked();
  const caller = simulator.callerArrives({
    queue: 'sales-wait',
    number: '551130001000',
    via: 'asterisk-queue',
  });
  const { caller: entered } = await observed.told('caller-entered');
  expect(entered.via).toEqual({ entry: 'asterisk-queue', asteriskQueue: 'sales-wait' });
  expect(await pbx.mark(entered.uniqueid, queueNameFrom('sales'))).toEqual({ ok: true });
  caller.hangUp();
  expect(await observed.told('hung-up')).toMatchObject({ uniqueid: uniqueidFrom(caller.uniqueid) });
});

test('after a crash the snapshot is empty', async () => {
  const world = await linked();
  await waiting(world);
  await world.simulator.crash();
  await world.observed.told('unlinked');
  const { snapshot } = await world.observed.told('linked', 2);
  expect(snapshot.callers).toEqual([]);
});

test('a lost link alone shows the waiting caller in the next snapshot', async () => {
  const world = await linked();
  const { uniqueid } = await waiting(world);
  world.simulator.dropConnections();
  const { snapshot } = await world.observed.told('linked', 2);
  expect(snapshot.callers).toMatchObject([
    { uniqueid, number: '5511987654321', via: { entry: 'dialplan', queue }, place: { at: 'hold' } },
  ]);
});

test('callers with hostile numbers forge nothing', async () => {
  const { simulator, observed, pbx } = await linked();
  simulator.callerArrives({
    queue: 'support',
    number: '55\r\n\r\nEvent: Hangup\r\nUniqueid: 1.1\r\nChannel: x',
  });
  const { caller } = await observed.told('caller-entered');
  expect(caller.number).toMatch(/^[0-9+]*$/);
  expect(observed.of('hung-up')).toEqual([]);
  expect(await pbx.locate(caller.uniqueid)).toMatchObject({ kind: 'here' });
});
