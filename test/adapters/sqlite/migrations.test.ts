import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase, TABLES_VERSION } from '../../../src/adapters/sqlite/open-database.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { aCall } from '../../domain/builders.ts';
import { OLD_CALLS, writeOldStore, writeStoreWithoutHandouts, writeStoreWithoutRelays } from './old-store.ts';
import { aCallBack, aRelay, aState, aStep, StoreFile } from './steps.ts';

test('everything that the first version kept is there after the migration, and the daemon goes on with it', async () => {
  await using file = new StoreFile();
  writeOldStore(file.path);
  const store = file.open();
  const kept = await store.load();
  expect(kept.openCalls).toEqual(OLD_CALLS.filter(({ phase }) => phase !== 'ended'));
  expect(kept.entries).toMatchObject([
    { seq: 8, report: { callId: 'gone' }, attempts: 4, parkedBecause: undefined },
    { seq: 9, report: { callId: 'refused' }, attempts: 1, parkedBecause: '422 no such queue' },
  ]);
  expect(kept.lastSeq).toBe(9);
  await store.commit(
    aStep({
      calls: [aCall().withId('a-waits').ended('canceled')],
      outbox: [{ kind: 'delivered', seq: 8, at: 1 }],
    }),
  );
  expect(await store.load()).toMatchObject({ openCalls: [{ callId: 'talks' }], entries: [{ seq: 9 }] });
  using database = new DatabaseSync(file.path, { readOnly: true });
  expect(database.prepare('SELECT count(*) AS lines FROM timeline').get()).toEqual({
    lines: OLD_CALLS.length,
  });
  expect(database.prepare('SELECT state, settled_at FROM outbox WHERE seq = 7').get()).toEqual({
    state: 'delivered',
    settled_at: expect.any(Number),
  });
});

test('a store that knew of no relays is kept whole, and its numbers go on over reports and relays', async () => {
  await using file = new StoreFile();
  writeStoreWithoutRelays(file.path);
  const store = file.open();
  expect(await store.load()).toMatchObject({
    openCalls: [{ callId: 'a-waits' }, { callId: 'talks' }],
    entries: [{ seq: 8 }, { seq: 9 }],
    relays: [],
    lastSeq: 9,
  });
  await store.commit(
    aStep({ relays: [aRelay(10), aState(11, 'idle')], relayed: [{ kind: 'delivered', seq: 11, at: 1 }] }),
  );
  expect(await store.load()).toMatchObject({ relays: [aRelay(10)], lastSeq: 11 });
});

test('callers whom an older version lost are found to be called back', async () => {
  await using file = new StoreFile();
  writeStoreWithoutHandouts(file.path);
  const store = file.open();
  const wanted = { task: 't', count: 9, since: 0, now: 1, numberOf: (number: string) => number };
  expect(await store.handOutLost(wanted)).toEqual({
    callers: [{ callId: 'lost', number: '+5547999990001' }],
    exhausted: true,
  });
});

test('a call-back that an older version ordered is for no known time, and new ones have theirs', async () => {
  await using file = new StoreFile();
  const before = file.open();
  await before.commit(aStep({ relays: [aCallBack(1, 'a'), aCallBack(2, 'a')] }));
  await before.commit(aStep({ relayed: [{ kind: 'delivered', seq: 1, at: 1, result: '397' }] }));
  await file.close(before);
  file.write((database) =>
    database.exec(
      `ALTER TABLE relays DROP COLUMN due_at; DROP TABLE made_calls; DROP INDEX timeline_of_endings;
        PRAGMA user_version = 5`,
    ),
  );
  await file.open().commit(aStep({ relayed: [{ kind: 'delivered', seq: 2, at: 1, dueAt: 9 }] }));
  using reader = new StoreReader(file.path);
  expect(reader.relaysOf('a')).toMatchObject([{ result: '397', dueAt: undefined }, { dueAt: 9 }]);
});

test('requests that an older version kept by the wall clock count as made just before the start', async () => {
  await using file = new StoreFile();
  writeOldStore(file.path, { requests: 3 });
  await file.clock.pass(77_000);
  const store = file.open();
  const now = file.clock.monotonic();
  expect((await store.load()).requestsStartedAt).toEqual([now, now, now]);
  await file.clock.pass(10_000);
  expect((await store.load()).requestsStartedAt).toEqual([now, now, now]);
});

test('a migration that fails in the middle leaves the old version as it was', async () => {
  await using file = new StoreFile();
  writeOldStore(file.path);
  {
    using database = new DatabaseSync(file.path);
    // The name that the second migration is about to use, near its end.
    database.exec('CREATE TABLE outbox_with_dropped (text TEXT)');
  }
  expect(() => openDatabase(file.path)).toThrow(expect.objectContaining({ code: 'STORE_UNUSABLE' }));
  {
    using database = new DatabaseSync(file.path);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(database.prepare('SELECT count(*) AS rows FROM requests WHERE started_at > 0').get()).toEqual({
      rows: 3,
    });
    database.exec('DROP TABLE outbox_with_dropped');
  }
  expect((await file.open().load()).entries).toHaveLength(2);
});

test('a file of a newer daemon is refused, with what to do about it', async () => {
  await using file = new StoreFile();
  await file.close(file.open());
  {
    using database = new DatabaseSync(file.path);
    database.exec('PRAGMA user_version = 99');
  }
  expect(() => file.open()).toThrow(
    expect.objectContaining({
      code: 'STORE_VERSION',
      message: expect.stringMatching(
        `bridge\\.db was written by a newer version .*\\(tables 99, known here ${TABLES_VERSION}\\)$`,
      ),
      remedy: 'install that version, or name another file in store.path',
    }),
  );
});

test('what the first version had replaced, and left in the free space of the file, is gone after the migration', async () => {
  await using file = new StoreFile();
  writeOldStore(file.path);
  {
    using database = new DatabaseSync(file.path);
    database.exec(`INSERT INTO timeline VALUES (99, 'x', 1, 'new', 'waiting', 'entered', '${RESIDUE}', 0)`);
    database.exec('DELETE FROM timeline WHERE line = 99');
  }
  expect(file.bytes.includes(RESIDUE)).toBe(true);
  await file.close(file.open());
  expect(file.bytes.includes(RESIDUE)).toBe(false);
});

const RESIDUE = 'a number of long ago: 5511900000001';
