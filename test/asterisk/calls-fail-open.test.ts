import { describe, expect, onTestFinished, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import { secondsOfSilence } from './lab/heartbeat.ts';
import { header } from './lab/manager-client.ts';
import { type Scene, type ScenePlan, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
const FAIL_OPEN_SECONDS = 5;

/** Every context of the dialplan that the caller has seen. */
function waysOf({ lab }: Scene, { uniqueid }: Caller): string[] {
  const steps = lab.pbx.manager.events('Newexten', { Uniqueid: uniqueid });
  return [...new Set(steps.map((step) => header(step, 'Context')))];
}

/** What callers hear there takes a few seconds, in which a busy machine has not yet started the daemon. */
async function staysInFallback({ pbx: asterisk }: Scene['lab']): Promise<void> {
  for (const step of ['1,Answer', '2,Wait,60'])
    await asterisk.console(`dialplan add extension support,${step} into movidesk-fallback`);
  onTestFinished(
    async () => void (await asterisk.console('dialplan remove extension support@movidesk-fallback')),
  );
}

test('with the daemon dead, those who wait go to the fallback after half a minute, and newcomers at once', {
  timeout: 90_000,
}, async () => {
  const scene = await pbx.open({ serving: ['1001'] });
  await staysInFallback(scene.lab);
  scene.movidesk.setOnPhone('1001', false);
  const waiting = await scene.lab.caller('support', { number: '5511987650071' });
  await scene.waiting(scene.callId(waiting));
  scene.bridge.signal('SIGKILL');
  await scene.bridge.exited(1_000);
  await waitFor('fifteen seconds of silence', async () => (await secondsOfSilence(scene.lab)) > 15, 20_000);
  const late = await scene.lab.caller('support', { number: '5511987650073' });
  await scene.isIn(late, 'movidesk-fallback');
  expect(waysOf(scene, late)).not.toContain('movidesk-hold');
  await scene.isIn(waiting, 'movidesk-fallback', 45_000);
  const after = await secondsOfSilence(scene.lab);
  expect(after).toBeGreaterThan(30);
  // A turn of music is ten seconds long.
  expect(after).toBeLessThanOrEqual(44);
  await scene.bridge.start();
  await waiting.hangUp();
  expect(await scene.ended(scene.callId(waiting))).toMatchObject({ ending: 'lost' });
  // Nobody was there to hear of the other one, who has left no trace.
  expect(scene.movidesk.calls()).toHaveLength(1);
});

/** What Movidesk, or the way to it, does wrong, and how it heals. */
interface Outage {
  readonly plan: ScenePlan;
  begin(scene: Scene): Promise<void> | void;
  end(scene: Scene): Promise<void> | void;
}

const answering = (status: number, headers: Record<string, string> = {}): Outage => ({
  plan: {},
  begin: ({ movidesk }) => movidesk.failNext('any', { status, headers, times: 1_000_000 }),
  end: ({ movidesk }) => movidesk.endFaults(),
});

const OUTAGES: Record<string, Outage> = {
  'refuses connections': {
    plan: { breakable: 'Movidesk' },
    begin: ({ network }) => network.cut(),
    end: ({ network }) => network.mend(),
  },
  'takes requests and is silent': {
    plan: { breakable: 'Movidesk' },
    begin: ({ network }) => network.freeze(),
    end: ({ network }) => network.mend(),
  },
  'answers 500': answering(500),
  // A person's business: we look once a minute whether they have been there. 403 is treated alike.
  'refuses the token': answering(401),
  'wants to be left alone': answering(429, { 'retry-after': '2' }),
};

describe('callers go to the fallback when Movidesk', { timeout: 150_000 }, () => {
  test.each(Object.entries(OUTAGES))('%s, and are reported once it is back', async (_what, outage) => {
    const scene = await pbx.open({
      serving: ['1001'],
      failOpenAfterSeconds: FAIL_OPEN_SECONDS,
      movideskTimeoutMs: 1_000,
      ...outage.plan,
    });
    const { lab, movidesk } = scene;
    movidesk.setOnPhone('1001', false);
    const known = await lab.caller('support', { number: '5511987650081' });
    await scene.waiting(scene.callId(known));
    await outage.begin(scene);
    const callers = [
      known,
      await lab.caller('support', { number: '5511987650082' }),
      await lab.caller('q_sales', { number: '5511987650083' }),
    ];
    for (const caller of callers) await scene.isIn(caller, 'movidesk-fallback', 15_000);
    const from = Math.floor(Date.now() / 1_000) * 1_000;
    for (const caller of callers) await caller.hangUp();
    const to = Date.now();
    await outage.end(scene);
    for (const caller of callers) {
      const call = await scene.ended(scene.callId(caller), 75_000);
      expect(call.ending).toBe('lost');
      expect(call.endDate).toBeGreaterThanOrEqual(from);
      expect(call.endDate).toBeLessThanOrEqual(to);
    }
    await scene.bridge.nextBeat();
  });
});

test('a caller about whom the limit allows no question waits for it, and not for the fallback', {
  timeout: 180_000,
}, async () => {
  const scene = await pbx.open({ requestsPerMinute: 3, failOpenAfterSeconds: FAIL_OPEN_SECONDS });
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  scene.movidesk.setOnline('1002', false);
  const served = await scene.lab.caller('support', { number: '5511987650084' });
  await scene.talk(served, phone);
  await served.hangUp();
  await scene.ended(scene.callId(served));
  const patient = await scene.lab.caller('support', { number: '5511987650085' });
  await scene.isIn(patient, 'movidesk-hold');
  const from = Date.now();
  await scene.told('asterisk_transferedCall', scene.callId(patient), 75_000);
  expect(Date.now() - from).toBeGreaterThan(3 * FAIL_OPEN_SECONDS * 1_000);
  await scene.recorded(patient);
  await patient.hangUp();
  expect(await scene.ended(scene.callId(patient), 75_000)).toMatchObject({ ending: 'completed', asks: 1 });
});
