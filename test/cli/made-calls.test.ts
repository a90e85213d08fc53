import { expect, test } from 'vitest';
import { callIdFrom } from '../../src/domain/identity.ts';
import type { EndedMadeCall, MadeCall } from '../../src/domain/made-call/made-call.ts';
import type { Entry } from '../../src/domain/outbox/entry.ts';
import { aCall, extension, MORNING } from '../domain/builders.ts';
import { Office, type OfficeSettings } from './office.ts';

const DIALLED = '011987654321';
const STARRED = '********4321';

const made = (id: string, minute: number): MadeCall => ({
  callId: callIdFrom(id),
  agent: extension('1001'),
  clientNumber: DIALLED,
  madeAt: MORNING + minute * 60_000,
});

const over = (call: MadeCall, result: EndedMadeCall['result']): EndedMadeCall => ({
  ...call,
  endedAt: call.madeAt + 30_000,
  result,
});

const itsLink = (seq: number, id: string): Entry => ({
  seq,
  report: {
    kind: 'made-call-link',
    callId: callIdFrom(id),
    link: 'https://pbx/recordings/talk.wav?until=1826897570&signature=s3cret',
  },
  attempts: 0,
  parkedBecause: undefined,
});

const REFUSED = 'Movidesk says 400: no ticket for 5511987654321';

/** Agents made four calls, one of which goes on; of two the link was to be told, and one of these was refused. */
async function anOfficeThatCalls(settings: OfficeSettings = {}): Promise<Office> {
  const office = new Office(settings);
  await office.kept(
    {
      madeCalls: [
        made('pbx1-made-open', 3),
        over(made('pbx1-made-told', 0), 'answered'),
        over(made('pbx1-made-vain', 1), 'unanswered'),
        over(made('pbx1-made-refused', 2), 'answered'),
      ],
      entries: [itsLink(1, 'pbx1-made-told'), itsLink(2, 'pbx1-made-refused')],
    },
    {
      outbox: [
        { kind: 'delivered', seq: 1, at: MORNING + 40_000 },
        { kind: 'parked', seq: 2, attempts: 1, cause: REFUSED },
      ],
    },
  );
  return office;
}

/** The one whose link was refused, as a script reads it. */
const REFUSED_CALL = {
  callId: 'pbx1-made-refused',
  result: 'answered',
  extension: '1001',
  madeAt: '2026-11-23T11:02:00.000Z',
  endedAt: '2026-11-23T11:02:30.000Z',
  number: STARRED,
  isIdTold: true,
};

const rowsOf = (table: string | undefined) => table?.split('\n').map((line) => line.split(/ {2,}/));

test.concurrent('calls shows below the callers which calls agents made: those that go on, then the latest', async () => {
  using office = await anOfficeThatCalls();
  await office.kept({ calls: [aCall().withId('waits').waiting()] });
  const { code, stdout } = await office.types('calls');
  expect(code).toBe(0);
  const [open, ended, agents, ...more] = stdout.trimEnd().split('\n\n');
  expect(open).toMatch(/^CALL .*\nwaits .*$/);
  expect({ ended, more }).toEqual({ ended: 'No ended calls.', more: [] });
  expect(rowsOf(agents)).toEqual([
    ['MADE CALL', 'RESULT', 'EXTENSION', 'SINCE', 'UNTIL', 'NUMBER'],
    ['pbx1-made-open', 'open', '1001', '2026-11-23T11:03:00.000Z', STARRED],
    [
      'pbx1-made-refused',
      'answered',
      '1001',
      '2026-11-23T11:02:00.000Z',
      '2026-11-23T11:02:30.000Z',
      STARRED,
    ],
    ['pbx1-made-vain', 'unanswered', '1001', '2026-11-23T11:01:00.000Z', '2026-11-23T11:01:30.000Z', STARRED],
    ['pbx1-made-told', 'answered', '1001', '2026-11-23T11:00:00.000Z', '2026-11-23T11:00:30.000Z', STARRED],
  ]);
});

test.concurrent('where no agent made a call nothing is said of it, and a script finds none', async () => {
  using office = new Office();
  await office.kept({ calls: [aCall().withId('waits').waiting()] });
  expect((await office.types('calls')).stdout.trimEnd().split('\n\n')).toHaveLength(2);
  expect(await office.reads('calls')).toMatchObject({ open: [{ callId: 'waits' }], made: [] });
});

test.concurrent('all that go on are shown to a script, and as many that are over as it asks for', async () => {
  using office = await anOfficeThatCalls();
  expect(await office.reads('calls', '--limit', '1')).toEqual({
    open: [],
    ended: [],
    made: [
      {
        callId: 'pbx1-made-open',
        result: null,
        extension: '1001',
        madeAt: '2026-11-23T11:03:00.000Z',
        endedAt: null,
        number: STARRED,
        isIdTold: true,
      },
      REFUSED_CALL,
    ],
  });
});

test.concurrent('a call that an agent made is shown: who called whom and when, what came of it, and when its link was told', async () => {
  using office = await anOfficeThatCalls();
  const { code, stdout } = await office.types('calls', 'show', 'pbx1-made-told');
  expect(code).toBe(0);
  const [head, told, ...more] = stdout.trimEnd().split('\n\n');
  expect({ head, more }).toEqual({
    head: `pbx1-made-told  ended: answered  extension 1001  number ${STARRED}  made 2026-11-23T11:00:00.000Z  over 2026-11-23T11:00:30.000Z`,
    more: [],
  });
  expect(rowsOf(told)).toEqual([
    ['ID', 'WHAT', 'TOLD', 'LINK'],
    ['1', 'made-call-link', '2026-11-23T11:00:40.000Z', 'https://pbx/recordings/talk.wav'],
  ]);
});

test.concurrent.each([
  ['pbx1-made-open', 'open', ''],
  ['pbx1-made-vain', 'ended: unanswered', '  over 2026-11-23T11:01:30.000Z'],
])('%s is shown as %s, and that there was nothing to tell', async (id, state, end) => {
  using office = await anOfficeThatCalls();
  const { code, stdout } = await office.types('calls', 'show', id);
  expect(code).toBe(0);
  expect(stdout.startsWith(`${id}  ${state}  extension 1001  number ${STARRED}  made 2026-`)).toBe(true);
  expect(stdout.endsWith(`:00.000Z${end}\n\nMovidesk had to be told nothing of it.\n`)).toBe(true);
});

test.concurrent('a call that an agent made, for a script: also why its link is not told', async () => {
  using office = await anOfficeThatCalls();
  expect(await office.reads('calls', 'show', 'pbx1-made-refused')).toEqual({
    madeCall: REFUSED_CALL,
    outbox: [
      {
        id: 2,
        report: {
          kind: 'made-call-link',
          callId: 'pbx1-made-refused',
          link: 'https://pbx/recordings/talk.wav',
        },
        state: 'parked',
        attempts: 1,
        reason: REFUSED,
        settledAt: null,
      },
    ],
  });
  const open = await office.reads('calls', 'show', 'pbx1-made-open');
  expect(open).toMatchObject({ madeCall: { result: null, endedAt: null }, outbox: [] });
});

test.concurrent('where the configuration says so, the numbers that agents dialled are shown in full', async () => {
  using office = await anOfficeThatCalls({ phoneNumbers: 'full' });
  expect((await office.types('calls')).stdout).toContain(DIALLED);
  expect((await office.types('calls', 'show', 'pbx1-made-vain')).stdout).toContain(DIALLED);
});

test.concurrent('whoever types the beginning of an id is told which calls begin so, of callers and of agents', async () => {
  using office = await anOfficeThatCalls();
  await office.kept({ calls: [aCall().withId('pbx1-made-by-nobody').waiting()] });
  expect(await office.types('calls', 'show', 'pbx1-made')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'asterisk-movidesk: pbx1-made is not the whole ID of a call; these begin so: ' +
      'pbx1-made-by-nobody, pbx1-made-open, pbx1-made-refused, pbx1-made-told, pbx1-made-vain.\n',
  });
});

test.concurrent('a person whom agents called is forgotten; the call that goes on is named, shown as open, and later done', async () => {
  using office = await anOfficeThatCalls();
  const { code, stdout, stderr } = await office.types('calls', 'erase', '+55 11 98765-4321');
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout: 'The number is gone from 3 calls: pbx1-made-told, pbx1-made-vain, pbx1-made-refused\n',
  });
  expect(stderr).toContain(
    'not all told of it yet: pbx1-made-open; repeat this when outbox shows none of them, and calls none of them as open.',
  );
  expect((await office.types('calls')).stdout).toMatch(/^pbx1-made-open +open /m);
  // The reason has quoted the number; the link is still to be told.
  expect(await office.reads('calls', 'show', 'pbx1-made-refused')).toMatchObject({
    madeCall: { number: 'erased' },
    outbox: [{ state: 'parked', reason: 'erased', report: { link: 'https://pbx/recordings/talk.wav' } }],
  });
  await office.kept({ madeCalls: [over(made('pbx1-made-open', 3), 'answered')] });
  expect(await office.types('calls', 'erase', '+55 11 98765-4321')).toEqual({
    code: 0,
    stdout: 'The number is gone from 1 call: pbx1-made-open\n',
    stderr: '',
  });
  const { stdout: left } = await office.types('calls');
  expect(left).not.toMatch(/^pbx1-made.* (open|\*+4321)/m);
});

test.concurrent('one of which Movidesk was given no id is shown to be without a link for that', async () => {
  using office = new Office();
  const call: MadeCall = { ...made('pbx1-made-silent', 0), isIdUntold: true };
  await office.kept({ madeCalls: [over(call, 'answered')] });
  const { stdout } = await office.types('calls', 'show', call.callId);
  expect(stdout).toContain('Movidesk was not given its id: no link is told');
});
