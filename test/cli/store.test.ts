import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { TABLES_VERSION } from '../../src/adapters/sqlite/open-database.ts';
import { writeOldStore } from '../adapters/sqlite/old-store.ts';
import { aCall } from '../domain/builders.ts';
import { linesOf, Office } from './office.ts';

const AT_WORK = 'PBX not connected';

test.concurrent('a second daemon on the same store is refused, and the first goes on', async () => {
  using office = new Office();
  const first = office.daemon();
  await first.says(AT_WORK);
  const { code, stdout } = await office.daemon().ended;
  expect(code).toBe(70);
  expect(linesOf({ stdout }).at(-1)).toMatchObject({
    level: 'error',
    code: 'STORE_IN_USE',
    msg: `another asterisk-movidesk works on the store ${office.storePath}`,
    remedy: expect.stringContaining('stop it first'),
  });
  expect(await office.types('outbox')).toMatchObject({ code: 0 });
  first.signal('SIGTERM');
  expect((await first.ended).code).toBe(0);
});

test.concurrent('a daemon takes the store over from one that was killed, at once', async () => {
  using office = new Office();
  const first = office.daemon();
  await first.says(AT_WORK);
  first.signal('SIGKILL');
  await first.ended;
  const second = office.daemon();
  await second.says(AT_WORK);
  second.signal('SIGTERM');
  const ended = await second.ended;
  expect(ended.code).toBe(0);
  expect(linesOf(ended).filter(({ level }) => level === 'error')).toEqual([]);
});

test.concurrent('a store of a newer version ends with 70, says what to do, and is left as it was', async () => {
  using office = new Office();
  await office.kept({ calls: [aCall().waiting()] });
  office.write('PRAGMA user_version = 99');
  const before = readFileSync(office.storePath);
  const ended = await office.daemon().ended;
  expect(ended.code).toBe(70);
  expect(linesOf(ended).at(-1)).toMatchObject({
    code: 'STORE_VERSION',
    msg: expect.stringContaining(
      `was written by a newer version of asterisk-movidesk (tables 99, known here ${TABLES_VERSION})`,
    ),
    remedy: 'install that version, or name another file in store.path',
  });
  expect(readFileSync(office.storePath)).toEqual(before);
  expect(await office.types('calls')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('newer version'),
  });
});

test.concurrent('a store of an older version is brought up to date by the daemon, and by no command', async () => {
  using office = new Office();
  writeOldStore(office.storePath);
  expect(await office.types('outbox')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('start the daemon of this version'),
  });
  const daemon = office.daemon();
  await daemon.says(AT_WORK);
  daemon.signal('SIGTERM');
  expect(linesOf(await daemon.ended)).toContainEqual(
    expect.objectContaining({ msg: 'store read', openCalls: 2, undelivered: 2 }),
  );
  expect(await office.reads('outbox')).toMatchObject([
    { id: 8, attempts: expect.any(Number) },
    { id: 9, state: 'parked', reason: '422 no such queue' },
  ]);
});

test.concurrent('a migration for which there is no room leaves the old version whole, for the next start', async () => {
  using office = new Office();
  writeOldStore(office.storePath);
  office.write(`WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO outbox SELECT i, 'over', 'delivered', '{"kind":"canceled","callId":"over","at":1}', 1, NULL, 1 FROM n`);
  // Blocks of 512 bytes: room for the file as it is, and not for the journal of what is being copied.
  const { code, stdout } = await office.daemon({ shell: 'ulimit -f 1000' }).ended;
  expect({ code, lines: linesOf({ stdout }).map((line) => line['code']) }).toEqual({
    code: 70,
    lines: [undefined, 'STORE_UNUSABLE'],
  });
  {
    using database = new DatabaseSync(office.storePath);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(database.prepare('SELECT count(*) AS rows FROM outbox').get()).toEqual({ rows: 3 + 4_901 });
    expect(database.prepare('SELECT count(*) AS rows FROM requests').get()).toEqual({ rows: 3 });
  }
  const daemon = office.daemon();
  await daemon.says(AT_WORK);
  daemon.signal('SIGTERM');
  expect((await daemon.ended).code).toBe(0);
  expect(await office.reads('calls')).toMatchObject({ open: [{}, {}] });
});

test.concurrent('a damaged store lies aside, loudly, and the daemon works on a new one', async () => {
  using office = new Office();
  writeFileSync(`${office.storePath}.lock`, '');
  writeFileSync(office.storePath, 'Buy milk. '.repeat(200));
  const daemon = office.daemon();
  await daemon.says(AT_WORK);
  daemon.signal('SIGTERM');
  const ended = await daemon.ended;
  expect(ended.code).toBe(0);
  const corrupt = linesOf(ended).find((line) => line['code'] === 'STORE_CORRUPT');
  expect(corrupt).toMatchObject({ level: 'error', damage: 'file is not a database' });
  expect(readFileSync(String(corrupt?.['aside']), 'utf8')).toContain('Buy milk.');
  expect(await office.reads('calls')).toEqual({ open: [], ended: [], made: [] });
});

test.concurrent('a store that the daemon may not write is refused, not set aside', async () => {
  using office = new Office();
  mkdirSync(office.storePath);
  const ended = await office.daemon().ended;
  expect(ended.code).toBe(70);
  expect(linesOf(ended).at(-1)).toMatchObject({
    code: 'STORE_UNUSABLE',
    msg: `the store ${office.storePath} cannot be opened`,
    cause: expect.stringContaining('unable to open'),
  });
  expect(office.files.filter((name) => name.includes('corrupt'))).toEqual([]);
  rmSync(office.storePath, { recursive: true });
});

test.concurrent.each([
  ['calls'],
  ['calls', 'show', 'a'],
  ['outbox'],
  ['outbox', 'retry', '1'],
  ['calls', 'erase', '1'],
])('%s %s without a store says so, and makes none', async (...words) => {
  using office = new Office();
  const { code, stdout, stderr } = await office.types(...words);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`there is no store ${office.storePath}`);
  expect(office.files).toEqual([]);
});

test.concurrent('to look into a store at rest leaves no file behind', async () => {
  using office = new Office();
  await office.kept({ calls: [aCall().waiting()] });
  const before = readFileSync(office.storePath);
  await office.types('calls');
  await office.types('outbox');
  expect(office.files).toEqual(['']);
  expect(readFileSync(office.storePath)).toEqual(before);
  expect(existsSync(`${office.storePath}-wal`)).toBe(false);
});

test.concurrent('a mistake in the configuration is told by a command as by the daemon', async () => {
  using office = new Office();
  office.folder.write('config.yaml', 'store: { pth: /tmp/x }\n');
  const { code, stderr } = await office.types('calls');
  expect(code).toBe(78);
  expect(stderr).toContain('store.pth');
});
