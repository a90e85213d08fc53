import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BUSY_TIMEOUT_MS, TABLES_VERSION, versionOf } from './open-database.ts';
import { isDamage, unusable } from './sqlite-fault.ts';

/**
 * What is wrong with the store's file itself, if anything: no database, cut short, pages that contradict each other, or
 * rows that nobody can read. It is looked at whole at every start. A store of 200,000 calls (430 MB) takes 0.7 s, a month
 * of a hundred calls a day 10 ms; the first start after a boot reads it from the disk, 4 s for the former at 100 MB/s.
 * Throws a `StoreFault` where the file cannot be looked at, which says nothing about it.
 */
export function damageOf(path: string): string | undefined {
  if (isEmpty(path)) return isEmpty(`${path}-wal`) ? undefined : 'its journal is there, and nothing else';
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    return failedCheck(database) ?? unreadableRow(database);
  } catch (cause) {
    if (isDamage(cause)) return cause instanceof Error ? cause.message : String(cause);
    throw unusable(path, cause);
  } finally {
    database?.close();
  }
}

/** Nothing in it, or not there. */
export const isEmpty = (path: string): boolean => !existsSync(path) || statSync(path).size === 0;

function failedCheck(database: DatabaseSync): string | undefined {
  // Not quick_check: it does not hold the indexes against their tables, and open calls are found through one.
  const answer = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
  return answer === 'ok' ? undefined : String(answer);
}

// What a start has to understand. Rows of a newer version are not for us to judge.
const UNREADABLE = `
  SELECT 'call ' || call_id AS what FROM calls WHERE phase <> 'ended' AND
    CASE WHEN json_valid(body)
      THEN json_extract(body, '$.callId') IS NOT call_id OR json_extract(body, '$.phase') IS NOT phase
      ELSE TRUE END
  UNION ALL
  SELECT 'report ' || seq FROM outbox WHERE state IN ('due', 'parked') AND
    CASE WHEN json_valid(report)
      THEN json_extract(report, '$.callId') IS NOT call_id OR json_extract(report, '$.kind') IS NULL
      ELSE TRUE END`;

const UNREADABLE_RELAY = `
  SELECT 'relay ' || seq AS what FROM relays WHERE state IN ('due', 'parked') AND
    CASE WHEN json_valid(relay) THEN json_extract(relay, '$.kind') IS NULL ELSE TRUE END`;

const UNREADABLE_MADE_CALL = `
  SELECT 'made call ' || call_id AS what FROM made_calls WHERE ended_at IS NULL AND
    CASE WHEN json_valid(body) THEN json_extract(body, '$.callId') IS NOT call_id ELSE TRUE END`;

// Each where it can be: an older version did not have all of these tables.
const LOOKED_AT = [
  ['calls', UNREADABLE],
  ['relays', UNREADABLE_RELAY],
  ['made_calls', UNREADABLE_MADE_CALL],
] as const;

function unreadableRow(database: DatabaseSync): string | undefined {
  const version = versionOf(database);
  if (version < 1 || version > TABLES_VERSION) return undefined;
  const parts = LOOKED_AT.filter(([table]) => hasTable(database, table)).map(([, sql]) => sql);
  const row = database.prepare(`${parts.join(' UNION ALL ')} LIMIT 1`).get();
  return row === undefined ? undefined : `${row['what']} cannot be read`;
}

const hasTable = (database: DatabaseSync, name: string): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
