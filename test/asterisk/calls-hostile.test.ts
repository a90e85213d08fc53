import { expect, test } from 'vitest';
import { usePbx } from './lab/scene.ts';
import { StrictManager } from './lab/strict-manager.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

/** As it stands in the user part of From: line breaks, and a packet that ends somebody else's call. */
const forgedHangup = (uniqueid: string): string =>
  encodeURIComponent(['5', `Uniqueid: ${uniqueid}`, 'ChanVariable: MOVIDESK_QUEUE=a', '', 'X'].join('\r\n'));

test('a caller who forges the end of another call through an unguarded number changes nothing for it', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const victim = await scene.lab.caller('support', { number: '5511987650061' });
  const talk = await scene.talk(victim, phone);
  // A second connection of the same manager user sees what the daemon sees.
  const wire = await StrictManager.watch(scene.lab);
  const attacker = await scene.lab.rawCaller('raw', forgedHangup(victim.uniqueid));
  await attacker.hangUp();
  await wire.hungUp(victim);
  wire.close();
  // Whoever comes later is heard later: by then the forged packet has been read.
  const later = await scene.lab.caller('q_sales', { number: '5511987650062' });
  await scene.waiting(scene.callId(later));
  expect(scene.call(scene.callId(victim))?.phase).toBe('talking');
  const from = Math.floor(Date.now() / 1_000) * 1_000;
  await phone.hangUp(talk);
  const call = await scene.ended(scene.callId(victim));
  expect(call.ending).toBe('completed');
  expect(call.endDate).toBeGreaterThanOrEqual(from);
});

test('a caller who does it on the way into the queue is one caller with a number of digits', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  scene.movidesk.setOnPhone('1002', false);
  const victim = await scene.lab.caller('support', { number: '5511987650063' });
  const talk = await scene.talk(victim, phone);
  const attacker = await scene.lab.rawCaller('support', forgedHangup(victim.uniqueid));
  const calls = () => scene.movidesk.calls();
  await waitFor('the attacker to be in the queue', () => calls().length === 2);
  expect(calls()[1]?.clientNumber).toMatch(/^\d+$/);
  await attacker.hangUp();
  await scene.ended(calls()[1]?.callId ?? '');
  expect(calls().map(({ phase, ending }) => ending ?? phase)).toEqual(['talking', 'canceled']);
  await phone.hangUp(talk);
  expect((await scene.ended(scene.callId(victim))).ending).toBe('completed');
});
