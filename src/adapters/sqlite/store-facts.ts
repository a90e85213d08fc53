import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Extension, extensionFrom } from '../../domain/identity.ts';
import type { StoreFault } from '../../ports/store-fault.ts';
import { TABLES_VERSION, versionOf } from './open-database.ts';
import { openToRead, readingUrl } from './open-existing.ts';
import { isBusy, isDamage, unreadable } from './sqlite-fault.ts';

/** How the store is, for whoever only looks. */
export interface StoreFacts {
  /** `hidden`: it may be there, behind a folder that is closed to us. */
  readonly folder: 'writable' | 'not-writable' | 'missing' | 'to-be-made' | 'hidden';
  /** The file: `none` yet, `read` and understood, `older`: to be brought up to date by the next start, or what is wrong. */
  readonly file: 'none' | 'read' | 'older' | 'not-writable' | StoreTrouble;
  /** What is left on the disk for whoever is not root. */
  readonly freeBytes: number;
  /** Whether a daemon works on it. Nothing where that cannot be seen. */
  readonly isInUse: boolean | undefined;
  /** Requests to Movidesk that were started in the last minute. */
  readonly requestsInLastMinute: number;
  /** Of agents to whom callers were put through, the latest first. */
  readonly extensions: readonly Extension[];
}

export interface StoreTrouble {
  readonly problem: string;
  readonly remedy: string;
}

interface Contents {
  readonly file: StoreFacts['file'];
  readonly requestsInLastMinute: number;
  readonly extensions: readonly Extension[];
}

// Half a second above the minute that counts, as the daemon itself keeps.
const WINDOW_MS = 60_500;
// One look at each of them takes the PBX a few milliseconds.
const EXTENSIONS_LIMIT = 50;

/** Looks at the store without changing, making or locking anything, beside a running daemon or without one. */
export function readStoreFacts(path: string, monotonicNow: number): StoreFacts {
  const nearest = nearestFolder(dirname(path));
  return {
    folder: folderState(dirname(path), nearest),
    freeBytes: freeBytesIn(nearest),
    isInUse: isStoreInUse(path),
    ...contentsOf(path, monotonicNow),
  };
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
}

function folderState(folder: string, nearest: string): StoreFacts['folder'] {
  if (!statSync(nearest).isDirectory()) return 'missing';
  const isWritable = may(nearest, constants.W_OK | constants.X_OK);
  if (nearest === folder) return isWritable ? 'writable' : 'not-writable';
  if (isHidden(folder)) return 'hidden';
  // The daemon makes it where it may.
  return isWritable ? 'to-be-made' : 'missing';
}

/** Behind a folder that is closed to us, as /var/lib/private of systemd's dynamic users is, nothing can be seen. */
function isHidden(path: string): boolean {
  try {
    statSync(path, { throwIfNoEntry: false });
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES';
  }
}

function freeBytesIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** The daemon's lock keeps readers out as well. Looking takes a lock for a millisecond, for which a starting daemon waits. */
export function isStoreInUse(path: string): boolean | undefined {
  const lock = `${path}.lock`;
  if (!existsSync(lock)) return isHidden(lock) ? undefined : false;
  try {
    using database = new DatabaseSync(lock, { readOnly: true, timeout: 0 });
    database.prepare('SELECT 1 FROM sqlite_schema').get();
    return false;
  } catch (cause) {
    return isBusy(cause) ? true : undefined;
  }
}

const NOTHING = { requestsInLastMinute: 0, extensions: [] } as const;

function contentsOf(path: string, monotonicNow: number): Contents {
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return { file: 'none', ...NOTHING };
    using database = openToRead(path);
    // As the daemon's own look at its start: it holds the indexes against their tables, too.
    const damage = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (damage !== 'ok') return { file: damaged(String(damage)), ...NOTHING };
    return {
      file: may(path, constants.R_OK | constants.W_OK) ? 'read' : 'not-writable',
      requestsInLastMinute: requestsSince(database, monotonicNow),
      extensions: extensionsIn(database),
    };
  } catch (cause) {
    if (isDamage(cause)) return { file: damaged(messageOf(cause)), ...NOTHING };
    const fault = unreadable(path, cause);
    if (fault === undefined) throw cause;
    if (fault.code === 'STORE_VERSION' && isOlder(path)) return { file: 'older', ...NOTHING };
    return { file: troubleOf(fault), ...NOTHING };
  }
}

function isOlder(path: string): boolean {
  using database = new DatabaseSync(readingUrl(path), { readOnly: true });
  return versionOf(database) < TABLES_VERSION;
}

function requestsSince(database: DatabaseSync, now: number): number {
  const sql = 'SELECT count(*) AS many FROM requests WHERE started_at > ? AND started_at <= ?';
  return Number(database.prepare(sql).get(now - WINDOW_MS, now)?.['many'] ?? 0);
}

function extensionsIn(database: DatabaseSync): readonly Extension[] {
  const sql = `SELECT json_extract(report, '$.extension') AS extension, max(seq) AS latest FROM outbox
    WHERE json_extract(report, '$.kind') = 'transfered' GROUP BY 1 ORDER BY latest DESC LIMIT ?`;
  const rows = database.prepare(sql).all(EXTENSIONS_LIMIT);
  return rows.flatMap((row) => extensionFrom(String(row['extension'])) ?? []);
}

const damaged = (why: string): StoreTrouble => ({
  problem: `the file is damaged: ${why}`,
  remedy: 'look at its disk; the daemon sets a damaged store aside when it starts, and begins a new one',
});

const troubleOf = ({ message, why, remedy }: StoreFault): StoreTrouble => ({
  problem: why === undefined ? message : `${message}: ${why}`,
  remedy,
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
