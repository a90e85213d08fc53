import type { Kind, Kinds } from './kind.ts';

/**
 * What an answer's value says, read as its kind (its type is `Read` of `operation-types.ts`), or nothing where it cannot
 * be that. Lenient where the document contradicts itself: numbers written as text and the reverse, lists that are null
 * or a single thing. Unknown keys are left out. Strict in one thing: what is not understood never passes for an empty
 * list, or a far side gone odd would look like one without any seat.
 */
export function read(kind: Kind, found: unknown): unknown {
  switch (kind.is) {
    case 'text':
    case 'word':
      return textFrom(found);
    case 'number':
      return numberFrom(found);
    case 'boolean':
      return booleanFrom(found);
    case 'list':
      return listFrom(kind.of, found);
    case 'map':
      return isRecord(found) ? found : undefined;
    case 'object':
      return objectFrom(kind.fields, found);
    case 'text-in':
      return textFrom(isRecord(found) ? found[kind.field] : found);
    case 'or-default':
      return found === 'default' ? found : read(kind.of, found);
    case 'optional':
      return read(kind.of, found) ?? null;
    case 'subscription-ids':
      return subscriptionIdsFrom(found);
    case 'anything':
      return found;
    case 'nothing':
      return null;
    default:
      return kind satisfies never;
  }
}

export function isRecord(found: unknown): found is Readonly<Record<string, unknown>> {
  return typeof found === 'object' && found !== null && !Array.isArray(found);
}

function textFrom(found: unknown): string | undefined {
  if (typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

function numberFrom(found: unknown): number | undefined {
  if (typeof found === 'number') return found;
  if (typeof found !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(found)) return undefined;
  return Number(found);
}

const BOOLEANS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
]);

function booleanFrom(found: unknown): boolean | undefined {
  return BOOLEANS.get(typeof found === 'string' ? found.toLowerCase() : found);
}

// As many seats as the longest answer has room for (`client.ts`). Ten times as many, each of them next to nothing, would
// hold up the loop for seconds.
const MOST_ELEMENTS = 20_000;

/** Null, an empty text and an empty object are ways to write an empty list; a single thing is a list of one. */
function listFrom(of: Kind, found: unknown): readonly unknown[] | undefined {
  if (found === undefined || found === null || found === '' || isEmpty(found)) return [];
  const elements = Array.isArray(found) ? found : [found];
  if (elements.length > MOST_ELEMENTS) return undefined;
  const values = elements.map((element) => read(of, element)).filter((value) => value !== undefined);
  return values.length === 0 && elements.length > 0 ? undefined : values;
}

function isEmpty(found: unknown): boolean {
  return isRecord(found) && Object.keys(found).length === 0;
}

function objectFrom(fields: Kinds, found: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(found)) return undefined;
  const names = Object.keys(fields);
  // Another object altogether, however many nulls could be made of it.
  if (!isEmpty(found) && !names.some((name) => Object.hasOwn(found, name))) return undefined;
  const values = Object.entries(fields).map(([name, kind]) => [name, fieldFrom(kind, found[name])] as const);
  return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values);
}

function fieldFrom(kind: Kind, found: unknown): unknown {
  const value = read(kind, found);
  return kind.is === 'list' ? value : (value ?? null);
}

function subscriptionIdsFrom(found: unknown): readonly unknown[] | undefined {
  if (!isRecord(found) || Object.hasOwn(found, 'SubId')) return listFrom(SUBSCRIPTION_ID, found);
  const pairs = Object.entries(found).map(([name, id]) => ({ SubId: numberFrom(id), name }));
  return pairs.every(({ SubId }) => SubId !== undefined) ? pairs : undefined;
}

const SUBSCRIPTION_ID: Kind = {
  is: 'object',
  fields: { SubId: { is: 'number', meanings: [] }, name: { is: 'text' } },
};
