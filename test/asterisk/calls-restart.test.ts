import { describe, expect, test } from 'vitest';
import { usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

test('a restart of the daemon loses neither the caller who waits nor the one who talks', async () => {
  const scene = await pbx.open({ serving: ['1001'] });
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const talking = await scene.lab.caller('support', { number: '5511987650031' });
  const talk = await scene.talk(talking, phone);
  const waiting = await scene.lab.caller('support', { number: '5511987650032' });
  await scene.waiting(scene.callId(waiting));
  expect(await scene.bridge.stop()).toBe(0);
  await scene.bridge.start();
  expect(scene.call(scene.callId(talking))?.phase).toBe('talking');
  await scene.waiting(scene.callId(waiting), (scene.call(scene.callId(waiting))?.asks ?? 0) + 1);
  await phone.hangUp(talk);
  expect((await scene.ended(scene.callId(talking))).ending).toBe('completed');
  await scene.talk(waiting, phone);
  await waiting.hangUp();
  expect((await scene.ended(scene.callId(waiting))).ending).toBe('completed');
  expect(scene.movidesk.calls()).toHaveLength(2);
});

test('a caller answered and gone while the daemon was down is completed, with the times of the diary', async () => {
  const scene = await pbx.open({ ringSeconds: 20 });
  const phone = await scene.lab.phone('1001', { does: 'answer-when-told', saysThatItRings: true });
  const caller = await scene.lab.caller('support', { number: '5511987650033' });
  const callId = scene.callId(caller);
  const ringing = await phone.reached();
  expect(await scene.bridge.stop()).toBe(0);
  const second = () => Math.floor(Date.now() / 1_000) * 1_000;
  const answeredFrom = second();
  await phone.answer(ringing);
  const talk = await phone.talking();
  const answeredBy = second();
  await scene.recorded(caller);
  const endedFrom = second();
  await phone.hangUp(talk);
  await caller.ended();
  const endedBy = second();
  await waitFor('a later second', () => second() > endedBy + 1_000);
  await scene.bridge.start();
  const call = await scene.ended(callId);
  expect(call).toMatchObject({ ending: 'completed', extension: '1001' });
  expect(call.transferDate).toBeGreaterThanOrEqual(answeredFrom);
  expect(call.transferDate).toBeLessThanOrEqual(answeredBy);
  expect(call.endDate).toBeGreaterThanOrEqual(endedFrom);
  expect(call.endDate).toBeLessThanOrEqual(endedBy);
});

test('a caller who gave up while the daemon was down is canceled', async () => {
  const scene = await pbx.open({ serving: ['1001'] });
  scene.movidesk.setOnPhone('1001', false);
  const caller = await scene.lab.caller('support', { number: '5511987650034' });
  await scene.waiting(scene.callId(caller));
  await scene.bridge.stop();
  await caller.hangUp();
  await scene.bridge.start();
  expect((await scene.ended(scene.callId(caller))).ending).toBe('canceled');
});

describe('a caller who came in while the daemon was down is found, and served', () => {
  test.each(['support', 'q_sales'])('waiting for %s', async (queue) => {
    const scene = await pbx.open();
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    await scene.bridge.stop();
    const caller = await scene.lab.caller(queue, { number: '5511987650035' });
    await scene.isIn(caller, queue === 'support' ? 'movidesk-hold' : 'movidesk-queue');
    expect(scene.movidesk.ledger).toEqual([]);
    await scene.bridge.start();
    await scene.talk(caller, phone);
    await caller.hangUp();
    expect(await scene.ended(scene.callId(caller))).toMatchObject({
      ending: 'completed',
      clientNumber: '5511987650035',
    });
  });
});
