import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import { channels } from './lab/channels.ts';
import { CROWD, everybodyGoesOn, gather } from './lab/crowd.ts';
import { secondsOfSilence } from './lab/heartbeat.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
const SIGNALS = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const;

/** Where every channel of the PBX is, and with whom. */
async function places({ lab }: Scene): Promise<readonly object[]> {
  const all = await channels(lab.pbx);
  return all
    .map(({ uniqueid, context, state, bridgeId }) => ({ uniqueid, context, state, bridgeId }))
    .toSorted((one, other) => one.uniqueid.localeCompare(other.uniqueid));
}

/** Movidesk takes every request from now on, and says nothing. Somebody comes in, about whom it is being asked. */
async function movideskHangs({ movidesk, lab }: Scene): Promise<Caller> {
  movidesk.failNext('any', { silence: 'hang', heard: false, times: 1_000_000 });
  const caller = await lab.caller('support', { number: '5511987650092' });
  await movidesk.waitFor(({ status }) => status === 'hang', 10_000);
  return caller;
}

/** The signal as often as it takes: the first asks, the second means now. */
async function insisted({ bridge }: Scene, signal: 'SIGTERM' | 'SIGINT'): Promise<number | null> {
  await waitFor('the daemon to end', () => {
    bridge.signal(signal);
    return !bridge.isRunning;
  });
  return (await bridge.exited(1_000)).code;
}

const TIMEOUT_MS = 2_000;

describe('asked to stop, with a request under way that nobody answers', { timeout: 90_000 }, () => {
  test.each(SIGNALS)('the daemon ends in order, and calls stay as they are (%s)', async (signal) => {
    const scene = await pbx.open({ ...CROWD, movideskTimeoutMs: TIMEOUT_MS });
    const crowd = await gather(scene);
    const unheard = await movideskHangs(scene);
    const before = await places(scene);
    scene.bridge.signal(signal);
    const { code, afterMs } = await scene.bridge.exited(20_000);
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(await places(scene)).toEqual(before);
    scene.movidesk.endFaults();
    await scene.bridge.start();
    await unheard.hangUp();
    await everybodyGoesOn(scene, crowd);
  });

  test.each(SIGNALS)('and asked again, at once, with nothing lost (%s)', async (signal, code) => {
    const scene = await pbx.open({ ...CROWD, movideskTimeoutMs: 30_000 });
    const crowd = await gather(scene);
    const unheard = await movideskHangs(scene);
    const before = await places(scene);
    expect(await insisted(scene, signal)).toBe(code);
    expect(await places(scene)).toEqual(before);
    scene.movidesk.endFaults();
    await scene.bridge.start();
    await unheard.hangUp();
    await everybodyGoesOn(scene, crowd);
  });

  test('asked again while an ending is being told, the next start tells it', async () => {
    const scene = await pbx.open({ movideskTimeoutMs: 30_000 });
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const caller = await scene.lab.caller('support', { number: '5511987650091' });
    await scene.talk(caller, phone);
    scene.movidesk.failNext('any', { silence: 'hang', heard: false, times: 1_000_000 });
    await caller.hangUp();
    await scene.movidesk.waitFor(({ status }) => status === 'hang', 10_000);
    expect(await insisted(scene, 'SIGTERM')).toBe(143);
    scene.movidesk.endFaults();
    await scene.bridge.start();
    expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed' });
  });
});

test('an ending that is told while the daemon stops is told once, and its diary does not stay', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const caller = await scene.lab.caller('support', { number: '5511987650094' });
  await scene.talk(caller, phone);
  scene.movidesk.failNext('asterisk_completedCall', { delayMs: 1_000 });
  await caller.hangUp();
  await scene.told('asterisk_completedCall', scene.callId(caller));
  expect(await scene.bridge.stop()).toBe(0);
  await scene.bridge.start();
});

describe('asked to stop while the PBX is out of reach, the daemon ends at once', () => {
  test('and goes on with its callers after the next start', async () => {
    const scene = await pbx.open({ serving: ['1001'], breakable: 'the PBX' });
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const talking = await scene.lab.caller('support', { number: '5511987650092' });
    const talk = await scene.talk(talking, phone);
    const waiting = await scene.lab.caller('support', { number: '5511987650093' });
    await scene.waiting(scene.callId(waiting));
    await scene.network.cut();
    await waitFor('a beat to be missed', async () => (await secondsOfSilence(scene.lab)) > 6);
    scene.bridge.signal('SIGTERM');
    const { code, afterMs } = await scene.bridge.exited(20_000);
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(1_000);
    await scene.network.mend();
    await scene.bridge.start();
    await phone.hangUp(talk);
    await scene.talk(waiting, phone);
    await waiting.hangUp();
    for (const caller of [talking, waiting])
      expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed' });
  });

  test('where it has never been linked', async () => {
    const scene = await pbx.open({ breakable: 'the PBX' });
    await scene.bridge.stop();
    scene.network.freeze();
    scene.bridge.launch();
    await waitFor('the daemon to connect', () => scene.network.connections > 0);
    scene.bridge.signal('SIGTERM');
    const { code, afterMs } = await scene.bridge.exited(20_000);
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(1_000);
    await scene.network.mend();
    await scene.bridge.start();
  });
});

describe('a stop loses no caller', () => {
  const dialAll = (scene: Scene): Promise<Caller[]> =>
    Promise.all(
      Array.from({ length: 8 }, (_, end) => scene.lab.caller('support', { number: `551198765010${end}` })),
    );

  async function canceled(scene: Scene, callers: readonly Caller[]): Promise<void> {
    for (const caller of callers) await scene.waiting(scene.callId(caller));
    for (const caller of callers) await caller.hangUp();
    for (const caller of callers)
      expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'canceled' });
    expect(scene.movidesk.calls()).toHaveLength(callers.length);
  }

  test.each(['SIGTERM', 'SIGKILL'] as const)('in the middle of many who come in (%s)', async (signal) => {
    const scene = await pbx.open({ serving: ['1001'] });
    scene.movidesk.setOnPhone('1001', false);
    const quiet = scene.movidesk.onRequest(() => {
      if (scene.movidesk.ledger.length === 3) scene.bridge.signal(signal);
    });
    const callers = await dialAll(scene);
    expect((await scene.bridge.exited(20_000)).code).toBe(signal === 'SIGTERM' ? 0 : null);
    quiet();
    await scene.bridge.start();
    await canceled(scene, callers);
  });

  test('while the store cannot be written', async () => {
    const scene = await pbx.open({ serving: ['1001'] });
    scene.movidesk.setOnPhone('1001', false);
    const store = new DatabaseSync(scene.bridge.storePath);
    store.exec('BEGIN IMMEDIATE');
    const caller = await scene.lab.caller('support', { number: '5511987650110' });
    await scene.isIn(caller, 'movidesk-hold');
    scene.bridge.signal('SIGTERM');
    expect(scene.movidesk.ledger).toEqual([]);
    store.exec('COMMIT');
    store.close();
    const { code } = await scene.bridge.exited(20_000);
    expect(code).toBe(0);
    await scene.bridge.start();
    await canceled(scene, [caller]);
  });
});
