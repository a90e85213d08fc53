import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Doctor } from './lab/doctor.ts';
import { Lab } from './lab/lab.ts';
import { header } from './lab/manager-client.ts';
import { StrictManager } from './lab/strict-manager.ts';
import { waitFor } from './lab/wait-for.ts';

/** Queues without members, by their settings, and whether somebody may wait in them. */
const QUEUES = [
  { name: 'qyesno', lines: ['joinempty = yes', 'leavewhenempty = no'], waits: true },
  { name: 'qdefault', lines: ['strategy = linear'], waits: true },
  { name: 'qwords', lines: ['joinempty = strict,yes', 'leavewhenempty = strict,no'], waits: true },
  { name: 'qjoinno', lines: ['joinempty = no'], waits: false },
  { name: 'qjoinstrict', lines: ['joinempty = strict'], waits: false },
  { name: 'qjoinword', lines: ['joinempty = unavailable'], waits: false },
  { name: 'qleaveyes', lines: ['joinempty = yes', 'leavewhenempty = yes'], waits: false },
  { name: 'qleaveloose', lines: ['leavewhenempty = loose'], waits: false },
] as const;

const SECTIONS = QUEUES.map(({ name, lines }) => `[${name}]\n${lines.join('\n')}\n`).join('');

let lab: Lab;
let doctor: Doctor;
beforeAll(async () => {
  lab = await Lab.start();
  doctor = await Doctor.of(lab);
});
afterAll(async () => {
  await doctor.close();
  await lab.close();
});

const QUEUES_CONF = 'queues_movidesk.conf';
const using = (asteriskQueue: string, more: object = {}) => ({
  queues: [{ name: 'support', movideskQueueId: 1, asteriskQueue, ...more }],
});

describe('what check says of a queue is what happens to a caller', () => {
  test('those whom a queue does not let wait are gone, the others wait', async () => {
    const edit = { file: QUEUES_CONF, edit: (text: string) => text + SECTIONS } as const;
    await doctor.with(edit, async () => {
      const bridge = await StrictManager.login(lab);
      const callers = await Promise.all(
        QUEUES.map(async (queue) => ({ ...queue, caller: await lab.caller(`q_${queue.name}`) })),
      );
      const { manager } = lab.pbx;
      const inQueues = async () =>
        (await manager.list('QueueStatus')).filter((item) => header(item, 'Event') === 'QueueEntry');
      const fates = (waits: boolean) => callers.filter((queue) => queue.waits === waits);
      for (const { caller } of fates(false))
        await manager.event('Newexten', { Uniqueid: caller.uniqueid, Context: 'movidesk-fallback' }, 20_000);
      const waiting = await waitFor('the others to wait', async () => {
        const entries = (await inQueues()).map((entry) => header(entry, 'Queue'));
        return entries.length >= fates(true).length ? entries : undefined;
      });
      expect(waiting.sort()).toEqual(
        fates(true)
          .map(({ name }) => name)
          .sort(),
      );
      for (const { name, waits } of QUEUES) {
        const finding = await doctor.finding(`queue ${name}, waiting`, using(name));
        expect({ name, state: finding?.state }).toEqual({ name, state: waits ? 'ok' : 'FAIL' });
      }
      bridge.close();
      await lab.clear();
    });
  });

  test('the line to write is told', async () => {
    const section = '[both]\njoinempty = strict\nleavewhenempty = yes\n';
    await doctor.with({ file: QUEUES_CONF, edit: (text) => text + section }, async () => {
      expect(await doctor.finding('queue both, waiting', using('both'))).toMatchObject({
        state: 'FAIL',
        found:
          'lets nobody wait: joinempty = strict, so no caller is let in; leavewhenempty = yes, so every caller is thrown out',
        remedy:
          "in [both] of queues.conf write: joinempty = yes and leavewhenempty = no; then asterisk -rx 'queue reload all'",
      });
    });
  });
});

test('a queue that is not there', async () => {
  expect(await doctor.finding('queue nowhere', using('nowhere'))).toMatchObject({
    state: 'FAIL',
    remedy: expect.stringMatching(/add \[nowhere\] to queues\.conf/),
  });
});

test('a queue with members of its own, written down or added', async () => {
  const name = 'queue sales, members';
  expect(await doctor.finding(name)).toMatchObject({ state: 'ok' });
  await lab.pbx.console('queue add member PJSIP/1002 to sales');
  expect(await doctor.finding(name)).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/^1 member \(PJSIP\/1002\)/),
    remedy: expect.stringContaining("'queue remove member PJSIP/1002 from sales'"),
  });
  await lab.pbx.console('queue remove member PJSIP/1002 from sales');
  await doctor.with({ file: QUEUES_CONF, edit: (text) => `${text}\nmember => PJSIP/1001\n` }, async () => {
    expect(await doctor.finding(name)).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(/PJSIP\/1001/),
    });
  });
});

test('a queue that is soon full', async () => {
  await doctor.with(
    { file: QUEUES_CONF, edit: (text) => text.replace('maxlen = 0', 'maxlen = 3') },
    async () => {
      expect(await doctor.finding('queue sales, waiting')).toMatchObject({
        state: 'warn',
        found: expect.stringMatching(/^lets 3 callers wait/),
      });
    },
  );
});

describe('the longest wait, which is all that helps callers inside a queue when the bridge is down', () => {
  const name = 'queue sales, longest wait';
  const dialplan = (to: string) =>
    ({
      file: 'extensions_movidesk.conf',
      edit: (text: string) => text.replace(`Queue(\${EXTEN},,,,660)`, to),
    }) as const;

  test('is above maxWaitSeconds as shipped', async () => {
    expect(await doctor.finding(name)).toMatchObject({ state: 'ok', found: expect.stringMatching(/^660 s/) });
  });

  test.each([
    ['none at all', `Queue(\${EXTEN})`, 'FAIL', /wait for ever/, /Queue\(sales,,,,660\)/],
    [
      'one below maxWaitSeconds',
      `Queue(\${EXTEN},,,,300)`,
      'warn',
      /^300 s, no more than maxWaitSeconds \(600\)/,
      /660/,
    ],
    ['a call of another queue', 'Queue(other,,,,900)', 'warn', /cannot be seen/, /Max Wait Time/],
    ['the queue by its name', 'Queue(sales,t,,,900)', 'ok', /^900 s/, /^$/],
  ] as const)('%s', async (_what, to, state, found, remedy) => {
    await doctor.with(dialplan(to), async () => {
      const finding = await doctor.finding(name);
      expect(finding).toMatchObject({ state, found: expect.stringMatching(found) });
      expect(finding?.remedy ?? '').toMatch(remedy);
    });
  });
});
