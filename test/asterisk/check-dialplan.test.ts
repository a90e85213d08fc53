import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Doctor } from './lab/doctor.ts';
import { Lab } from './lab/lab.ts';
import { StrictManager } from './lab/strict-manager.ts';

let lab: Lab;
let doctor: Doctor;
beforeAll(async () => {
  lab = await Lab.start();
  doctor = await Doctor.of(lab);
});
afterEach(() => lab.clear());
afterAll(async () => {
  await doctor.close();
  await lab.close();
});

const DIALPLAN = 'extensions_movidesk.conf';
const dialplan = (edit: (text: string) => string) => ({ file: DIALPLAN, edit }) as const;
const HINTS = { device: 'PJSIP/{extension}', hintContext: 'movidesk-hints' };

describe('contexts', () => {
  test.each(['movidesk-entry', 'movidesk-hold', 'movidesk-agent', 'movidesk-lost', 'movidesk-fallback'])(
    '%s is not there',
    async (context) => {
      const edit = dialplan((text) => text.replace(`\n[${context}]\n`, `\n[${context}-renamed]\n`));
      await doctor.with(edit, async () => {
        const { code, findings } = await doctor.check();
        expect(findings.find(({ name }) => name === `context ${context}`)).toMatchObject({
          state: 'FAIL',
          found: expect.stringMatching(/^is not there: /),
          remedy: expect.stringMatching(/#include it there, and asterisk -rx 'dialplan reload'/),
        });
        expect(code).toBe(1);
      });
    },
  );

  test('a dialplan with nothing of ours in it is told once', async () => {
    const edit = dialplan((text) => text.replaceAll('\n[movidesk-', '\n[renamed-'));
    await doctor.with(edit, async () => {
      const { findings } = await doctor.check();
      const wrong = findings.filter(({ area, state }) => area === 'dialplan' && state === 'FAIL');
      expect(wrong).toMatchObject([
        { name: 'contexts', remedy: expect.stringMatching(/extensions_movidesk\.conf.*dialplan reload/) },
      ]);
    });
  });

  test('an entry is not needed where all callers wait in Asterisk queues', async () => {
    const queues = [{ name: 'sales', movideskQueueId: 2, asteriskQueue: 'sales' }];
    const { findings } = await doctor.check({ queues });
    expect(findings.map(({ name }) => name)).not.toContain('context movidesk-entry');
  });

  const fallbackOf = (exten: string) => (text: string) =>
    text.replace('[movidesk-fallback]\nexten => _[A-Za-z0-9_].', `[movidesk-fallback]\nexten => ${exten}`);

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'movidesk-agent',
      (text) => text.replace('exten => i,1,UserEvent', 'exten => x,1,UserEvent'),
      /^lacks i: /,
    ],
    ['movidesk-agent', (text) => text.replace('exten => _XX!,1,Set', 'exten => 1002,1,Set'), /^lacks 1001: /],
    ['movidesk-lost', (text) => text.replace('exten => waited,1', 'exten => other,1'), /^lacks waited: /],
    ['movidesk-fallback', fallbackOf('support'), /^lacks sales, unknown: /],
    [
      'movidesk-entry',
      (text) => text.replace('exten => _[A-Za-z0-9_].,1', 'exten => other,1'),
      /^is not there: /,
    ],
  ])('%s lacks what a caller may be sent to', async (context, edit, found) => {
    await doctor.with(dialplan(edit), async () => {
      const finding = await doctor.finding(`context ${context}`);
      expect(finding?.state).toBe('FAIL');
      expect(finding?.found).toMatch(found);
    });
  });

  test('a dialplan that is older than the diary of messages is a warning', async () => {
    const edit = dialplan((text) => text.replace('exten => unanswered,1', 'exten => was-not-yet,1'));
    await doctor.with(edit, async () => {
      expect(await doctor.finding('context movidesk-diary')).toMatchObject({
        state: 'warn',
        found: expect.stringMatching(/^lacks unanswered: /),
        remedy: expect.stringMatching(/older version/),
      });
    });
  });

  test('a context of another name is looked for under that name', async () => {
    const own = { dialplan: { lostContext: 'my-lost' } };
    expect(await doctor.finding('context my-lost', own)).toMatchObject({ state: 'FAIL' });
    const edit = dialplan((text) => text.replace('\n[movidesk-lost]\n', '\n[my-lost]\n'));
    await doctor.with(edit, async () => {
      expect(await doctor.finding('context my-lost', own)).toMatchObject({ state: 'ok' });
    });
  });

  test('a fallback that leads somewhere is no longer warned of', async () => {
    expect(await doctor.finding('fallback')).toMatchObject({
      state: 'warn',
      found: expect.stringMatching(/as shipped for support, sales:/),
      remedy: expect.stringContaining('exten => support,1,Queue(people)'),
    });
    // As the remedy has it: a line for each queue, above what is shipped.
    const ofSupport = 'exten => support,1,Queue(people)\n';
    const adding = (lines: string) =>
      dialplan((text) => text.replace('\n[movidesk-fallback]\n', `\n[movidesk-fallback]\n${lines}`));
    await doctor.with(adding(ofSupport), async () => {
      expect(await doctor.finding('fallback')).toMatchObject({
        found: expect.stringMatching(/as shipped for sales:/),
      });
    });
    await doctor.with(adding(`${ofSupport}exten => sales,1,Queue(people)\n`), async () => {
      const { findings } = await doctor.check();
      expect(findings.map(({ name }) => name)).not.toContain('fallback');
    });
    const edit = dialplan((text) =>
      text.replaceAll('Playback(im-sorry&vm-nobodyavail&please-try-call-later)', 'Queue(people)'),
    );
    await doctor.with(edit, async () => {
      const { findings } = await doctor.check();
      expect(findings.map(({ name }) => name)).not.toContain('fallback');
    });
  });
});

describe('agents', () => {
  test('an extension without a device is named', async () => {
    await lab.phone('1001', { does: 'answer', afterMs: 100 });
    expect(await doctor.finding('devices', {}, { extension: '1001' })).toMatchObject({
      state: 'ok',
      found: '1 device there, 0 of them not registered now',
    });
    // Nobody has registered 1002: both are told.
    expect(await doctor.finding('other devices', {}, { extension: '1002,5555' })).toMatchObject({
      state: 'warn',
      found: '1002 is not registered',
    });
    expect(await doctor.finding('devices', {}, { extension: '1001,5555' })).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(/no PJSIP\/5555: 5555 would never be offered/),
      remedy: expect.stringMatching(/agents\.device \(now PJSIP\/\{extension\}\)/),
    });
  });

  test('a template of devices that the PBX does not have is wrong for all', async () => {
    const agents = { device: 'SIP/{extension}' };
    expect(await doctor.finding('devices', { agents }, { extension: '1001' })).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(/SIP\/1001/),
    });
  });

  test('a hint that is missing is named, and one that is there is not', async () => {
    const edit = (text: string) => text.replace('exten => _XXXX,hint,', 'exten => 1002,hint,');
    expect(await doctor.finding('hints', { agents: HINTS }, { extension: '1001' })).toMatchObject({
      state: 'ok',
    });
    await doctor.with({ file: 'hints_movidesk.conf', edit }, async () => {
      expect(await doctor.finding('hints', { agents: HINTS }, { extension: '1002,1001' })).toMatchObject({
        state: 'FAIL',
        found: expect.stringMatching(/no hint in movidesk-hints for 1001:/),
        remedy: expect.stringContaining('add to [movidesk-hints]: exten => 1001,hint,PJSIP/1001'),
      });
    });
  });

  test('a do-not-disturb that nobody ever set is a warning, until somebody does', async () => {
    expect(await doctor.finding('do not disturb', {}, { extension: '1003,1004' })).toMatchObject({
      state: 'warn',
    });
    await lab.pbx.manager.setvar('DEVICE_STATE(Custom:DND1003)', 'NOT_INUSE');
    expect(await doctor.finding('do not disturb', {}, { extension: '1003,1004' })).toMatchObject({
      state: 'ok',
      found: 'known of 1 of 2',
    });
  });

  test('where no extension is known, that is said', async () => {
    expect(await doctor.finding('devices and hints')).toMatchObject({
      state: 'skipped',
      found: expect.stringMatching(/--extension/),
    });
  });
});

describe('heartbeat', () => {
  test('a PBX that another bridge serves, one that was left, and one that never had any', async () => {
    await lab.pbx.manager.setvar('MOVIDESK_BRIDGE_ALIVE', '');
    expect(await doctor.finding('heartbeat')).toMatchObject({
      state: 'ok',
      found: expect.stringMatching(/no bridge serves/),
    });
    const bridge = await StrictManager.login(lab);
    expect(await doctor.finding('heartbeat')).toMatchObject({
      state: 'warn',
      found: expect.stringMatching(/not the one of this configuration/),
    });
    await bridge.die(5);
    expect(await doctor.finding('heartbeat')).toMatchObject({
      state: 'warn',
      found: expect.stringMatching(/may just have been stopped/),
    });
    await bridge.die(7_200);
    bridge.close();
    expect(await doctor.finding('heartbeat')).toMatchObject({
      state: 'warn',
      found: expect.stringMatching(/the last beat was 2 h ago/),
      remedy: expect.stringMatching(/systemctl start/),
    });
  });
});

describe('calls that agents make from Movidesk', () => {
  const ACTIVE_CALL = {
    ...{ enabled: true, token: 'lab-active-call-token-5b1d', extensions: ['1001'], dialContext: 'to-world' },
    ...{ monitor: true, supervisors: ['1002'] },
  };
  const NAMES = ['movidesk-made-agent', 'movidesk-made', 'movidesk-monitor', 'to-world'];

  test('their contexts are looked at where they are switched on, and only there', async () => {
    const stateOf = async (activeCall: object) => {
      const { findings } = await doctor.check({ activeCall });
      return NAMES.map((name) => findings.find((one) => one.name === `context ${name}`)?.state);
    };
    expect(await stateOf(ACTIVE_CALL)).toEqual(NAMES.map(() => 'ok'));
    expect(await stateOf({})).toEqual(NAMES.map(() => undefined));
  });

  test('a context that dials the world is needed', async () => {
    const activeCall = { ...ACTIVE_CALL, dialContext: 'from-internal' };
    expect(await doctor.finding('context from-internal', { activeCall })).toMatchObject({
      state: 'FAIL',
      remedy: expect.stringMatching(/activeCall\.dialContext/),
    });
  });

  test('the manager user as it is shipped may make none, and that is told', async () => {
    expect(await doctor.finding('right to make calls', { activeCall: ACTIVE_CALL })).toMatchObject({
      state: 'FAIL',
      remedy: expect.stringMatching(/write = call,originate/),
    });
  });
});
