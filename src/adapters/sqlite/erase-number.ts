import type { DatabaseSync } from 'node:sqlite';
import { PASSED_ON } from '../../domain/identity.ts';
import { eraseInMadeCalls } from './erase-in-made-calls.ts';
import type { RelaysErased } from './erase-in-relays.ts';
import { eraseInRelays } from './erase-in-relays.ts';
import { digitsOf, ERASED, inPortions, isOfSubscriber, withoutDialled, withoutQuote } from './erased.ts';
import { emptyJournal } from './open-database.ts';
import { openToChange } from './open-existing.ts';
import { storesAside } from './set-aside.ts';

export interface Erasure {
  /** Calls that no longer carry the number. */
  readonly erased: readonly string[];
  /** Calls that still need it: open ones, and those of callers of which something is still to be told. */
  readonly stillNeeded: readonly string[];
  /** The same of relays, which may carry it though the call is another's, or none of ours. */
  readonly relays: RelaysErased;
  /** Nothing of it is left in the file: not while somebody reads from the journal. */
  readonly isJournalEmpty: boolean;
  /** Damaged stores that lie aside, in which nothing can be erased. */
  readonly aside: readonly string[];
}

// Another command is through by then; a person at a prompt of sqlite3 is not.
const PATIENCE_MS = 1_000;

/**
 * Forgets one person: takes the number, in whatever spelling, out of calls that are over and of which all is told. The
 * calls themselves stay until they are purged, for their ids must not be given again while a channel could come back.
 * Other numbers than the caller's the timeline keeps in part only, and stands open to nobody. `onRow` is called at each
 * row that is looked at, which of a store of some hundred megabytes takes seconds.
 */
export function eraseNumber(path: string, number: string, onRow: () => void = () => {}): Erasure {
  const database = openToChange(path);
  try {
    const digits = digitsOf(number);
    const found = callsOf(database, digits, onRow);
    const over = found.filter(({ isNeeded }) => !isNeeded);
    const erased = over.map(({ callId }) => callId);
    database.function('without_quote', (said) => withoutQuote(said, digits));
    database.function('without_dialled', (said) => withoutDialled(said, digits));
    blank(database, over);
    const made = eraseInMadeCalls(database, digits, onRow);
    const stillNeeded = found.filter(({ isNeeded }) => isNeeded).map(({ callId }) => callId);
    return {
      erased: [...erased, ...made.erased],
      stillNeeded: [...stillNeeded, ...made.stillNeeded],
      relays: eraseInRelays(database, digits, onRow),
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
  /** Their caller's number stands as an agent has dialled it. */
  readonly isDialled: boolean;
}

function callsOf(database: DatabaseSync, digits: string, onRow: () => void): readonly Found[] {
  database.function('is_theirs', { deterministic: true }, (number, isDialled) => {
    onRow();
    return (isDialled === 1 ? isOfSubscriber(number, digits) : digitsOf(number) === digits) ? 1 : 0;
  });
  const rows = database
    .prepare(`SELECT call_id, uniqueid GLOB '*${PASSED_ON}' AS dialled, phase <> 'ended' OR EXISTS (
        SELECT 1 FROM outbox WHERE outbox.call_id = calls.call_id AND state IN ('due', 'parked')) AS needed
      FROM calls WHERE is_theirs(json_extract(body, '$.clientNumber'), dialled) ORDER BY entered_at, call_id`)
    .all();
  return rows.map((row) => ({
    callId: String(row['call_id']),
    isNeeded: row['needed'] === 1,
    isDialled: row['dialled'] === 1,
  }));
}

// In calls, and in what was told of them, without what `without` finds a number in. Each statement takes the call's id.
const blanking = (without: 'without_quote' | 'without_dialled'): readonly string[] => [
  `UPDATE calls SET body = json_set(body, '$.clientNumber', '${ERASED}') WHERE call_id = ?`,
  `UPDATE outbox SET report = json_set(report, '$.clientNumber', '${ERASED}')
    WHERE call_id = ? AND json_extract(report, '$.clientNumber') IS NOT NULL`,
  `UPDATE relays SET relay = json_set(relay, '$.clientNumber', '${ERASED}')
    WHERE call_id = ? AND state IN ('delivered', 'dropped') AND json_extract(relay, '$.clientNumber') IS NOT NULL`,
  // FreePBX writes numbers into the names of recordings.
  `UPDATE calls SET body = json_remove(body, '$.recorded') WHERE call_id = ?`,
  `UPDATE outbox SET report = json_set(report, '$.link', ${without}(json_extract(report, '$.link')))
    WHERE call_id = ? AND json_extract(report, '$.link') IS NOT NULL`,
  `UPDATE outbox SET cause = ${without}(cause) WHERE call_id = ?`,
  `UPDATE relays SET cause = ${without}(cause), result = ${without}(result) WHERE call_id = ?`,
];

function blank(database: DatabaseSync, calls: readonly Found[]): void {
  const prepared = (without: Parameters<typeof blanking>[0]) =>
    blanking(without).map((sql) => database.prepare(sql));
  const [whole, dialled] = [prepared('without_quote'), prepared('without_dialled')];
  inPortions(database, calls, ({ callId, isDialled }) => {
    for (const statement of isDialled ? dialled : whole) statement.run(callId);
  });
}
