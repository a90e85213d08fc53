import type { Kind, Kinds, Words } from './kind.ts';
import { ourName } from './our-name.ts';
import type { ReadFields } from './table-types.ts';

/**
 * The fields of an answer, whatever the far side sent: an unknown key is left out, a missing or wrong value is null. So
 * an answer that has grown, or shrunk, or holds the document's own misspellings, costs nobody the rest of it.
 */
export function readFields<Fields extends Kinds>(fields: Fields, found: unknown): ReadFields<Fields> {
  const values = isRecord(found) ? found : {};
  const read = Object.entries(fields).map(([name, kind]) => [
    ourName(name),
    readKind(kind, Object.hasOwn(values, name) ? values[name] : undefined),
  ]);
  // `readKind` makes of each kind what `ReadFields` says of it; no type can follow it there.
  return Object.fromEntries(read) as ReadFields<Fields>;
}

export function isRecord(found: unknown): found is Readonly<Record<string, unknown>> {
  return typeof found === 'object' && found !== null && !Array.isArray(found);
}

function readKind(kind: Kind, found: unknown): unknown {
  switch (kind.is) {
    case 'text':
      return textFrom(found);
    case 'number':
      return numberFrom(found);
    case 'boolean':
      return booleanFrom(found);
    case 'instant':
      return instantFrom(found);
    case 'words':
      return wordFrom(kind, found);
    case 'list':
      return Array.isArray(found)
        ? found.map((one) => readKind(kind.of, one)).filter((one) => one !== null)
        : [];
    case 'object':
      return isRecord(found) ? readFields(kind.fields, found) : null;
    case 'optional':
      return readKind(kind.of, found);
    case 'anything':
      return found ?? null;
    default:
      return kind satisfies never;
  }
}

/** Ids are numbers in one place and text in another: either is taken for the other. */
function textFrom(found: unknown): string | null {
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' ? found.toWellFormed() : null;
}

function numberFrom(found: unknown): number | null {
  const value = typeof found === 'string' && /^-?\d{1,15}(\.\d+)?$/.test(found) ? Number(found) : found;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function booleanFrom(found: unknown): boolean | null {
  if (found === true || found === 'true') return true;
  return found === false || found === 'false' ? false : null;
}

// Without a zone it would be read as ours, and nobody says that it is.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function instantFrom(found: unknown): number | null {
  if (typeof found !== 'string' || !ISO_8601.test(found)) return null;
  const at = Date.parse(found);
  return Number.isNaN(at) ? null : at;
}

function wordFrom({ words, prefix, also }: Words, found: unknown): string | null {
  if (typeof found !== 'string') return null;
  const plain = plainly(found);
  const own = words.find((word) => [word, prefix + word].some((one) => plainly(one) === plain));
  return own ?? Object.entries(also).find(([other]) => plainly(other) === plain)?.[1] ?? null;
}

const plainly = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
