import type { DatabaseSync } from 'node:sqlite';
import { digitsOf, ERASED, inPortions, isOfSubscriber } from './erased.ts';

export interface RelaysErased {
  /** Relays that no longer carry the number. */
  readonly erased: readonly number[];
  /** Relays that carry it and are still to be told. */
  readonly stillNeeded: readonly number[];
}

interface Found {
  readonly seq: number;
  readonly isNeeded: boolean;
}

/**
 * Takes a number, known by its digits, out of relays that were told or given up, whichever field it stands in. A caller
 * may have been sent on to that person: then it is in a relay of another's call, or of none of ours.
 */
export function eraseInRelays(database: DatabaseSync, digits: string, onRow: () => void): RelaysErased {
  const found = relaysWith(database, digits, onRow);
  const erased = found.filter(({ isNeeded }) => !isNeeded).map(({ seq }) => seq);
  database.function('without_number', (relay) => without(relay, digits).text);
  const relays = database.prepare(`UPDATE relays SET relay = without_number(relay),
    cause = without_quote(cause), result = without_quote(result) WHERE seq = ?`);
  inPortions(database, erased, (seq) => relays.run(seq));
  return { erased, stillNeeded: found.filter(({ isNeeded }) => isNeeded).map(({ seq }) => seq) };
}

function relaysWith(database: DatabaseSync, digits: string, onRow: () => void): readonly Found[] {
  database.function('carries_number', (relay) => {
    onRow();
    return without(relay, digits).isChanged ? 1 : 0;
  });
  return database
    .prepare(`SELECT seq, state IN ('due', 'parked') AS needed FROM relays
      WHERE carries_number(relay) ORDER BY seq`)
    .all()
    .map((row) => ({ seq: Number(row['seq']), isNeeded: row['needed'] === 1 }));
}

function without(relay: unknown, digits: string): { readonly text: string; readonly isChanged: boolean } {
  let isChanged = false;
  const text = JSON.stringify(JSON.parse(String(relay)), (field, value: unknown) => {
    // An agent's extension is nobody's number, though somebody may have called from there.
    if (field === 'extension' || typeof value !== 'string') return value;
    const found = digitsOf(value);
    if (found !== digits && !(field === 'to' && isOfSubscriber(value, digits))) return value;
    isChanged = true;
    return ERASED;
  });
  return { text, isChanged };
}
