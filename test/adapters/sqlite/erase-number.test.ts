import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { eraseNumber } from '../../../src/adapters/sqlite/erase-number.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import type { Call } from '../../../src/domain/call/call.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, MORNING } from '../../domain/builders.ts';
import { anEntry, aStep, StoreFile } from './steps.ts';

const of = <Kind extends Call>(call: Kind, clientNumber: string): Kind => ({ ...call, clientNumber });

const received = (call: Call): Report => ({
  kind: 'received',
  callId: call.callId,
  clientNumber: call.clientNumber,
  queue: call.queue,
  helpDeskQueueId: 7,
  at: MORNING,
  mayHoldAgent: false,
});

const NUMBER = '+5511987654321';

test('a number in the name of a recording goes as well, with the links that were told', async () => {
  await using file = new StoreFile();
  const daemon = file.open();
  const recorded = { file: 'external-1001-5511987654321-20261123.wav', extension: undefined };
  const ended = { ...of(aCall().ended('lost'), NUMBER), recorded };
  const link = `https://pbx.example.com/${recorded.file}`;
  const report: Report = { kind: 'lost', callId: ended.callId, link, at: MORNING };
  await daemon.commit(aStep({ calls: [ended], entries: [{ ...anEntry(1), report }] }));
  await daemon.commit(aStep({ outbox: [{ kind: 'delivered', seq: 1, at: MORNING }] }));
  expect(eraseNumber(file.path, NUMBER).erased).toEqual([ended.callId]);
  using reader = new StoreReader(file.path);
  expect(reader.call(ended.callId)).not.toHaveProperty('recorded');
  expect(reader.outboxOf(ended.callId)).toMatchObject([{ report: { link: 'erased' } }]);
});

test('a number is taken out of every call that is over, and not a byte of it is left on the disk', async () => {
  await using file = new StoreFile();
  const daemon = file.open();
  for (let n = 0; n < 80; n += 1) {
    const waiting = of(aCall().withId(`call-${n}`).waiting(), NUMBER);
    await daemon.commit(aStep({ calls: [waiting] }));
    const ended = of(aCall().withId(`call-${n}`).ended('canceled'), NUMBER);
    await daemon.commit(aStep({ calls: [ended], entries: [{ ...anEntry(n + 1), report: received(ended) }] }));
    await daemon.commit(aStep({ outbox: [{ kind: 'delivered', seq: n + 1, at: MORNING }] }));
  }
  expect(file.bytes.includes('5511987654321')).toBe(true);
  const erasure = eraseNumber(file.path, NUMBER);
  const relays = { erased: [], stillNeeded: [] };
  expect(erasure).toMatchObject({ stillNeeded: [], relays, isJournalEmpty: true, aside: [] });
  expect(erasure.erased).toHaveLength(80);
  expect(file.bytes.includes('5511987654321')).toBe(false);
  // The ids are still known, and the daemon goes on.
  using reader = new StoreReader(file.path);
  expect(reader.call('call-7')).toMatchObject({ clientNumber: 'erased', ending: 'canceled' });
  expect(reader.outboxOf('call-7')).toMatchObject([
    { report: { clientNumber: 'erased' }, state: 'delivered' },
  ]);
  await daemon.commit(aStep({ calls: [aCall().withId('new').waiting()] }));
});

test.each(['5511987654321', '+5511987654321', '+55 (11) 98765-4321', '55.11.98765.4321'])(
  'the number is found when it is spelled %s',
  async (spelling) => {
    await using file = new StoreFile();
    const calls = [
      of(aCall().withId('with-plus').ended('lost'), '+5511987654321'),
      of(aCall().withId('without').ended('lost'), '5511987654321'),
      of(aCall().withId('longer').ended('lost'), '55119876543210'),
      of(aCall().withId('withheld').ended('lost'), 'anonymous'),
    ];
    await file.open().commit(aStep({ calls }));
    expect(eraseNumber(file.path, spelling).erased).toEqual(['with-plus', 'without']);
    using reader = new StoreReader(file.path);
    expect(reader.call('longer')).toMatchObject({ clientNumber: '55119876543210' });
    expect(reader.call('withheld')).toMatchObject({ clientNumber: 'anonymous' });
  },
);

test('a call that goes on, or of which something is to be told, keeps its number and is named', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const untold = of(aCall().withId('untold').ended('canceled'), NUMBER);
  const calls = [
    of(aCall().withId('open').waiting(), NUMBER),
    untold,
    of(aCall().withId('over').ended('lost'), NUMBER),
  ];
  await store.commit(aStep({ calls, entries: [{ ...anEntry(1), report: received(untold) }] }));
  expect(eraseNumber(file.path, NUMBER)).toMatchObject({ erased: ['over'], stillNeeded: ['open', 'untold'] });
  expect((await store.load()).entries).toMatchObject([{ report: { clientNumber: NUMBER } }]);
  await store.commit(aStep({ outbox: [{ kind: 'delivered', seq: 1, at: MORNING }] }));
  expect(eraseNumber(file.path, NUMBER)).toMatchObject({ erased: ['untold'], stillNeeded: ['open'] });
});

test('while somebody reads from the journal it cannot be emptied, which is said', {
  timeout: 30_000,
}, async () => {
  await using file = new StoreFile();
  await file.open().commit(aStep({ calls: [of(aCall().withId('over').ended('lost'), NUMBER)] }));
  using onlooker = new DatabaseSync(file.path, { readOnly: true });
  onlooker.exec('BEGIN');
  onlooker.prepare('SELECT count(*) FROM calls').get();
  expect(eraseNumber(file.path, NUMBER)).toMatchObject({ erased: ['over'], isJournalEmpty: false });
  onlooker.exec('COMMIT');
  expect(eraseNumber(file.path, NUMBER)).toMatchObject({ erased: [], isJournalEmpty: true });
  expect(file.bytes.includes(NUMBER)).toBe(false);
});

test('damaged stores that lie aside are named: nothing can be erased in them', async () => {
  await using file = new StoreFile();
  await file.close(file.open());
  const aside = `${file.path}.corrupt-20261123T110000.000Z`;
  for (const part of ['', '-wal']) writeFileSync(aside + part, 'broken');
  expect(eraseNumber(file.path, NUMBER).aside).toEqual([aside]);
});
