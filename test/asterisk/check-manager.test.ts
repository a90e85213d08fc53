import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestAuthority } from '../certificates/authority.ts';
import { AMI_PORT, AMI_TLS_PORT } from './lab/asterisk-config.ts';
import { Doctor } from './lab/doctor.ts';
import { Lab } from './lab/lab.ts';

const authority = new TestAuthority();
const folder = mkdtempSync(join(tmpdir(), 'check-tls-'));
const caFile = join(folder, 'ca.pem');
const otherCaFile = join(folder, 'other-ca.pem');
writeFileSync(caFile, authority.certificate);
writeFileSync(otherCaFile, new TestAuthority('Somebody else').certificate);

let lab: Lab;
let doctor: Doctor;
beforeAll(async () => {
  lab = await Lab.start({ tls: (host) => authority.issue({ names: [host] }) });
  doctor = await Doctor.of(lab);
});
afterAll(async () => {
  await doctor.close();
  await lab.close();
  rmSync(folder, { recursive: true });
});

const MANAGER = 'manager_movidesk.conf';

describe('a PBX as shipped', () => {
  test('nothing FAILs, with exactly the shipped manager user, and Movidesk has heard of no call', async () => {
    const { code, findings } = await doctor.check({}, { extension: '1001' });
    expect(findings.filter(({ state }) => state === 'FAIL')).toEqual([]);
    expect(code).toBe(0);
    const ofPbx = findings.filter(({ area }) => ['pbx', 'dialplan', 'queues'].includes(area));
    // Nothing could not be seen; only the admin knows where the fallback should lead.
    expect(ofPbx.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual(['fallback']);
    expect(ofPbx.length).toBeGreaterThan(15);
    expect(doctor.movidesk.calls()).toEqual([]);
    expect(doctor.movidesk.violations()).toEqual([]);
  });

  test('nothing is changed on it', async () => {
    const state = async () =>
      await Promise.all(
        ['database show', 'queue show', 'dialplan show globals'].map((it) => lab.pbx.console(it)),
      );
    const before = await state();
    await doctor.check({}, { extension: '1001' });
    expect(await state()).toEqual(before);
  });

  test('over TLS it is looked at as well', async () => {
    const tls = { asterisk: { port: AMI_TLS_PORT, tls: true, caFile } };
    expect(await doctor.finding('login', tls)).toMatchObject({
      state: 'ok',
      found: expect.stringMatching(/TLS/),
    });
    expect(await doctor.finding('rights to act', tls)).toMatchObject({ state: 'ok' });
  });
});

describe('a login that fails is told with its remedy, and what it hides is skipped', () => {
  test.each([
    ['a wrong secret', { secret: 'not-the-secret' }, /refuses the login of movidesk/, /asterisk\.secret/],
    ['an unknown user', { username: 'nobody' }, /refuses the login of nobody/, /section \[nobody\]/],
    ['a port where nobody listens', { port: 1 }, /nothing answers at .*:1:/, /core show uptime/],
    [
      'an authority that did not sign the certificate',
      { port: AMI_TLS_PORT, tls: true, caFile: otherCaFile },
      /signed by nobody whom we trust/,
      /asterisk\.caFile/,
    ],
    ['TLS on the plain port', { port: AMI_PORT, tls: true, caFile }, /does not speak TLS/, /tlsbindaddr/],
    ['plain on the TLS port', { port: AMI_TLS_PORT }, /does not answer as AMI does/, /asterisk\.tls to true/],
  ])('%s', async (_what, asterisk, found, remedy) => {
    const { code, findings } = await doctor.check({ asterisk });
    expect(code).toBe(1);
    expect(findings.find(({ name }) => name === 'login')).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(found),
      remedy: expect.stringMatching(remedy),
    });
    const hidden = findings.filter(
      ({ area, name }) => ['pbx', 'dialplan', 'queues', 'agents'].includes(area) && name !== 'login',
    );
    expect(hidden.length).toBeGreaterThanOrEqual(5);
    expect(
      hidden.every(({ state, found: why }) => state === 'skipped' && /did not let us in/.test(why)),
    ).toBe(true);
    // Movidesk has nothing to do with it.
    expect(findings.find(({ name }) => name === 'token')).toMatchObject({ state: 'ok' });
    expect(JSON.stringify(findings)).not.toContain('not-the-secret');
  });

  test('another service on that port is no AMI', async () => {
    const { port } = new URL(doctor.movidesk.url);
    const asterisk = { host: '127.0.0.1', port: Number(port) };
    expect(await doctor.finding('login', { asterisk })).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(/does not answer as AMI does/),
    });
  });

  test('permit does not let this machine in', async () => {
    const edit = (text: string) =>
      text.replace('permit = 127.0.0.1/255.255.255.255', 'permit = 10.0.0.1/255.255.255.255');
    await doctor.with({ file: MANAGER, edit }, async () => {
      expect(await doctor.finding('login')).toMatchObject({
        state: 'FAIL',
        remedy: expect.stringMatching(/permit lets this machine in/),
      });
    });
  });
});

describe('a right that is missing is named', () => {
  const rights = (read: string, write: string) => (text: string) =>
    text.replace(/^read = .*$/m, `read = ${read}`).replace(/^write = .*$/m, `write = ${write}`);

  test.each([
    [
      'call to act with',
      'system,call,user,agent',
      'system',
      'rights to act',
      /may not use Getvar, Setvar, Redirect: /,
      /write = call/,
    ],
    [
      'everything to act with',
      'system,call,user,agent',
      'none',
      'rights to act',
      /Getvar, Setvar, Redirect, Status/,
      /write = call/,
    ],
    [
      'call to act with, though it may ask',
      'system,call,user,agent',
      'reporting',
      'rights to act',
      /^may not use Setvar, Redirect: /,
      /write = call/,
    ],
    [
      'call to hear',
      'system,user,agent',
      'call',
      'rights to hear',
      /not let it hear call: no answer/,
      /read = system,call,user,agent/,
    ],
    [
      'user to hear',
      'system,call,agent',
      'call',
      'rights to hear',
      /not let it hear user: no caller/,
      /read = system,call,user,agent/,
    ],
    [
      'agent to hear',
      'system,call,user',
      'call',
      'rights to hear',
      /not let it hear agent:/,
      /read = system,call,user,agent/,
    ],
    [
      'system to hear',
      'call,user,agent',
      'call',
      'FullyBooted',
      /did not say that it is up/,
      /let read have system/,
    ],
  ])('%s', async (_what, read, write, name, found, remedy) => {
    await doctor.with({ file: MANAGER, edit: rights(read, write) }, async () => {
      // Without write=call the PBX tells nothing of manager.conf either.
      const finding = await doctor.finding(name);
      expect(finding).toMatchObject({
        state: 'FAIL',
        found: expect.stringMatching(found),
        remedy: expect.stringMatching(remedy),
      });
    });
  });

  test('agent is not missed where no Asterisk queue is used', async () => {
    const queues = [{ name: 'support', movideskQueueId: 1 }];
    await doctor.with({ file: MANAGER, edit: rights('system,call,user', 'call') }, async () => {
      expect(await doctor.finding('rights to hear', { queues })).toMatchObject({ state: 'ok' });
    });
  });

  test('without call to act with, what only it could show is said to be unseen', async () => {
    await doctor.with({ file: MANAGER, edit: rights('system,call,user,agent', 'system') }, async () => {
      const { findings } = await doctor.check();
      expect(findings.find(({ name }) => name === 'rights to hear')).toMatchObject({
        state: 'warn',
        found: expect.stringMatching(/cannot be seen/),
        remedy: expect.stringMatching(/manager show user movidesk/),
      });
    });
  });

  test.each([
    ['originate', /make calls \(Originate\)/],
    ['command', /run commands of the console \(Command\)/],
    ['config', /change the configuration \(UpdateConfig\)/],
    ['system', /change the running system \(ModuleLoad\)/],
  ])('a right that is not needed is a warning: %s', async (right, found) => {
    await doctor.with(
      { file: MANAGER, edit: rights('system,call,user,agent', `call,${right}`) },
      async () => {
        const { code, findings } = await doctor.check();
        expect(findings.find(({ name }) => name === 'rights it need not have')).toMatchObject({
          state: 'warn',
          found: expect.stringMatching(found),
          remedy: expect.stringContaining(`take ${right} out of write`),
        });
        expect(code).toBe(0);
      },
    );
  });
});

describe('what events carry, and which pass', () => {
  test.each([
    ['a variable is missing', /,MOVIDESK_RECORDING/, '', /^MOVIDESK_RECORDING missing/],
    ['another variable stands first', /channelvars = /, 'channelvars = OTHER,', /not the first/],
  ])('channelvars: %s', async (_what, from, to, found) => {
    await doctor.with({ file: MANAGER, edit: (text) => text.replace(from, to) }, async () => {
      expect(await doctor.finding('channelvars')).toMatchObject({
        state: 'FAIL',
        found: expect.stringMatching(found),
        remedy: expect.stringContaining('channelvars = MOVIDESK_QUEUE,MOVIDESK_CALL_ID,'),
      });
    });
  });

  test('what the relay to Udesk needs is there once its lines are, and its variable is among the others', async () => {
    const udesk = {
      ...{
        enabled: true,
        baseUrl: 'http://127.0.0.1:1',
        appId: '6f142ddb-47ed-442e-83e7-6d2574d77aa2',
        sid: 'sid',
      },
      ...{ authToken: 'token-of-udesk-1234', secret: 'secret-of-udesk-1234' },
    };
    expect(await doctor.finding('channelvars', { udesk })).toMatchObject({ state: 'ok' });
    expect(await doctor.finding('eventfilter', { udesk })).toMatchObject({
      state: 'warn',
      found: expect.stringMatching(/^the line on Hold and Unhold is not there/),
    });
    const edit = (text: string) => text.replace(/^;(eventfilter\(.*name\((Hold|Unhold)\).*)$/gm, '$1');
    await doctor.with({ file: MANAGER, edit }, async () => {
      expect(await doctor.finding('eventfilter', { udesk })).toMatchObject({ state: 'ok' });
    });
  });

  test('eventfilter: no line of ours', async () => {
    const edit = (text: string) => text.replace(/^eventfilter.*$/gm, '');
    await doctor.with({ file: MANAGER, edit }, async () => {
      expect(await doctor.finding('eventfilter')).toMatchObject({
        state: 'warn',
        found: expect.stringMatching(/none of ours/),
      });
    });
  });

  test.each([
    // At a login the PBX tells it whatever the filters say.
    ['FullyBooted', 'FullyBooted', 'ok', /was told/],
    ['Hangup', 'eventfilter', 'warn', /^the line on Hangup is not there/],
    ['UserEvent', 'eventfilter', 'warn', /^the line on UserEvent is not there/],
    [
      'DeviceStateChange',
      'eventfilter',
      'FAIL',
      /^changes of PJSIP\/\{extension\}, Custom:DND\{extension\} do not pass/,
    ],
  ])('eventfilter: no line on %s', async (event, name, state, found) => {
    const edit = (text: string) =>
      text.replace(new RegExp(`^eventfilter\\(action\\(include\\),name\\(${event}\\).*$`, 'gm'), '');
    await doctor.with({ file: MANAGER, edit }, async () => {
      expect(await doctor.finding(name)).toMatchObject({ state, found: expect.stringMatching(found) });
    });
  });

  test('eventfilter: the form of older versions is seen', async () => {
    const edit = (text: string) =>
      text.replace(/^eventfilter.*$/gm, '').replace(/^;(eventfilter = \^Event: (?!\(Hold))/gm, '$1');
    await doctor.with({ file: MANAGER, edit }, async () => {
      expect(await doctor.finding('eventfilter')).toMatchObject({
        state: 'ok',
        found: expect.stringMatching(/regular expressions/),
      });
    });
  });

  test('eventfilter: agents have devices that do not pass', async () => {
    const agents = { device: 'SIP/{extension}', dndDeviceState: 'Custom:DND{extension}' };
    expect(await doctor.finding('eventfilter', { agents })).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(/SIP\/\{extension\} do not pass/),
      remedy: expect.stringMatching(/add: eventfilter\(.*\) = SIP\/$/),
    });
  });
});
