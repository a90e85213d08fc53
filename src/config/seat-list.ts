import { readGroups } from './group-list.ts';
import type { Mistake } from './mistake.ts';
import type { ValuesOf } from './setting.ts';
import { seatSchema, udeskSchema } from './udesk-schema.ts';

export type SeatValues = ValuesOf<typeof seatSchema>;

const SEATS = {
  path: 'udesk.seats',
  schema: seatSchema,
  noun: 'seat',
  unique: ['extension', 'agentId'],
} as const;

// Five hundred seats that were all written in the same wrong way would bury what is wrong elsewhere.
const MISTAKES_SHOWN = 20;

/** The entries of the list of seats; mistakes are added, and then the values mean nothing. */
export function readSeats(
  entries: readonly unknown[],
  origin: string,
  mistakes: Mistake[],
): readonly SeatValues[] {
  // Refused as a whole, by its own rule.
  if (!udeskSchema.seats.check(entries).ok) return [];
  const found: Mistake[] = [];
  const seats = readGroups(entries, { ...SEATS, origin }, found);
  mistakes.push(...found.slice(0, MISTAKES_SHOWN));
  const others = found.length - MISTAKES_SHOWN;
  if (others > 0) {
    const problem = `has ${others} more mistakes like these`;
    mistakes.push({ key: SEATS.path, problem, remedy: 'see that every entry has extension and agentId' });
  }
  return seats;
}
