import { describe, expect, test } from 'vitest';
import { beats } from './lab/bridge.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

/** Seconds since the daemon beat last, by the clock of the PBX. */
async function silence({ lab }: Scene): Promise<number> {
  const { manager } = lab.pbx;
  return Number(await manager.getvar('EPOCH')) - Number(await manager.getvar('MOVIDESK_BRIDGE_ALIVE'));
}

describe('the daemon tells the dialplan that somebody will come', () => {
  test('every five seconds, and when it is gone for fifteen, callers go where they would without it', async () => {
    const scene = await pbx.open();
    const { packets } = scene.lab.pbx.manager;
    const from = packets.length;
    await waitFor('three more beats', () => beats(packets.slice(from)).length >= 3, 20_000);
    const [first = 0, second = 0, third = 0] = beats(packets.slice(from));
    for (const pause of [second - first, third - second]) {
      expect(pause).toBeGreaterThanOrEqual(4);
      expect(pause).toBeLessThanOrEqual(6);
    }
    await scene.bridge.stop();
    await waitFor('fifteen seconds of silence', async () => (await silence(scene)) > 15, 20_000);
    const caller = await scene.lab.caller('support');
    await scene.isIn(caller, 'movidesk-fallback');
    await scene.bridge.start();
    expect(scene.movidesk.ledger).toEqual([]);
  });
});

test('callers who wait go to the fallback when Movidesk is out of reach, and are reported lost when it is back', async () => {
  const scene = await pbx.open({ failOpenAfterSeconds: 5, serving: ['1001'] });
  scene.movidesk.setOnPhone('1001', false);
  const caller = await scene.lab.caller('support', { number: '5511987650041' });
  await scene.waiting(scene.callId(caller));
  scene.movidesk.failNext('any', { silence: 'reset', heard: false, times: 1_000_000 });
  const from = Date.now();
  await scene.isIn(caller, 'movidesk-fallback', 15_000);
  expect(Date.now() - from).toBeGreaterThan(4_000);
  // What the fallback says takes its time; then the call is over.
  await caller.ended(20_000);
  expect(scene.call(scene.callId(caller))?.phase).toBe('waiting');
  scene.movidesk.endFaults();
  expect((await scene.ended(scene.callId(caller), 70_000)).ending).toBe('lost');
});
