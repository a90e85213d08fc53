import { boolean } from './kind.ts';
import { readFields } from './reading.ts';
import type { ReadFields } from './table-types.ts';

/** The attributes of a caller. The document's PATCH writes the last one with an s at its end, its GET reads it without. */
const FLAGS = {
  verified_customer: boolean,
  bad_actor: boolean,
  repeat_customer: boolean,
  repeat_customers: boolean,
} as const;

/** Null: nothing is known there, or it could not be read. */
export type CustomerFlags = Omit<ReadFields<typeof FLAGS>, 'repeatCustomers'>;

/** Under which name a PATCH tells of a repeat customer. */
export type RepeatCustomerKey = 'both' | 'repeat_customer' | 'repeat_customers';

export function customerFlagsFrom(found: unknown): CustomerFlags {
  const { repeatCustomers, ...flags } = readFields(FLAGS, found);
  return { ...flags, repeatCustomer: flags.repeatCustomer ?? repeatCustomers };
}

/** The body of a PATCH with the repeat customer under the names that are wanted. */
export function repeatedUnder(
  key: RepeatCustomerKey,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { repeat_customer: repeat, ...others } = body;
  if (repeat === undefined) return others;
  const names = key === 'both' ? ['repeat_customer', 'repeat_customers'] : [key];
  return { ...others, ...Object.fromEntries(names.map((name) => [name, repeat])) };
}
