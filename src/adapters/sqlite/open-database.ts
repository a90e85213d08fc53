import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the store's file, makes it if it is not there, and brings its tables up to date. Migrations are numbered and go
 * forward only; `user_version` is the number of the last one. A file of a newer daemon is refused: we would not
 * understand what it kept.
 */
export function openDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
  const database = new DatabaseSync(path);
  // FULL: a commit is on the disk when it returns. A lost row is a lost report.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  );
  migrate(database, path);
  return database;
}

const MIGRATIONS = ['0001.sql'] as const;

function migrate(database: DatabaseSync, path: string): void {
  const version = versionOf(database);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `the store ${path} was written by a newer version of asterisk-movidesk (tables ${version}, known here ${MIGRATIONS.length}): install that version, or name another file in store.path`,
    );
  }
  MIGRATIONS.slice(version).forEach((name, index) => {
    const sql = readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8');
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + index + 1}; COMMIT`);
  });
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
