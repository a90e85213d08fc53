import type { DatabaseSync } from 'node:sqlite';
import { emptyJournal } from './open-database.ts';
import { openToChange } from './open-existing.ts';
import { storesAside } from './set-aside.ts';

/** Stands where a number was. */
const ERASED = 'erased';

export interface Erasure {
  /** Calls that no longer carry the number. */
  readonly erased: readonly string[];
  /** Calls that still need it: open ones, and those of which something is still to be told. */
  readonly stillNeeded: readonly string[];
  /** Nothing of it is left in the file: not while somebody reads from the journal. */
  readonly isJournalEmpty: boolean;
  /** Damaged stores that lie aside, in which nothing can be erased. */
  readonly aside: readonly string[];
}

// A running daemon waits for each portion: some milliseconds.
const CALLS_AT_A_TIME = 200;

// Another command is through by then; a person at a prompt of sqlite3 is not.
const PATIENCE_MS = 1_000;

const digitsOf = (number: unknown): string => String(number).replace(/[^0-9]/g, '');

/**
 * Forgets one person: takes the number, in whatever spelling, out of calls that are over and of which all is told. The
 * calls themselves stay until they are purged, for their ids must not be given again while a channel could come back.
 * Other numbers than the caller's the timeline keeps in part only, and stands open to nobody.
 */
export function eraseNumber(path: string, number: string): Erasure {
  const database = openToChange(path);
  try {
    const found = callsOf(database, digitsOf(number));
    const erased = found.filter(({ isNeeded }) => !isNeeded).map(({ callId }) => callId);
    blank(database, erased);
    return {
      erased,
      stillNeeded: found.filter(({ isNeeded }) => isNeeded).map(({ callId }) => callId),
      isJournalEmpty: emptyJournal(database, PATIENCE_MS),
      aside: storesAside(path),
    };
  } finally {
    database.close();
  }
}

interface Found {
  readonly callId: string;
  readonly isNeeded: boolean;
}

function callsOf(database: DatabaseSync, digits: string): readonly Found[] {
  database.function('digits', { deterministic: true }, (text) => digitsOf(text));
  const rows = database
    .prepare(`SELECT call_id, phase <> 'ended' OR EXISTS (
        SELECT 1 FROM outbox WHERE outbox.call_id = calls.call_id AND state IN ('due', 'parked')) AS needed
      FROM calls WHERE digits(json_extract(body, '$.clientNumber')) = ? ORDER BY entered_at, call_id`)
    .all(digits);
  return rows.map((row) => ({ callId: String(row['call_id']), isNeeded: row['needed'] === 1 }));
}

function blank(database: DatabaseSync, callIds: readonly string[]): void {
  const calls = database.prepare(
    `UPDATE calls SET body = json_set(body, '$.clientNumber', '${ERASED}') WHERE call_id = ?`,
  );
  const reports = database.prepare(`UPDATE outbox SET report = json_set(report, '$.clientNumber', '${ERASED}')
    WHERE call_id = ? AND json_extract(report, '$.clientNumber') IS NOT NULL`);
  for (let done = 0; done < callIds.length; done += CALLS_AT_A_TIME) {
    database.exec('BEGIN IMMEDIATE');
    for (const callId of callIds.slice(done, done + CALLS_AT_A_TIME)) {
      calls.run(callId);
      reports.run(callId);
    }
    database.exec('COMMIT');
  }
}
