import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { damageOf } from '../../../src/adapters/sqlite/damage.ts';
import { openStore } from '../../../src/adapters/sqlite/open-store.ts';
import { aCall } from '../../domain/builders.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { writeOldStore, writeStoreWithoutRelays } from './old-store.ts';
import { aLine, anEntry, aRelay, aStep, StoreFile } from './steps.ts';

/** A store with three open calls, two reports and a relay to be told, and a long timeline, closed in order. */
async function aFullStore(file: StoreFile): Promise<void> {
  const store = file.open();
  const calls = ['a', 'b', 'c'].map((id) => aCall().withId(id).waiting());
  const timeline = Array.from({ length: 2_000 }, () => aLine('a'));
  await store.commit(aStep({ calls, timeline, entries: [anEntry(1), anEntry(2, 'b')], relays: [aRelay(3)] }));
  await file.close(store);
}

/** The daemon starts on it. What it kept, and what it said. */
async function start(file: StoreFile) {
  const log = new MemoryLog();
  const store = await openStore(file.path, { clock: file.clock, log });
  const kept = await store.load();
  await store.commit(aStep({ calls: [aCall().withId('new').waiting()] }));
  await store.close();
  const corrupt = log.lines.find(({ facts }) => facts['code'] === 'STORE_CORRUPT');
  return { kept, log, corrupt };
}

const besides = ({ path }: StoreFile) => readdirSync(dirname(path)).sort();

const DAMAGES: readonly (readonly [string, (path: string) => void])[] = [
  [
    'is no database',
    (path) => {
      writeFileSync(`${path}.lock`, '');
      writeFileSync(path, 'Buy milk. '.repeat(2_000));
    },
  ],
  ['was cut in the middle', (path) => truncateSync(path, statSync(path).size / 2)],
  ['was cut after its first page', (path) => truncateSync(path, 4096)],
  ['was cut within its header', (path) => truncateSync(path, 60)],
  ['has a page of zeros', (path) => overwrite(path, 3 * 4096, Buffer.alloc(4096))],
  ['has pages of noise', (path) => overwrite(path, 5 * 4096, Buffer.alloc(12_288, 0xa7))],
  ['has a call that is no JSON', inDatabase(`UPDATE calls SET body = '{"callId":"a"' WHERE call_id = 'a'`)],
  ['has a call that is another', inDatabase(`UPDATE calls SET body = '{}' WHERE call_id = 'a'`)],
  ['has a report that is no JSON', inDatabase(`UPDATE outbox SET report = 'x' WHERE seq = 2`)],
  ['has a relay that is no JSON', inDatabase(`UPDATE relays SET relay = '{"kind"'`)],
  ['has a relay of no kind', inDatabase(`UPDATE relays SET relay = '{}'`)],
  ['has a report of no kind', inDatabase(`UPDATE outbox SET report = '{"callId":"b"}' WHERE seq = 2`)],
];

test.each(DAMAGES)(
  'a store that %s is set aside, and the daemon begins on a new one',
  async (_what, damage) => {
    await using file = new StoreFile();
    await aFullStore(file);
    damage(file.path);
    const asItWas = readFileSync(file.path);
    const { kept, corrupt } = await start(file);
    expect(kept).toEqual({
      openCalls: [],
      openMadeCalls: [],
      entries: [],
      relays: [],
      lastSeq: 0,
      requestsStartedAt: [],
    });
    const aside = `${file.path}.corrupt-20261123T110000.000Z`;
    expect(corrupt).toMatchObject({
      level: 'error',
      facts: {
        store: file.path,
        aside,
        damage: expect.any(String),
        remedy: expect.stringContaining('.recover'),
      },
    });
    expect(readFileSync(aside)).toEqual(asItWas);
    // The next start finds nothing wrong.
    const next = await start(file);
    expect(next.log.lines).toEqual([]);
    expect(next.kept.openCalls).toMatchObject([{ callId: 'new' }]);
  },
);

test('what was lost is counted, as far as it can be', async () => {
  await using file = new StoreFile();
  await aFullStore(file);
  file.write((database) => database.exec(`UPDATE outbox SET report = 'x' WHERE seq = 2`));
  const { corrupt } = await start(file);
  expect(corrupt?.facts).toMatchObject({
    damage: 'report 2 cannot be read',
    openCalls: 3,
    undelivered: 2,
    undeliveredRelays: 1,
  });
});

test.each([
  ['the first version', (path: string) => writeOldStore(path)],
  ['the second version, which knew of no relays', writeStoreWithoutRelays],
])(
  'a store of %s is sound, and one of its unreadable reports is damage all the same',
  async (_what, write) => {
    await using file = new StoreFile();
    write(file.path);
    expect(damageOf(file.path)).toBeUndefined();
    file.write((database) => database.exec(`UPDATE outbox SET report = 'x' WHERE seq = 8`));
    const { corrupt } = await start(file);
    expect(corrupt?.facts).toMatchObject({ damage: 'report 8 cannot be read', undelivered: 2 });
  },
);

test('unreadable rows of calls that are over are nobody’s loss', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [aCall().ended('canceled')] }));
  await file.close(store);
  file.write((database) => database.exec(`UPDATE calls SET body = 'x'`));
  const { log } = await start(file);
  expect(log.lines).toEqual([]);
});

test('a store that was not closed is sound: its journal is read', async () => {
  await using file = new StoreFile();
  await aFullStore(file);
  const daemon = file.open();
  await daemon.commit(aStep({ calls: [aCall().withId('d').waiting()] }));
  await using killed = new StoreFile();
  await killed.close(killed.open());
  for (const part of ['', '-wal']) copyFileSync(file.path + part, killed.path + part);
  const { kept, log } = await start(killed);
  expect(log.lines).toEqual([]);
  expect(kept.openCalls.map(({ callId }) => callId)).toEqual(['a', 'b', 'c', 'd']);
});

test.each(['lost', 'emptied'])('a journal whose store is %s lies aside, too', async (how) => {
  await using file = new StoreFile();
  await aFullStore(file);
  const daemon = file.open();
  await daemon.commit(aStep({ calls: [aCall().withId('d').waiting()] }));
  await using orphan = new StoreFile();
  await orphan.close(orphan.open());
  copyFileSync(`${file.path}-wal`, `${orphan.path}-wal`);
  if (how === 'lost') orphan.remove();
  else truncateSync(orphan.path, 0);
  const { corrupt } = await start(orphan);
  expect(corrupt?.facts).toMatchObject({ damage: 'its journal is there, and nothing else' });
  expect(statSync(`${String(corrupt?.facts['aside'])}-wal`).size).toBeGreaterThan(0);
});

test('an empty file is begun anew, and said to be one', async () => {
  await using file = new StoreFile();
  await aFullStore(file);
  truncateSync(file.path, 0);
  const { log, kept } = await start(file);
  expect(kept.openCalls).toEqual([]);
  expect(log.lines).toMatchObject([{ level: 'warn', facts: { code: 'STORE_EMPTY', store: file.path } }]);
});

test('a folder in its place is refused, and stays where it is', async () => {
  await using file = new StoreFile();
  const path = dirname(file.path);
  await file.close(file.open());
  const log = new MemoryLog();
  await expect(openStore(path, { clock: file.clock, log })).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
  expect(log.lines).toEqual([]);
  expect(existsSync(path)).toBe(true);
});

test('a damaged store that lies aside goes when what it holds is old enough to be forgotten', async () => {
  await using file = new StoreFile();
  await aFullStore(file);
  overwrite(file.path, 4096, Buffer.alloc(4096));
  await start(file);
  const store = file.open();
  const now = file.clock.now();
  await store.purge(now - 1);
  expect(besides(file).filter((name) => name.includes('.corrupt-'))).toHaveLength(1);
  await store.purge(now + 1);
  expect(besides(file).filter((name) => name.includes('.corrupt-'))).toEqual([]);
});

function overwrite(path: string, at: number, bytes: Buffer): void {
  const all = readFileSync(path);
  bytes.copy(all, at);
  writeFileSync(path, all);
}

function inDatabase(sql: string): (path: string) => void {
  return (path) => {
    using database = new DatabaseSync(path);
    database.exec(sql);
  };
}

test('a file of somebody else, under a mistyped name, stays where it is', async () => {
  await using file = new StoreFile();
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, '[general]\nstatic=yes\n');
  const log = new MemoryLog();
  await expect(openStore(file.path, { clock: file.clock, log })).rejects.toMatchObject({
    code: 'STORE_UNUSABLE',
  });
  expect(readFileSync(file.path, 'utf8')).toBe('[general]\nstatic=yes\n');
  expect(besides(file).filter((name) => name.includes('corrupt'))).toEqual([]);
});

test('an index that has lost an open call is damage', async () => {
  await using file = new StoreFile();
  await aFullStore(file);
  const [index] = inSchema(file.path, (database) => {
    const found = database.prepare(`SELECT * FROM sqlite_schema WHERE name = 'calls_open'`).all();
    database.exec(`DELETE FROM sqlite_schema WHERE name = 'calls_open'`);
    return found;
  });
  inSchema(file.path, (database) => {
    database.exec(`INSERT INTO calls SELECT 'd', uniqueid, phase, replace(body, '"a"', '"d"'), entered_at, ended_at
      FROM calls WHERE call_id = 'a'`);
    const { type, name, tbl_name, rootpage, sql } = index ?? {};
    database
      .prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)')
      .run(String(type), String(name), String(tbl_name), Number(rootpage), String(sql));
  });
  expect(damageOf(file.path)).toContain('calls_open');
});

/** Where SQLite's own table of tables may be written, which is how damage is made. */
function inSchema<Result>(path: string, work: (database: DatabaseSync) => Result): Result {
  using database = new DatabaseSync(path);
  database.enableDefensive(false);
  database.exec('PRAGMA writable_schema = ON');
  const result = work(database);
  const version = Number(database.prepare('PRAGMA schema_version').get()?.['schema_version']);
  database.exec(`PRAGMA schema_version = ${version + 1}`);
  return result;
}
