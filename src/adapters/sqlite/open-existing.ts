import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreFault } from '../../ports/store-fault.ts';
import { BUSY_TIMEOUT_MS, newer, settleIn, TABLES_VERSION, versionOf } from './open-database.ts';

/** The store as a command reads it, beside a running daemon or without one. Makes no file. */
export function openToRead(path: string): DatabaseSync {
  return openExisting(
    path,
    () => new DatabaseSync(readingUrl(path), { readOnly: true, timeout: BUSY_TIMEOUT_MS }),
  );
}

/** The same for a command that changes rows. The daemon may be at work on it: transactions must be short. */
export function openToChange(path: string): DatabaseSync {
  const database = openExisting(path, () => new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS }));
  settleIn(database);
  return database;
}

/**
 * Without a journal nobody has the store open, and nothing is to be found but in the file. To read it in the ordinary way
 * SQLite would make a journal all the same.
 */
export function readingUrl(path: string): URL {
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  return url;
}

function openExisting(path: string, open: () => DatabaseSync): DatabaseSync {
  // Unlike `existsSync` this throws where a folder may not be looked into.
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw missing(path);
  let database: DatabaseSync | undefined;
  try {
    database = open();
    const version = versionOf(database);
    if (version > TABLES_VERSION) throw newer(path, version);
    if (version < TABLES_VERSION) throw older(path, version);
    return database;
  } catch (cause) {
    database?.close();
    throw cause;
  }
}

function missing(path: string): StoreFault {
  return new StoreFault('STORE_MISSING', {
    message: `there is no store ${path}`,
    remedy: 'start the daemon once, or name its configuration with --config',
  });
}

function older(path: string, version: number): StoreFault {
  return new StoreFault('STORE_VERSION', {
    message: `the store ${path} was written by an older version of asterisk-movidesk (tables ${version}, needed here ${TABLES_VERSION})`,
    remedy: 'start the daemon of this version, which brings it up to date',
  });
}
