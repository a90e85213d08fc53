import { expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import { header } from './lab/manager-client.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx({ udesk: true });
const ANSWER = { does: 'answer', afterMs: 200 } as const;

/** The agent says so themselves, in a Udesk window, and the daemon has taken Udesk's word for it. */
async function saysOfThemselves(
  { udesk }: Scene,
  extension: string,
  state: 'idle' | 'busy',
): Promise<number> {
  const { deliveries } = udesk.simulator;
  const before = deliveries.length;
  const at = Date.now();
  udesk.setState(extension, state);
  await waitFor('the daemon to have heard of it', () =>
    deliveries
      .slice(before)
      .some(({ body, status }) => status === 200 && body.includes(`"CurState":"${state}"`)),
  );
  return at;
}

/** What Movidesk answered when it was asked about a caller. */
const named = (scene: Scene, caller: Caller): readonly string[] =>
  scene.movidesk.ledger.filter(({ callId }) => callId === scene.callId(caller)).map(({ body }) => body);

/** The only offer of an agent that there ever was went to this caller, after that moment. Says how long after. */
function expectOfferedOnly({ lab }: Scene, extension: string, caller: Caller, since: number): void {
  const { manager } = lab.pbx;
  const offers = manager.events('DialBegin', { DialString: extension });
  expect(offers.map((packet) => header(packet, 'Uniqueid'))).toEqual([caller.uniqueid]);
  for (const offer of offers) {
    const afterMs = manager.arrivedAt(offer) - since;
    console.log(`${extension} is free at Udesk again: offered a caller after ${afterMs} ms`);
    expect(afterMs).toBeGreaterThanOrEqual(0);
  }
}

test('an agent who is busy in Udesk by their own doing is offered nobody until they are idle there', async () => {
  const scene = await pbx.open({ udesk: true });
  const { lab, udesk, bridge } = scene;
  const first = await lab.phone('1001', ANSWER);
  const second = await lab.phone('1002', ANSWER);
  await udesk.areIdle(['1001', '1002'], bridge.storePath);
  const ledger = udesk.agentLedger('1001');
  await saysOfThemselves(scene, '1001', 'busy');
  // Movidesk names 1001, who is free for all it knows, and then the other one.
  const caller = await lab.caller('support');
  await scene.talk(caller, second);
  expect(named(scene, caller).slice(0, 2)).toEqual(['"1001"', '"1002"']);
  const later = await lab.caller('support');
  await waitFor('1001 to be named', () => named(scene, later).includes('"1001"'));
  const idleAt = await saysOfThemselves(scene, '1001', 'idle');
  await scene.talk(later, first);
  expectOfferedOnly(scene, '1001', later, idleAt);
  expect(ledger.rest().map(({ word }) => word)).toEqual(['busy', 'idle', 'busy']);
});

test('an agent who is in a call of Udesk’s own is offered nobody until it is over', async () => {
  const scene = await pbx.open({ udesk: true, serving: ['1001'] });
  const { lab, udesk, bridge } = scene;
  const phone = await lab.phone('1001', ANSWER);
  await udesk.areIdle(['1001'], bridge.storePath);
  const callId = udesk.beginCall('1001');
  udesk.simulator.calls.step(callId, 'agent_ringing');
  await udesk.simulator.callbacksSettled();
  const caller = await lab.caller('support');
  await waitFor('1001 to be named', () => named(scene, caller).includes('"1001"'));
  const overAt = Date.now();
  udesk.simulator.calls.step(callId, 'user_hangup');
  await scene.talk(caller, phone);
  expectOfferedOnly(scene, '1001', caller, overAt);
});

/** Nobody can take them, and they hang up while they are told so. */
async function loses(scene: Scene, number: string): Promise<string> {
  const caller = await scene.lab.caller('support', { number });
  await scene.isIn(caller, 'movidesk-lost');
  await caller.hangUp();
  const callId = scene.callId(caller);
  expect((await scene.ended(callId)).ending).toBe('lost');
  return callId;
}

test('callers whom nobody could take are handed to Udesk for a call back, each of them once', async () => {
  const scene = await pbx.open({ udesk: true });
  const { movidesk, udesk } = scene;
  const ask = (adTaskId: string, count: number, signed: 'callback' | 'none' = 'callback') =>
    udesk.simulator.askForNumbers({ baseUrl: udesk.daemonsUrl, adTaskId, count, signed });
  const answered = (exhausted: boolean, ...results: readonly object[]) => ({
    status: 200,
    body: { code: '000000', message: 'OK', exhausted, results },
  });
  for (const extension of ['1001', '1002']) movidesk.setOnline(extension, false);
  const nobody = await loses(scene, '5511987650041');
  movidesk.setCalendar(1, 'closed');
  const closed = await loses(scene, '5511987650042');
  // The first one tries again: still one caller, to be called back once.
  await loses(scene, '5511987650041');
  movidesk.setCalendar(1, 'holiday');
  const holiday = await loses(scene, '5511987650043');

  expect((await ask('one', 2, 'none')).status).toBe(403);
  expect(await ask('one', 2)).toEqual(
    answered(false, { id: nobody, number: '005511987650041' }, { id: closed, number: '005511987650042' }),
  );
  expect(await ask('another', 9)).toEqual(answered(true, { id: holiday, number: '005511987650043' }));
  expect(await ask('a third', 9)).toEqual(answered(true));
  expect(await scene.bridge.stop()).toBe(0);
  await scene.bridge.start();
  const startedAt = Date.now();
  // What was signed in the very second of the start is told to ask again.
  await waitFor('a second to pass', () => Date.now() > startedAt + 1_000);
  expect(await ask('a fourth', 9)).toEqual(answered(true));
  expect(await udesk.simulator.tellStopped({ baseUrl: udesk.daemonsUrl, adTaskId: 'one' })).toMatchObject({
    status: 200,
    body: { code: '000000' },
  });
});
