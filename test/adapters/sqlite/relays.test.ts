import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
import { anEntry, aRelay, aState, aStep, aTransfer, StoreFile } from './steps.ts';

const delivered = (seq: number, result?: string) =>
  ({ kind: 'delivered', seq, at: MORNING, result }) as const;

test('relays of all lanes come back in order for the next process, to the last field', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const relays = [
    aTransfer(1, 'a', "5511987654321'); DROP TABLE relays; --\u0000"),
    { ...aState(2, 'onBreak'), at: MORNING + 1 },
    aRelay(3, { lane: 'ccai', callId: callIdFrom('b') }),
    aRelay(4, { attempts: 2, parkedBecause: 'no seat has this extension' }),
  ];
  await store.commit(aStep({ relays: relays.toReversed() }));
  await file.close(store);
  const next = file.open();
  expect((await next.load()).relays).toEqual(relays);
  expect(await next.undeliveredRelays()).toEqual(relays);
});

test('a state that was told, or in whose place a later one stepped, leaves nothing behind', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ relays: [aState(1, 'idle'), aState(2, 'busy')] }));
  await store.commit(
    aStep({ relays: [aState(3, 'offline')], relayed: [delivered(1), { kind: 'superseded', seq: 2 }] }),
  );
  expect(await store.undeliveredRelays()).toEqual([aState(3, 'offline')]);
  expect(seqsIn(file)).toEqual([3]);
});

test('a state that is superseded in the step in which it came about is told to nobody', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const relays = [aState(1, 'busy'), aState(2, 'idle')];
  await store.commit(aStep({ relays, relayed: [{ kind: 'superseded', seq: 1 }] }));
  expect(await store.undeliveredRelays()).toEqual([aState(2, 'idle')]);
});

test('what came too late to be told stays, with the reason, and nobody is told of it', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ relays: [aTransfer(1, 'a', '1002')] }));
  await store.commit(aStep({ relayed: [{ kind: 'dropped', seq: 1, at: MORNING, cause: 'too late' }] }));
  expect(await store.undeliveredRelays()).toEqual([]);
  using reader = new StoreReader(file.path);
  expect(reader.relaysOf('a')).toMatchObject([
    { seq: 1, state: 'dropped', at: MORNING, settledAt: MORNING, cause: 'too late' },
  ]);
});

test('what happened to a call stays when it was told, with its name over there', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ relays: [aTransfer(1, 'a', '1002'), aTransfer(2, 'a', '1003')] }));
  await store.commit(aStep({ relayed: [delivered(1, 'task-77'), delivered(2)] }));
  expect(await store.undeliveredRelays()).toEqual([]);
  using reader = new StoreReader(file.path);
  expect(reader.relaysOf('a')).toMatchObject([
    { seq: 1, lane: 'udesk', state: 'delivered', attempts: 1, result: 'task-77', settledAt: MORNING },
    { seq: 2, state: 'delivered', result: undefined },
  ]);
});

test('a relay that failed is still to be told, with its attempts; a refused one is set aside with its reason', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ relays: [aRelay(1), aState(2, 'busy')] }));
  await store.commit(
    aStep({
      relayed: [
        { kind: 'failed', seq: 1, attempts: 3, cause: '503' },
        { kind: 'parked', seq: 2, attempts: 1, cause: '2001 no such seat' },
      ],
    }),
  );
  expect(await store.undeliveredRelays()).toEqual([
    aRelay(1, { attempts: 3 }),
    { ...aState(2, 'busy'), attempts: 1, parkedBecause: '2001 no such seat' },
  ]);
});

test.each([
  ['a state that was told and is gone', [anEntry(1)], [aState(2, 'idle')], 2],
  ['an event that was told', [anEntry(1)], [aRelay(2)], 2],
  ['a report', [anEntry(2)], [aState(1, 'idle')], 2],
  ['a state, and there was never a report', [], [aState(7, 'idle')], 7],
] as const)('the last number is remembered when it was that of %s', async (_what, entries, relays, last) => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries, relays }));
  await store.commit(
    aStep({
      outbox: entries.map(({ seq }) => ({ kind: 'delivered', seq, at: MORNING }) as const),
      relayed: relays.map(({ seq }) => delivered(seq)),
    }),
  );
  await store.purge(MORNING + 1);
  await file.close(store);
  expect(await file.open().load()).toMatchObject({ relays: [], lastSeq: last });
});

test('a step whose relays cannot be kept leaves nothing behind, the call among it', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ relays: [aRelay(1)] }));
  const broken = aStep({
    calls: [aCall().waiting()],
    entries: [anEntry(2)],
    relays: [aState(3, 'idle'), aRelay(1)],
  });
  await expect(store.commit(broken)).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  expect(await store.load()).toMatchObject({ openCalls: [], entries: [], relays: [{ seq: 1 }], lastSeq: 1 });
});

test('what becomes of one relay is not felt by another, nor by the report beside it', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const relay = { kind: 'agent-state', extension: extension('1002'), state: 'idle' } as const;
  await store.commit(aStep({ entries: [anEntry(1)], relays: [aRelay(2), aRelay(3, { relay })] }));
  await store.commit(aStep({ relayed: [delivered(3), delivered(2)] }));
  expect(await store.load()).toMatchObject({ entries: [anEntry(1)], relays: [] });
});

function seqsIn({ path }: StoreFile): readonly number[] {
  using database = new DatabaseSync(path, { readOnly: true });
  return database
    .prepare('SELECT seq FROM relays ORDER BY seq')
    .all()
    .map((row) => Number(row['seq']));
}
