import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../../domain/identity.ts';
import { readingUrl } from './open-existing.ts';
import { unusable } from './sqlite-fault.ts';

// The file, its journal, and the journal's index: together they are what SQLite's tools can still read.
const PARTS = ['', '-wal', '-shm'] as const;
const MARK = '.corrupt-';

/** What a damaged store still shows of what it kept; nothing where it shows nothing. */
export interface Loss {
  readonly openCalls: number | undefined;
  readonly undelivered: number | undefined;
  readonly undeliveredRelays: number | undefined;
}

/** Counted before it is set aside. */
export function lossOf(path: string): Loss {
  return {
    openCalls: countIn(path, `calls WHERE phase <> 'ended'`),
    undelivered: countIn(path, `outbox WHERE state IN ('due', 'parked')`),
    undeliveredRelays: countIn(path, `relays WHERE state IN ('due', 'parked')`),
  };
}

function countIn(path: string, what: string): number | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(readingUrl(path), { readOnly: true });
    return Number(database.prepare(`SELECT count(*) AS count FROM ${what}`).get()?.['count']);
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}

/** Renames a damaged store, so that nothing of it is lost and a new one can begin. Answers where it lies. */
export function setAside(path: string, at: Instant): string {
  const aside = `${path}${MARK}${stampOf(at)}`;
  try {
    for (const part of PARTS) if (existsSync(path + part)) renameSync(path + part, aside + part);
  } catch (cause) {
    throw unusable(path, cause);
  }
  return aside;
}

/** The stores that were set aside beside this one, the oldest first. */
export function storesAside(path: string): readonly string[] {
  const start = basename(path) + MARK;
  const isOne = (name: string) => name.startsWith(start) && !/-(wal|shm)$/.test(name);
  return readdirSync(dirname(path))
    .filter(isOne)
    .sort()
    .map((name) => join(dirname(path), name));
}

/** They hold phone numbers like the store itself, so they are kept no longer than those. */
export function removeSetAside(path: string, before: Instant): void {
  const youngest = `${basename(path)}${MARK}${stampOf(before)}`;
  for (const aside of storesAside(path)) {
    if (basename(aside) < youngest) for (const part of PARTS) rmSync(aside + part, { force: true });
  }
}

/** UTC, sorts by time, and holds nothing that a shell or `scp` would take for something else. */
const stampOf = (at: Instant): string => new Date(at).toISOString().replace(/[-:]/g, '');
