import { emptyGathering, gatherGroup } from './gather-group.ts';
import type { Mistake } from './mistake.ts';
import { queueSchema, schema } from './schema.ts';
import type { ValuesOf } from './setting.ts';
import { validate } from './validate.ts';

export type QueueValues = ValuesOf<typeof queueSchema>;

/** The entries of the list of queues, each with its defaults; mistakes are added, and then the values mean nothing. */
export function readQueues(
  entries: readonly unknown[],
  origin: string,
  mistakes: Mistake[],
): readonly QueueValues[] {
  // Refused as a whole; what is wrong with each of a hundred thousand entries need not be said.
  if (!schema.queues.check(entries).ok) return [];
  const queues = entries.flatMap((entry, index) => {
    const prefix = `queues[${index}].`;
    if (entry instanceof Map) return [readQueue(entry, prefix, origin, mistakes)];
    mistakes.push({
      key: `queues[${index}]`,
      problem: 'must be a group of keys',
      remedy: 'write name and movideskQueueId below one dash, each with a colon and a blank',
    });
    return [];
  });
  mistakes.push(
    ...repeated(queues, 'name'),
    ...repeated(queues, 'movideskQueueId'),
    ...repeated(queues, 'asteriskQueue'),
  );
  return queues;
}

function readQueue(
  entry: ReadonlyMap<unknown, unknown>,
  prefix: string,
  origin: string,
  mistakes: Mistake[],
): QueueValues {
  const context = { schema: queueSchema, prefix: '', origin, knownKeys: Object.keys(queueSchema) };
  const gathering = emptyGathering();
  gatherGroup(entry, context, gathering);
  mistakes.push(...gathering.mistakes.map((mistake) => ({ ...mistake, key: prefix + mistake.key })));
  return validate(queueSchema, gathering.given, { prefix, silent: new Set(), mistakes });
}

// Names that differ only in case are one name to Asterisk's queues, and to a tired person.
const comparable = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

function repeated(
  queues: readonly QueueValues[],
  key: 'name' | 'movideskQueueId' | 'asteriskQueue',
): readonly Mistake[] {
  const firstWith = new Map<unknown, number>();
  return queues.flatMap((queue, index) => {
    const value = comparable(queue[key]);
    // Empty is "none" and null is "missing", which is said elsewhere.
    if (value === '' || value === null) return [];
    const first = firstWith.get(value);
    if (first === undefined) {
      firstWith.set(value, index);
      return [];
    }
    const problem = `is the same as that of queues[${first}]`;
    return [{ key: `queues[${index}].${key}`, problem, remedy: 'give every queue its own' }];
  });
}
