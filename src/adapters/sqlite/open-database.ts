import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreFault } from '../../ports/store-fault.ts';
import { unusable } from './sqlite-fault.ts';

/** How long a writer waits for another one: long enough for a command's few rows, and for a daemon's step. */
export const BUSY_TIMEOUT_MS = 5_000;

const MIGRATIONS = [
  '0001.sql',
  '0002.sql',
  '0003.sql',
  '0004.sql',
  '0005.sql',
  '0006.sql',
  '0007.sql',
] as const;

/** The version of the tables that this daemon works with. */
export const TABLES_VERSION: number = MIGRATIONS.length;

// Freed space was not overwritten by the daemon that wrote these tables: numbers of the past may still lie in it.
const LAST_VERSION_WITH_RESIDUE = 1;

/**
 * Opens the store's file, makes it if it is not there, and brings its tables up to date. Migrations are numbered and go
 * forward only; `user_version` is the number of the last one. A file of a newer daemon is refused: we would not
 * understand what it kept. Throws a `StoreFault`.
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    makeFolderOf(path);
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    refuseForeign(database, path);
    settleIn(database);
    migrate(database, path);
    // A file that may only be read opens all the same, and so does one on a full disk: something must be written.
    database.exec(`PRAGMA user_version = ${TABLES_VERSION}`);
    return database;
  } catch (cause) {
    database?.close();
    throw unusable(path, cause);
  }
}

/** What every connection that writes must say before it writes. */
export function settleIn(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = WAL');
  // FULL: a commit is on the disk when it returns. A lost row is a lost report.
  database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  // What is deleted or replaced is overwritten with zeros, or a forgotten number would lie in the free space.
  database.exec('PRAGMA secure_delete = ON');
}

/**
 * Empties the journal, in which what was overwritten in the file may still stand. Whether it could be: not while somebody
 * reads from it, for whom it waits so long, with everything else in this process.
 */
export function emptyJournal(database: DatabaseSync, patienceMs: number): boolean {
  database.exec(`PRAGMA busy_timeout = ${patienceMs}`);
  const answer = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return answer?.['busy'] === 0;
}

export function makeFolderOf(path: string): void {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
}

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function migrate(database: DatabaseSync, path: string): void {
  const version = versionOf(database);
  if (version > TABLES_VERSION) throw newer(path, version);
  if (version > 0 && version <= LAST_VERSION_WITH_RESIDUE) database.exec('VACUUM');
  MIGRATIONS.slice(version).forEach((name, index) => {
    const sql = readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8');
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + index + 1}; COMMIT`);
  });
}

export function newer(path: string, version: number): StoreFault {
  return new StoreFault('STORE_VERSION', {
    message: `the store ${path} was written by a newer version of asterisk-movidesk (tables ${version}, known here ${TABLES_VERSION})`,
    remedy: 'install that version, or name another file in store.path',
  });
}

/** Somebody else's database is not ours to put tables into. */
function refuseForeign(database: DatabaseSync, path: string): void {
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty || versionOf(database) > 0) return;
  throw new StoreFault('STORE_UNUSABLE', {
    message: `${path} is a database of another program`,
    remedy: 'name another file in store.path',
  });
}
