import { readGroups } from './group-list.ts';
import type { Mistake } from './mistake.ts';
import { queueSchema, schema } from './schema.ts';
import type { ValuesOf } from './setting.ts';

export type QueueValues = ValuesOf<typeof queueSchema>;

const QUEUES = {
  path: 'queues',
  schema: queueSchema,
  noun: 'queue',
  unique: ['name', 'movideskQueueId', 'asteriskQueue'],
} as const;

/** The entries of the list of queues, each with its defaults; mistakes are added, and then the values mean nothing. */
export function readQueues(
  entries: readonly unknown[],
  origin: string,
  mistakes: Mistake[],
): readonly QueueValues[] {
  // Refused as a whole; what is wrong with each of a hundred thousand entries need not be said.
  if (!schema.queues.check(entries).ok) return [];
  return readGroups(entries, { ...QUEUES, origin }, mistakes);
}
