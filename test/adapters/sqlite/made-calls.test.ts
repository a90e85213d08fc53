import { expect, test } from 'vitest';
import { damageOf } from '../../../src/adapters/sqlite/damage.ts';
import { eraseNumber } from '../../../src/adapters/sqlite/erase-number.ts';
import { ParkedEntries } from '../../../src/adapters/sqlite/parked-entries.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { callIdFrom, uniqueidFrom } from '../../../src/domain/identity.ts';
import type { EndedMadeCall, MadeCall } from '../../../src/domain/made-call/made-call.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
import { aStep, StoreFile } from './steps.ts';

const made = (id: string, clientNumber = '047999990000'): MadeCall => ({
  callId: callIdFrom(id),
  agent: extension('1001'),
  clientNumber,
  madeAt: MORNING,
});
const ended = (call: MadeCall): EndedMadeCall => ({ ...call, endedAt: MORNING + 1_000, result: 'answered' });
const linkOf = (id: string, seq: number) => ({
  seq,
  report: { kind: 'made-call-link', callId: callIdFrom(id), link: 'https://x/y.wav' } as const,
  attempts: 0,
  parkedBecause: undefined,
});

function rowsIn(file: StoreFile, sql: string): unknown[] {
  let rows: unknown[] = [];
  file.write((database) => {
    rows = database.prepare(sql).all();
  });
  return rows;
}

test('open calls that agents made are there after a restart, ended ones are not', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ madeCalls: [made('a'), made('b')] }));
  await store.commit(aStep({ madeCalls: [ended(made('a'))], entries: [linkOf('a', 1)] }));
  expect((await store.load()).openMadeCalls).toEqual([made('b')]);
});

test('an ended one is forgotten in time, but not before its link is told; an open one never', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ madeCalls: [ended(made('told')), ended(made('owed')), made('open')] }));
  await store.commit(aStep({ entries: [linkOf('told', 1), linkOf('owed', 2), linkOf('later', 3)] }));
  await store.commit(aStep({ outbox: [{ kind: 'delivered', seq: 1, at: MORNING }] }));
  await store.purge(MORNING + 2_000);
  expect(rowsIn(file, 'SELECT call_id FROM made_calls ORDER BY call_id')).toEqual([
    { call_id: 'open' },
    { call_id: 'owed' },
  ]);
});

test('a person is forgotten in the calls that were made to them, however they were dialled', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const open = made('open', '+5547999990000');
  await store.commit(aStep({ madeCalls: [ended(made('over')), open, ended(made('other', '047988887777'))] }));
  expect(eraseNumber(file.path, '+55 47 99999-0000')).toMatchObject({
    erased: ['over'],
    stillNeeded: ['open'],
  });
  expect(rowsIn(file, `SELECT body ->> '$.clientNumber' AS number FROM made_calls ORDER BY call_id`)).toEqual(
    [{ number: '+5547999990000' }, { number: '047988887777' }, { number: 'erased' }],
  );
});

test('a person is forgotten though the link of a call to them is still to be told, or was refused: it goes on as it was', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const madeCalls = [ended(made('due')), ended(made('parked'))];
  await store.commit(aStep({ madeCalls, entries: [linkOf('due', 1), linkOf('parked', 2)] }));
  await store.commit(aStep({ outbox: [{ kind: 'parked', seq: 2, attempts: 1, cause: 'no such call' }] }));
  expect(eraseNumber(file.path, '+55 47 99999-0000')).toMatchObject({
    erased: ['due', 'parked'],
    stillNeeded: [],
  });
  expect((await store.load()).entries).toEqual([
    linkOf('due', 1),
    { ...linkOf('parked', 2), attempts: 1, parkedBecause: 'no such call' },
  ]);
});

test('a person whom an agent has passed on into a queue is forgotten there, too, however they were dialled', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const passedOn = (id: string, clientNumber = '047999990000') => ({
    ...{ callId: callIdFrom(`pbx1-${id}-b`), uniqueid: uniqueidFrom(`${id}-b`), clientNumber },
  });
  const over = { ...aCall().ended('completed'), ...passedOn('pbx1-made-1') };
  const { callId, queue, clientNumber } = over;
  const mayHoldAgent = false;
  const report: Report = {
    kind: 'received',
    callId,
    queue,
    helpDeskQueueId: 7,
    clientNumber,
    at: MORNING,
    mayHoldAgent,
  };
  const link = 'https://x/out-047999990000-1795361570.12.wav';
  const reports: readonly Report[] = [report, { kind: 'completed', callId, link, at: MORNING }];
  const calls = [
    { ...aCall().waiting(), ...passedOn('pbx1-made-2') },
    over,
    { ...aCall().ended('completed'), ...passedOn('pbx1-made-3', '047988887777') },
    // A stranger who called by themselves, and has the same last digits.
    { ...aCall().withId('stranger').ended('lost'), clientNumber: '+5511999990000' },
  ];
  const entries = reports.map((one, at) => ({ ...linkOf('x', at + 1), report: one }));
  await store.commit(aStep({ calls, entries }));
  await store.commit(
    aStep({
      outbox: [
        { kind: 'parked', seq: 1, attempts: 1, cause: 'no 047999990000' },
        { kind: 'delivered', seq: 2, at: MORNING },
      ],
    }),
  );
  expect(eraseNumber(file.path, '+5547999990000')).toMatchObject({
    erased: [],
    stillNeeded: ['pbx1-pbx1-made-1-b', 'pbx1-pbx1-made-2-b'],
  });
  {
    using parked = new ParkedEntries(file.path);
    parked.drop(1, MORNING);
  }
  expect(eraseNumber(file.path, '+5547999990000')).toMatchObject({
    erased: ['pbx1-pbx1-made-1-b'],
    stillNeeded: ['pbx1-pbx1-made-2-b'],
  });
  using reader = new StoreReader(file.path);
  expect(reader.call(callId)).toMatchObject({ clientNumber: 'erased' });
  expect(reader.outboxOf(callId)).toMatchObject([
    { report: { clientNumber: 'erased' }, cause: 'erased' },
    { report: { link: 'erased' } },
  ]);
  for (const [id, left] of [
    ['pbx1-pbx1-made-3-b', '047988887777'],
    ['stranger', '+5511999990000'],
  ] as const)
    expect(reader.call(id)).toMatchObject({ clientNumber: left });
});

test('what the help desk said of a call goes where it quotes the number, whole or as it was dialled', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const causes = ['no 5547999990000', 'no (047) 99999-0000', 'busy', 'no 047988887777'];
  const ids = causes.map((_, at) => `made-${at + 1}`);
  await store.commit(
    aStep({
      madeCalls: [...ids.map((id) => ended(made(id))), ended(made('other', '047988887777'))],
      entries: [...ids.map((id, at) => linkOf(id, at + 1)), linkOf('other', 5)],
    }),
  );
  const parked = [...causes, 'no 5547999990000'].map(
    (cause, at) => ({ kind: 'parked', seq: at + 1, attempts: 1, cause }) as const,
  );
  await store.commit(aStep({ outbox: parked }));
  eraseNumber(file.path, '+55 47 99999-0000');
  using reader = new StoreReader(file.path);
  const left = [...ids, 'other'].flatMap((id) => reader.outboxOf(id).map(({ cause }) => cause));
  expect(left).toEqual(['erased', 'erased', 'busy', 'no 047988887777', 'no 5547999990000']);
});

test('an open one that cannot be read is damage', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ madeCalls: [made('a'), ended(made('b'))] }));
  await file.close(store);
  file.write((database) => database.exec(`UPDATE made_calls SET body = '{' WHERE call_id = 'b'`));
  expect(damageOf(file.path)).toBeUndefined();
  file.write((database) => database.exec(`UPDATE made_calls SET body = '{' WHERE call_id = 'a'`));
  expect(damageOf(file.path)).toBe('made call a cannot be read');
});
