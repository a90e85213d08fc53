import type { Kind, Kinds } from './kind.ts';
import { ourName } from './our-name.ts';

/** The fields of a request under the document's names. What is not given is left out, and so is what no row knows. */
export function writeFields(
  fields: Kinds,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const written = Object.entries(fields).map(([name, kind]) => [name, writeKind(kind, given[ourName(name)])]);
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}

function writeKind(kind: Kind, value: unknown): unknown {
  if (value === undefined) return undefined;
  switch (kind.is) {
    case 'optional':
      return writeKind(kind.of, value);
    case 'instant':
      return isoTextOf(Number(value));
    case 'words':
      return kind.prefix === '' ? value : `${kind.prefix}${String(value).replaceAll('-', '_')}`;
    default:
      return value;
  }
}

/** An instant that no calendar has is left out: the far side then says that it is missing. */
function isoTextOf(at: number): string | undefined {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
