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

// So many has a subscriber's number in Brazil, and with fewer nobody outside is reached. The ninth digit of a mobile stands in
// front of them, like area, country and the prefixes for a line or a carrier, of which each number is dialled with others.
const DIGITS_OF_SUBSCRIBER = 8;

/**
 * A number as an agent has dialled it, against the whole one. Somebody elsewhere may have the same eight digits: what was
 * told of a transfer, or dialled, is erased once too often then, which is better than once too seldom.
 */
export function isOfSubscriber(dialled: unknown, digits: string): boolean {
  const found = digitsOf(dialled);
  const end = digits.slice(-DIGITS_OF_SUBSCRIBER);
  return found === digits || (end.length === DIGITS_OF_SUBSCRIBER && found.endsWith(end));
}

/** As `withoutQuote`, where the number is quoted as an agent has dialled it. */
export const withoutDialled = (said: unknown, digits: string): string | null =>
  withoutQuote(said, digits.slice(-DIGITS_OF_SUBSCRIBER));

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
