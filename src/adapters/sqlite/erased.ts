import type { DatabaseSync } from 'node:sqlite';

/** Stands where a number was. */
export const ERASED = 'erased';

// A running daemon waits for each portion: some milliseconds.
const ROWS_AT_A_TIME = 200;

/** What is the same in every spelling of a number. */
export const digitsOf = (number: unknown): string => String(number).replace(/[^0-9]/g, '');

/** What a far side said, without any word of it where it quotes the number. */
export const withoutQuote = (said: unknown, digits: string): string | null => {
  if (typeof said !== 'string') return null;
  return digitsOf(said).includes(digits) ? ERASED : said;
};

export function inPortions<Row>(
  database: DatabaseSync,
  rows: readonly Row[],
  change: (row: Row) => void,
): void {
  for (let done = 0; done < rows.length; done += ROWS_AT_A_TIME) {
    database.exec('BEGIN IMMEDIATE');
    for (const row of rows.slice(done, done + ROWS_AT_A_TIME)) change(row);
    database.exec('COMMIT');
  }
}
