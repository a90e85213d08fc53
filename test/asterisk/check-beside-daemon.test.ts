import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Doctor } from './lab/doctor.ts';
import { Lab } from './lab/lab.ts';
import { usePbx } from './lab/scene.ts';

describe('beside a running daemon', () => {
  const pbx = usePbx();

  test('check sees that it runs and serves, and a call in progress does not notice', async () => {
    const scene = await pbx.open();
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const caller = await scene.lab.caller('support');
    await scene.talk(caller, phone);
    const doctor = await Doctor.of(scene.lab);
    try {
      const { code, findings } = await doctor.check({
        store: { path: scene.bridge.storePath },
      });
      const found = (name: string) => findings.find((finding) => finding.name === name);
      expect(found('daemon')).toMatchObject({ state: 'ok', found: 'a daemon works on this store now' });
      expect(found('heartbeat')).toMatchObject({ state: 'ok', found: 'a bridge serves this PBX now' });
      // The agents of the store are looked at without being named.
      expect(found('devices')).toMatchObject({
        state: 'ok',
        found: expect.stringMatching(/^1 device there/),
      });
      expect(found('token')).toMatchObject({ state: 'ok' });
      expect(findings.filter(({ state }) => state === 'FAIL')).toEqual([]);
      expect(code).toBe(0);
    } finally {
      await doctor.close();
    }
    await caller.hangUp();
    expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed', extension: '1001' });
    expect(scene.bridge.isRunning).toBe(true);
    // Movidesk has one call, that of the caller.
    expect(scene.movidesk.calls()).toHaveLength(1);
  });

  test('a daemon that runs and does not beat is found', async () => {
    const scene = await pbx.open();
    const doctor = await Doctor.of(scene.lab);
    try {
      scene.bridge.signal('SIGSTOP');
      await scene.lab.pbx.manager.setvar('MOVIDESK_BRIDGE_ALIVE', '1000');
      expect(await doctor.finding('heartbeat', { store: { path: scene.bridge.storePath } })).toMatchObject({
        state: 'FAIL',
        found: expect.stringMatching(/a daemon runs, but the last beat was .* ago/),
        remedy: expect.stringMatching(/journalctl/),
      });
    } finally {
      scene.bridge.signal('SIGCONT');
      await doctor.close();
    }
  });
});

describe('on a FreePBX', () => {
  let lab: Lab;
  let doctor: Doctor;
  beforeAll(async () => {
    lab = await Lab.start({ flavour: 'freepbx' });
    doctor = await Doctor.of(lab);
  });
  afterAll(async () => {
    await doctor.close();
    await lab.close();
  });

  test('the shipped files are found complete', async () => {
    const { findings } = await doctor.check();
    const ofPbx = findings.filter(({ area }) => ['pbx', 'dialplan', 'queues'].includes(area));
    expect(ofPbx.filter(({ state }) => state === 'FAIL')).toEqual([]);
    // Where the fallback leads only the admin knows; how callers come into a queue stands in FreePBX's database.
    expect(ofPbx.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual([
      'fallback',
      'queue sales, longest wait',
    ]);
    expect(ofPbx.find(({ name }) => name === 'rights to hear')).toMatchObject({ state: 'ok' });
  });
});
