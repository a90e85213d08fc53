import { describe, expect, test } from 'vitest';
import {
  CROWD,
  type Crowd,
  endingsOf,
  everybodyGoesOn,
  everythingHappens,
  everythingIsFoundOut,
  gather,
} from './lab/crowd.ts';
import { secondsOfSilence } from './lab/heartbeat.ts';
import { hasSound, spoolFile } from './lab/recordings.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
// A login that got lost in a dead network is given up after five seconds, and the next attempt comes within five more.
const BACK_WITHIN_MS = 11_000;
// Asterisk refuses connections for a fraction of a second, and is tried again at least as often.
const FOUND_WITHIN_MS = 5_000;

/** How the link goes, and what it takes to have it back. */
interface Loss {
  lose(scene: Scene): Promise<void> | void;
  regain(scene: Scene): Promise<void>;
}

const LOSSES: Record<string, Loss> = {
  'was cut': {
    lose: ({ network }) => network.cut(),
    regain: async (scene) => {
      await waitFor('a beat to be missed', async () => (await secondsOfSilence(scene.lab)) > 6);
      await scene.network.mend();
    },
  },
  'was half-open': {
    lose: ({ network }) => network.freeze(),
    regain: async ({ network }) => {
      await network.givenUp(20_000);
      await network.mend();
    },
  },
};

async function backAgain(scene: Scene, { regain }: Loss): Promise<void> {
  await regain(scene);
  const from = Date.now();
  await scene.bridge.nextBeat(20_000);
  expect(Date.now() - from).toBeLessThan(BACK_WITHIN_MS);
}

describe('after the link to the PBX', { timeout: 120_000 }, () => {
  describe.each(Object.entries(LOSSES))('%s', (_how, loss) => {
    test('callers go on in every phase', async () => {
      const scene = await pbx.open({ ...CROWD, breakable: 'the PBX' });
      const crowd = await gather(scene);
      await loss.lose(scene);
      await backAgain(scene, loss);
      await everybodyGoesOn(scene, crowd);
    });

    test('what callers did meanwhile is found out', async () => {
      const scene = await pbx.open({ ...CROWD, breakable: 'the PBX' });
      const crowd = await gather(scene);
      await loss.lose(scene);
      const came = await everythingHappens(scene, crowd);
      await backAgain(scene, loss);
      await everythingIsFoundOut(scene, crowd, came);
      // They left no trace.
      expect(scene.call(scene.callId(came.passer))).toBeUndefined();
    });
  });

  test('stood still for a moment, what callers did meanwhile is heard late', async () => {
    const scene = await pbx.open({ ...CROWD, breakable: 'the PBX' });
    const crowd = await gather(scene);
    scene.network.freeze();
    const came = await everythingHappens(scene, crowd);
    scene.network.thaw();
    // What is heard a moment after it is dated by then.
    await everythingIsFoundOut(scene, crowd, { ...came, to: came.to + 1_000 });
    expect(await scene.ended(scene.callId(came.passer))).toMatchObject({ ending: 'canceled' });
  });
});

test('an ending that is told while the PBX is out of reach is told once, and its diary does not stay', async () => {
  const scene = await pbx.open({ breakable: 'the PBX' });
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const caller = await scene.lab.caller('support', { number: '5511987650068' });
  await scene.talk(caller, phone);
  scene.movidesk.failNext('any', { status: 500, times: 1_000_000 });
  await caller.hangUp();
  await scene.movidesk.waitFor(({ status }) => status === 500, 10_000);
  await scene.network.cut();
  scene.movidesk.endFaults();
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed' });
  await scene.network.mend();
  await scene.bridge.nextBeat();
});

async function somebodyIsServed(scene: Scene, crowd: Crowd): Promise<void> {
  const caller = await scene.lab.caller('support', { number: '5511987650067' });
  await scene.talk(caller, crowd.phones.talking);
  await caller.hangUp();
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed' });
}

const UNSERVED = { ringing: 'canceled', waiting: 'canceled', leaving: 'lost' };
const SERVED = { talking: 'completed', alsoTalking: 'completed' };

const DEATHS: Record<string, (scene: Scene) => Promise<void>> = {
  'is restarted': async ({ lab }) => {
    await lab.pbx.askToRestart('now');
    await lab.pbx.reborn();
  },
  'is killed and started again': async ({ lab }) => {
    await lab.pbx.halt('kill');
    const killedAt = Date.now();
    await waitFor('the PBX to be away for a while', () => Date.now() > killedAt + 4_000);
    await lab.pbx.boot();
  },
};

describe('when Asterisk', { timeout: 120_000 }, () => {
  test.each(Object.entries(DEATHS))(
    '%s, every call has ended, and the next caller is served',
    async (_how, die) => {
      const scene = await pbx.open(CROWD);
      const crowd = await gather(scene);
      const from = Math.floor(Date.now() / 1_000) * 1_000;
      await die(scene);
      // Dates are of the end, not of when it was found out.
      const to = from + 3_000;
      const bootedAt = Date.now();
      await scene.bridge.firstBeat();
      expect(Date.now() - bootedAt).toBeLessThan(FOUND_WITHIN_MS);
      expect(await endingsOf(scene, crowd, { from, to })).toEqual({ ...SERVED, ...UNSERVED });
      await somebodyIsServed(scene, crowd);
    },
  );

  // It answers no action any more, ours to move somebody among them, and still tells what happens.
  test('is to restart when the last call has ended, callers go on, and who waits goes to the fallback', async () => {
    const scene = await pbx.open(CROWD);
    const crowd = await gather(scene);
    const { talking, alsoTalking, ringing, waiting, leaving, phones, dialogs } = crowd;
    const from = Math.floor(Date.now() / 1_000) * 1_000;
    const recording = await scene.lab.pbx.manager.getvar('MOVIDESK_RECORDING', ringing.channel.name);
    await scene.lab.pbx.askToRestart('gracefully');
    await phones.ringing.answer(dialogs.ringing);
    await scene.told('asterisk_transferedCall', scene.callId(ringing));
    await waitFor('their voice', () => hasSound(spoolFile(scene.lab, recording)));
    await phones.alsoTalking.hangUp(dialogs.alsoTalking);
    await alsoTalking.ended();
    for (const caller of [ringing, talking, leaving]) await caller.hangUp();
    const fallback = { Uniqueid: waiting.uniqueid, Context: 'movidesk-fallback' };
    await scene.lab.pbx.manager.event('Newexten', fallback, 60_000);
    await waiting.ended();
    const to = Date.now();
    await scene.lab.pbx.reborn();
    await scene.bridge.firstBeat();
    const endings = await endingsOf(scene, crowd, { from, to });
    expect(endings).toEqual({ ...SERVED, ...UNSERVED, ringing: 'completed' });
    await somebodyIsServed(scene, crowd);
  });

  test('reloads everything, callers go on in every phase', async () => {
    const scene = await pbx.open(CROWD);
    const crowd = await gather(scene);
    for (const part of ['core', 'dialplan', 'manager']) await scene.lab.pbx.console(`${part} reload`);
    await scene.bridge.nextBeat();
    await everybodyGoesOn(scene, crowd);
  });
});
