import type { OutboxRow, Progress } from '../adapters/sqlite/store-reader.ts';
import { shownFile } from '../domain/recording/shown-file.ts';
import type { StoreView } from './store-command.ts';
import { momentOf, table } from './table.ts';

/** What Movidesk had to be told of one call, and how far that has come. */
export function toldText(rows: readonly OutboxRow[]): string {
  if (rows.length === 0) return 'Movidesk had to be told nothing of it.';
  return table(
    ['ID', 'WHAT', 'TOLD', 'LINK'],
    rows.map((row) => [String(row.seq), row.report.kind, stateText(row), linkOf(row) ?? '']),
  );
}

export function stateText({ state, settledAt, attempts, cause }: Progress): string {
  const why = cause === undefined ? '' : `: ${cause}`;
  switch (state) {
    case 'delivered':
      return settledAt === undefined ? 'told' : momentOf(settledAt);
    case 'dropped':
      return `never, given up ${settledAt === undefined ? '' : momentOf(settledAt)}${why}`;
    case 'parked':
      return `not yet, parked${why}`;
    case 'due':
      return attempts === 0 ? `not yet${why}` : `not yet, failed ${attempts} times${why}`;
  }
}

/** The same for a script. */
export const toldFacts = (row: OutboxRow, number: StoreView['number']) => ({
  id: row.seq,
  report: withMaskedNumbers(row.report, number),
  ...progressFacts(row),
});

/** Where a number of somebody's may stand in a report or a relay. */
const NUMBERS = new Set(['clientNumber', 'to']);

export const withMaskedNumbers = (told: object, number: StoreView['number']) =>
  Object.fromEntries(
    Object.entries(told).map(([name, value]) => {
      if (NUMBERS.has(name)) return [name, number(String(value))];
      return [name, name === 'link' && typeof value === 'string' ? shownLink(value) : value];
    }),
  );

export const progressFacts = ({ state, attempts, cause, settledAt }: Progress) => ({
  state,
  attempts,
  reason: cause ?? null,
  settledAt: settledAt === undefined ? null : momentOf(settledAt),
});

function linkOf({ report }: OutboxRow): string | undefined {
  return 'link' in report && report.link !== undefined ? shownLink(report.link) : undefined;
}

/** Without what signs it, for whoever has that hears the call; and FreePBX writes callers' numbers into names. */
const shownLink = (link: string): string => shownFile(link.replace(/\?.*$/s, ''));
