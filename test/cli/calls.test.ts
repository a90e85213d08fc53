import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Call } from '../../src/domain/call/call.ts';
import type { Step } from '../../src/ports/store.ts';
import { aLine, anEntry } from '../adapters/sqlite/steps.ts';
import { aCall, MORNING } from '../domain/builders.ts';
import { Office, type OfficeSettings } from './office.ts';

const NUMBER = '+5511987654321';
const of = <Kind extends Call>(call: Kind): Kind => ({ ...call, clientNumber: NUMBER });

/** Two calls go on, one is over and told, one is over and not yet told. */
async function anOfficeWithCalls(settings: OfficeSettings = {}): Promise<Office> {
  const office = new Office(settings);
  const timeline: Step['timeline'] = [
    aLine('over'),
    {
      ...aLine('over'),
      at: MORNING + 1_500,
      from: 'waiting',
      to: 'ended',
      input: 'missed-hangup',
      inferred: true,
    },
  ];
  await office.kept(
    {
      calls: [
        of(aCall().withId('waits').waiting()),
        of(aCall().withId('talks').talkingTo('1001')),
        of(aCall().withId('over').ended('canceled')),
        { ...aCall().withId('untold').ended('completed'), endedAt: MORNING + 90_000 },
      ],
      timeline,
      entries: [anEntry(1, 'over'), anEntry(2, 'untold')],
    },
    { outbox: [{ kind: 'delivered', seq: 1, at: MORNING + 46_000 }] },
  );
  return office;
}

test.concurrent('calls shows those that are open, then the latest that are over, with masked numbers', async () => {
  using office = await anOfficeWithCalls();
  const { code, stdout } = await office.types('calls');
  expect(code).toBe(0);
  const [open = '', ended = ''] = stdout.trimEnd().split('\n\n');
  const rows = (text: string) => text.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows(open)).toEqual([
    ['CALL', 'PHASE', 'QUEUE', 'SINCE', 'EXTENSION', 'NUMBER'],
    ['talks', 'talking', 'support', '2026-11-23T11:00:00.000Z', '1001', '**********4321'],
    ['waits', 'waiting', 'support', '2026-11-23T11:00:00.000Z', '**********4321'],
  ]);
  expect(rows(ended).map((row) => row.slice(0, 2))).toEqual([
    ['CALL', 'ENDING'],
    ['untold', 'completed'],
    ['over', 'canceled'],
  ]);
});

test.concurrent('calls shows as many ended calls as it is asked for', async () => {
  using office = await anOfficeWithCalls();
  expect(await office.reads('calls', '--limit', '1')).toMatchObject({
    open: [{ callId: 'talks', extension: '1001', number: '**********4321' }, { callId: 'waits' }],
    ended: [{ callId: 'untold', ending: 'completed', endedAt: '2026-11-23T11:01:30.000Z' }],
  });
});

test.concurrent('where the configuration says so, numbers are shown in full', async () => {
  using office = await anOfficeWithCalls({ phoneNumbers: 'full' });
  expect((await office.types('calls')).stdout).toContain(NUMBER);
});

test.concurrent('a call is shown with everything that happened to it, and when it was told', async () => {
  using office = await anOfficeWithCalls();
  const { code, stdout } = await office.types('calls', 'show', 'over');
  expect(code).toBe(0);
  expect(stdout).toContain('over  ended: canceled  queue support  number **********4321  uniqueid uid-over');
  expect(stdout).toMatch(/2026-11-23T11:00:00\.000Z +new → waiting +entered +queue=support/);
  expect(stdout).toMatch(/2026-11-23T11:00:01\.500Z +waiting → ended +missed-hangup \(inferred\)/);
  expect(stdout).toMatch(/1 +canceled +2026-11-23T11:00:46\.000Z/);
  expect((await office.types('calls', 'show', 'untold')).stdout).toMatch(/2 +canceled +not yet/);
  expect(await office.reads('calls', 'show', 'over')).toMatchObject({
    call: { callId: 'over', clientNumber: '**********4321' },
    timeline: [
      { input: 'entered', inferred: false },
      { input: 'missed-hangup', inferred: true },
    ],
    outbox: [{ id: 1, state: 'delivered', settledAt: '2026-11-23T11:00:46.000Z' }],
  });
});

test.concurrent.each([
  ['never-was', 'no call never-was is kept'],
  ['t', 't is not the whole ID of a call; these begin so: talks'],
  ["%' OR 1=1 --", 'no call'],
])('to show %s is impossible, and it says why', async (id, problem) => {
  using office = await anOfficeWithCalls();
  const { code, stdout, stderr } = await office.types('calls', 'show', id);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(problem);
});

test.concurrent('a person is forgotten as far as their calls are over, and what is left is named', async () => {
  using office = await anOfficeWithCalls();
  const { code, stdout, stderr } = await office.types('calls', 'erase', '+55 11 98765-4321');
  expect(code).toBe(1);
  expect(stdout).toBe('The number is gone from 1 call: over\n');
  expect(stderr).toMatch(/not all told of it yet: talks, waits; repeat/);
  expect(await office.reads('calls')).toMatchObject({ ended: [{}, { callId: 'over', number: 'erased' }] });
});

test.concurrent('a person of whom nothing is left is forgotten, and the command ends well', async () => {
  using office = await anOfficeWithCalls();
  office.write(`UPDATE calls SET phase = 'ended', ended_at = 1`);
  expect(await office.types('calls', 'erase', '5511987654321')).toMatchObject({ code: 0, stderr: '' });
  expect(await office.types('calls', 'erase', '5511987654321')).toMatchObject({
    code: 0,
    stdout: 'No call that is over carries this number.\n',
  });
});

test.concurrent('a damaged store that lies aside keeps a person from being forgotten', async () => {
  using office = await anOfficeWithCalls();
  writeFileSync(`${office.storePath}.corrupt-20261123T110000.000Z`, 'broken');
  const { code, stderr } = await office.types('calls', 'erase', '5500000000000');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('.corrupt-20261123T110000.000Z'),
  });
});
