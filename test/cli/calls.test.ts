import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Call } from '../../src/domain/call/call.ts';
import type { Step } from '../../src/ports/store.ts';
import { aCallBack, aLine, anEntry, aTransfer, someFlags } from '../adapters/sqlite/steps.ts';
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

/** The call that is over was sent on twice; one of it the far side was told. */
async function anOfficeWithRelays(settings: OfficeSettings = {}): Promise<Office> {
  const office = await anOfficeWithCalls(settings);
  await office.kept({
    relays: [aTransfer(3, 'over', NUMBER), { ...aTransfer(4, 'over', '1002'), lane: 'ccai' }],
    relayed: [
      { kind: 'delivered', seq: 3, at: MORNING + 46_000, result: 'task\u001b[31m 77' },
      { kind: 'parked', seq: 4, attempts: 1, cause: 'no such call' },
    ],
  });
  return office;
}

test.concurrent('a call is shown with what was relayed of it: to whom, when, and what came of it', async () => {
  using office = await anOfficeWithRelays();
  const { stdout } = await office.types('calls', 'show', 'over');
  const relays = stdout.trimEnd().split('\n\n').at(-1)?.split('\n');
  expect(relays?.[0]?.split(/ +/)).toEqual(['ID', 'LANE', 'RELAY', 'TOLD', 'RESULT']);
  expect(relays?.[1]).toMatch(
    /^3 +udesk +call-transferred +2026-11-23T11:00:46\.000Z +task\\u\{1b\}\[31m 77$/,
  );
  expect(relays?.[2]).toMatch(/^4 +ccai +call-transferred +not yet, parked: no such call$/);
  expect(stdout).not.toContain(NUMBER);
  expect((await office.types('calls', 'show', 'talks')).stdout).not.toContain('LANE');
});

test.concurrent('what was relayed of a call, for a script, with masked numbers', async () => {
  using office = await anOfficeWithRelays();
  expect(await office.reads('calls', 'show', 'over')).toMatchObject({
    relays: [
      {
        id: 3,
        lane: 'udesk',
        relay: { kind: 'call-transferred', linkedCall: 'there-over', to: '**********4321' },
        state: 'delivered',
        settledAt: '2026-11-23T11:00:46.000Z',
        result: 'task\u001b[31m 77',
      },
      { id: 4, lane: 'ccai', state: 'parked', reason: 'no such call', settledAt: null, result: null },
    ],
  });
  expect(await office.reads('calls', 'show', 'talks')).toMatchObject({ relays: [] });
});

/** The caller of the call that is over was called back, and the one of another is to be. */
async function anOfficeWithCallBacks(): Promise<Office> {
  const office = await anOfficeWithCalls();
  await office.kept(
    { relays: [aCallBack(3, 'over'), someFlags(4, 'over'), aCallBack(5, 'untold')] },
    {
      relayed: [
        { kind: 'delivered', seq: 3, at: MORNING + 106_000, result: '397' },
        { kind: 'dropped', seq: 4, at: MORNING + 107_000, cause: 'nothing is known of them' },
        { kind: 'put-off', seq: 5, cause: 'they are calling at this moment' },
      ],
    },
  );
  return office;
}

test.concurrent('a caller who was called back is shown with the name that the call has over there', async () => {
  using office = await anOfficeWithCallBacks();
  const relaysIn = (stdout: string) => stdout.trimEnd().split('\n\n').at(-1)?.split('\n').slice(1);
  const over = relaysIn((await office.types('calls', 'show', 'over')).stdout);
  expect(over?.[0]).toMatch(/^3 +ccai +call-back +2026-11-23T11:01:46\.000Z +397$/);
  expect(over?.[1]).toMatch(/^4 +ccai +customer-flags .*nothing is known of them/);
  const untold = relaysIn((await office.types('calls', 'show', 'untold')).stdout);
  expect(untold?.[0]).toMatch(/^5 +ccai +call-back +not yet: they are calling at this moment$/);
});

/** Calls for the next opening were ordered: one with a name, and one that has none. */
async function anOfficeWithCallsForLater(): Promise<Office> {
  const office = await anOfficeWithCalls();
  const dueAt = MORNING + 86_400_000;
  await office.kept(
    { relays: [aCallBack(3, 'over'), aCallBack(4, 'over'), aCallBack(5, 'over')] },
    {
      relayed: [
        { kind: 'delivered', seq: 3, at: MORNING + 106_000, result: '515', dueAt },
        { kind: 'delivered', seq: 4, at: MORNING + 106_000, dueAt },
        { kind: 'delivered', seq: 5, at: MORNING + 106_000, result: '516' },
      ],
    },
  );
  return office;
}

test.concurrent('a caller who is to be called later is shown with the time for which that is', async () => {
  using office = await anOfficeWithCallsForLater();
  const { stdout } = await office.types('calls', 'show', 'over');
  const told = '2026-11-23T11:01:46.000Z';
  const results = stdout.match(new RegExp(`(?<=call-back +${told} +)\\S.*`, 'g'));
  expect(results).toEqual(['515 for 2026-11-24T11:00:00.000Z', 'for 2026-11-24T11:00:00.000Z', '516']);
  expect(await office.reads('calls', 'show', 'over')).toMatchObject({
    relays: [
      { result: '515', dueAt: '2026-11-24T11:00:00.000Z' },
      { result: null, dueAt: '2026-11-24T11:00:00.000Z' },
      { result: '516', dueAt: null },
    ],
  });
});

test.concurrent('a caller who was called back, for a script: why they were lost, and what came of it', async () => {
  using office = await anOfficeWithCallBacks();
  expect(await office.reads('calls', 'show', 'over')).toMatchObject({
    relays: [
      {
        id: 3,
        lane: 'ccai',
        relay: { kind: 'call-back', loss: { queue: 'support', ending: 'lost', reason: 'waited' } },
        state: 'delivered',
        result: '397',
      },
      { id: 4, state: 'dropped', reason: 'nothing is known of them' },
    ],
  });
});

test.concurrent('a person is forgotten though a relay of their call is to be told, which goes on without them', async () => {
  using office = await anOfficeWithRelays();
  office.write(`UPDATE calls SET phase = 'ended', ended_at = 1`);
  expect(await office.types('calls', 'erase', NUMBER)).toEqual({
    code: 0,
    stdout: 'The number is gone from 1 relay and from 3 calls: over, talks, waits\n',
    stderr: '',
  });
  expect(await office.reads('outbox')).toContainEqual(expect.objectContaining({ id: 4, state: 'parked' }));
});

test.concurrent('a person who is to be called back is forgotten at once', async () => {
  using office = await anOfficeWithCalls();
  office.write(`UPDATE calls SET phase = 'ended', ended_at = 1`);
  await office.kept({ relays: [aCallBack(3, 'over'), someFlags(4, 'over')] });
  expect(await office.types('calls', 'erase', NUMBER)).toMatchObject({ code: 0, stderr: '' });
  expect(await office.reads('outbox')).toContainEqual(expect.objectContaining({ id: 3, state: 'due' }));
});

test.concurrent('a person is not forgotten while another caller is still to be sent on to them over there', async () => {
  using office = await anOfficeWithCalls();
  await office.kept({ relays: [aTransfer(3, undefined, '5500000000000')] });
  expect(await office.types('calls', 'erase', '5500000000000')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not all told of it yet: entry 3; repeat'),
  });
  expect(await office.types('outbox')).toMatchObject({
    stdout: expect.not.stringContaining('5500000000000'),
  });
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

test.concurrent('a link is shown without what signs it, and no file with the number of a caller', async () => {
  using office = new Office();
  const over = aCall().withId('over').ended('completed');
  const file = 'external-1001-5511987654321-20261123-1795361570.12.wav';
  const link = `https://pbx/recordings/${file}?until=1826897570&signature=s3cret`;
  await office.kept({
    calls: [{ ...over, recorded: { file, extension: undefined } }],
    entries: [
      {
        ...anEntry(1, 'over'),
        report: { kind: 'made-call-link', callId: over.callId, link },
      },
    ],
  });
  const shown = 'https://pbx/recordings/external-1001-*********4321-20261123-1795361570.12.wav';
  const { stdout } = await office.types('calls', 'show', 'over');
  expect(stdout).toContain(shown);
  const read = await office.reads('calls', 'show', 'over');
  expect(read).toMatchObject({ outbox: [{ report: { link: shown } }] });
  for (const secret of ['s3cret', '5511987654321'])
    for (const text of [stdout, JSON.stringify(read)]) expect(text).not.toContain(secret);
});
