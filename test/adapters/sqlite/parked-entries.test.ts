import { expect, test } from 'vitest';
import { ParkedEntries } from '../../../src/adapters/sqlite/parked-entries.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { MORNING } from '../../domain/builders.ts';
import { anEntry, aRelay, aState, aStep, StoreFile } from './steps.ts';

/** Entry 1 is due, 2 and 3 are parked, 4 is delivered. */
async function aStore(file: StoreFile) {
  const store = file.open();
  await store.commit(
    aStep({ entries: [anEntry(1, 'a'), anEntry(2, 'b'), anEntry(3, 'c'), anEntry(4, 'd')] }),
  );
  const parked = [2, 3].map((seq) => ({ kind: 'parked', seq, attempts: 5, cause: '422 no' }) as const);
  await store.commit(aStep({ outbox: [...parked, { kind: 'delivered', seq: 4, at: MORNING }] }));
  await store.changedElsewhere();
  return store;
}

test('a parked entry that is released is due, its attempts start anew, and the daemon notices once', async () => {
  await using file = new StoreFile();
  const store = await aStore(file);
  using entries = new ParkedEntries(file.path);
  expect(await store.changedElsewhere()).toBe(false);
  expect(entries.release(2)).toEqual({ kind: 'done', lane: 'movidesk', also: [] });
  expect(await store.changedElsewhere()).toBe(true);
  expect(await store.changedElsewhere()).toBe(false);
  expect(await store.undelivered()).toEqual([
    anEntry(1, 'a'),
    anEntry(2, 'b'),
    { ...anEntry(3, 'c'), attempts: 5, parkedBecause: '422 no' },
  ]);
});

test('what the daemon itself writes is no change by others', async () => {
  await using file = new StoreFile();
  const store = await aStore(file);
  await store.commit(aStep({ entries: [anEntry(5)] }));
  expect(await store.changedElsewhere()).toBe(false);
});

test('all parked entries can be released at once, and nothing else is', async () => {
  await using file = new StoreFile();
  const store = await aStore(file);
  using entries = new ParkedEntries(file.path);
  expect(entries.releaseAll()).toEqual([2, 3]);
  expect(entries.releaseAll()).toEqual([]);
  expect((await store.undelivered()).map(({ seq, parkedBecause }) => [seq, parkedBecause])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, undefined],
  ]);
});

test('a parked entry that is dropped is told to nobody, and what it was stays to be seen', async () => {
  await using file = new StoreFile();
  const store = await aStore(file);
  using entries = new ParkedEntries(file.path);
  expect(entries.drop(2, MORNING + 9_000)).toEqual({ kind: 'done', lane: 'movidesk', also: [] });
  expect((await store.load()).entries.map(({ seq }) => seq)).toEqual([1, 3]);
  using reader = new StoreReader(file.path);
  expect(reader.outboxOf('b')).toMatchObject([
    { seq: 2, state: 'dropped', settledAt: MORNING + 9_000, cause: '422 no' },
  ]);
});

test.each(['release', 'drop'] as const)(
  'to %s what is not parked, or not there, changes nothing',
  async (what) => {
    await using file = new StoreFile();
    const store = await aStore(file);
    using entries = new ParkedEntries(file.path);
    expect(entries[what](1, MORNING)).toEqual({ kind: 'not-parked', state: 'due' });
    expect(entries[what](4, MORNING)).toEqual({ kind: 'not-parked', state: 'delivered' });
    expect(entries[what](5, MORNING)).toEqual({ kind: 'unknown' });
    expect(await store.changedElsewhere()).toBe(false);
  },
);

/** Entry 3 is parked, and so are relays 2 and 4 of two lanes; relay 1 is due, 5 was told. */
async function aStoreWithRelays(file: StoreFile) {
  const store = file.open();
  const parkedBecause = '2001 no such seat';
  await store.commit(
    aStep({
      entries: [anEntry(3)],
      outbox: [{ kind: 'parked', seq: 3, attempts: 1, cause: '422 no' }],
      relays: [
        aRelay(1),
        aRelay(2, { attempts: 1, parkedBecause }),
        aRelay(4, { lane: 'ccai', attempts: 1, parkedBecause }),
        aRelay(5),
      ],
      relayed: [{ kind: 'delivered', seq: 5, at: MORNING }],
    }),
  );
  await store.changedElsewhere();
  return store;
}

test('a parked relay that is released is due in its lane, and the daemon notices', async () => {
  await using file = new StoreFile();
  const store = await aStoreWithRelays(file);
  using entries = new ParkedEntries(file.path);
  expect(entries.release(4)).toEqual({ kind: 'done', lane: 'ccai', also: [] });
  expect(await store.changedElsewhere()).toBe(true);
  expect(await store.undeliveredRelays()).toMatchObject([
    aRelay(1),
    { seq: 2, attempts: 1, parkedBecause: '2001 no such seat' },
    aRelay(4, { lane: 'ccai' }),
  ]);
  expect(await store.undelivered()).toMatchObject([{ seq: 3, parkedBecause: '422 no' }]);
});

test('all that is parked can be released at once, of every lane', async () => {
  await using file = new StoreFile();
  const store = await aStoreWithRelays(file);
  using entries = new ParkedEntries(file.path);
  expect(entries.releaseAll()).toEqual([2, 3, 4]);
  expect(entries.releaseAll()).toEqual([]);
  const { entries: reports, relays } = await store.load();
  expect([...reports, ...relays].filter(({ parkedBecause }) => parkedBecause !== undefined)).toEqual([]);
});

test('a parked relay that is dropped is told to nobody', async () => {
  await using file = new StoreFile();
  const store = await aStoreWithRelays(file);
  using entries = new ParkedEntries(file.path);
  expect(entries.drop(2, MORNING)).toEqual({ kind: 'done', lane: 'udesk', also: [] });
  expect((await store.undeliveredRelays()).map(({ seq }) => seq)).toEqual([1, 4]);
  expect(entries.drop(2, MORNING)).toEqual({ kind: 'not-parked', state: 'dropped' });
});

test('a relay that is not parked, or that a later state has replaced, cannot be handled', async () => {
  await using file = new StoreFile();
  const store = await aStoreWithRelays(file);
  await store.commit(aStep({ relays: [aState(6, 'idle')], relayed: [{ kind: 'superseded', seq: 6 }] }));
  using entries = new ParkedEntries(file.path);
  expect(entries.release(1)).toEqual({ kind: 'not-parked', state: 'due' });
  expect(entries.drop(5, MORNING)).toEqual({ kind: 'not-parked', state: 'delivered' });
  expect(entries.release(6)).toEqual({ kind: 'unknown' });
  expect(await store.changedElsewhere()).toBe(false);
});
