import { printable } from '../config/mistake.ts';

/** Columns under their heads, in lines that are safe on a terminal. The last column is as long as it likes. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heads, ...rows].map((row) => row.map(printable));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** As in the log, so that one finds the other. */
export const momentOf = (at: number): string => new Date(at).toISOString();

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** How long ago, in the largest unit that is full. */
export function ageText(ageMs: number): string {
  const [unit, unitMs] = UNITS.find(([, ms]) => ageMs >= ms) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ageMs / unitMs))} ${unit}`;
}
