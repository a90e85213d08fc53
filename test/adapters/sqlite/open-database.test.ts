import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase, TABLES_VERSION } from '../../../src/adapters/sqlite/open-database.ts';
import { aCall } from '../../domain/builders.ts';
import { aStep, StoreFile } from './steps.ts';

test('a commit is on the disk when it returns: the journal is written ahead and synced in full', async () => {
  await using file = new StoreFile();
  await file.close(file.open());
  const database = openDatabase(file.path);
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  // 2 is FULL in SQLite's numbering.
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  database.close();
});

test('a file is opened again without being made again', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [aCall().waiting()] }));
  await file.close(store);
  const again = file.open();
  expect((await again.load()).openCalls).toHaveLength(1);
  await file.close(again);
  expect((await file.open().load()).openCalls).toHaveLength(1);
});

test('a second process may look into the store and write to it, while the first goes on', async () => {
  await using file = new StoreFile();
  const daemon = file.open();
  const onlooker = file.open();
  await daemon.commit(aStep({ calls: [aCall().withId('a').waiting()] }));
  expect((await onlooker.load()).openCalls).toHaveLength(1);
  await onlooker.commit(aStep({ calls: [aCall().withId('b').waiting()] }));
  await daemon.commit(aStep({ calls: [aCall().withId('c').waiting()] }));
  expect((await daemon.load()).openCalls).toHaveLength(3);
});

test('another program’s database is refused, and nothing is put into it', async () => {
  await using file = new StoreFile();
  const path = join(file.folder, 'places.sqlite');
  using foreign = new DatabaseSync(path);
  foreign.exec('CREATE TABLE bookmarks (url TEXT)');
  expect(() => openDatabase(path)).toThrow('places.sqlite is a database of another program');
  expect(foreign.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'bookmarks' }]);
});

test('a place where no file can be is refused, with what a store needs', () => {
  expect(() => openDatabase('/dev/null/bridge.db')).toThrow(
    expect.objectContaining({
      code: 'STORE_UNUSABLE',
      message: 'the store /dev/null/bridge.db cannot be opened',
      remedy: expect.stringContaining('folder must exist and be writable'),
    }),
  );
});

test('a store in memory is as good as one in a file', () => {
  const database = openDatabase(':memory:');
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: TABLES_VERSION });
  database.close();
});
