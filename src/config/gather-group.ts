import { FROM_FILE, type GivenValue } from './given.ts';
import type { Mistake } from './mistake.ts';
import { nearestKeys } from './nearest.ts';
import { isSetting, type Schema, settingsOf } from './setting.ts';

export interface Gathering {
  readonly given: Map<string, GivenValue>;
  readonly mistakes: Mistake[];
  /** Keys whose value could not even be read: a mistake says so, and that they are missing need not be said. */
  readonly unreadable: Set<string>;
}

export const emptyGathering = (): Gathering => ({ given: new Map(), mistakes: [], unreadable: new Set() });

/** Which keys may stand in a group, what the whole group is called, and which keys there are at all. */
export interface GroupContext {
  readonly schema: Schema;
  readonly prefix: string;
  readonly origin: string;
  readonly knownKeys: readonly string[];
}

/** What the schema calls for at the top of the file, for `gatherGroup`. */
export const topOf = (schema: Schema): GroupContext => ({
  schema,
  prefix: '',
  origin: FROM_FILE,
  knownKeys: [...new Set([...Object.keys(schema), ...settingsOf(schema).map(({ path }) => path)])],
});

// Beyond these it is another file, not a slip of the pen, and each costs the search for what it may have meant.
const UNKNOWN_SHOWN = 20;

/** Sorts a group's entries into values of known settings and mistakes. Nothing is checked yet but the keys. */
export function gatherGroup(
  group: ReadonlyMap<unknown, unknown>,
  context: GroupContext,
  into: Gathering,
): void {
  const unknown: string[] = [];
  for (const [name, value] of group) {
    const key = String(name);
    const path = context.prefix + key;
    const node = Object.hasOwn(context.schema, key) ? context.schema[key] : undefined;
    if (node === undefined) unknown.push(key);
    else if (isSetting(node)) into.given.set(path, { value, origin: context.origin });
    else gatherInner(value, { ...context, schema: node, prefix: `${path}.` }, into);
  }
  into.mistakes.push(...unknownKeys(unknown, context));
}

function unknownKeys(keys: readonly string[], context: GroupContext): readonly Mistake[] {
  const mistakes = keys.slice(0, UNKNOWN_SHOWN).map((key) => unknownKey(key, context));
  const next = keys[UNKNOWN_SHOWN];
  if (next === undefined) return mistakes;
  const problem = `is not a known key, nor are ${keys.length - UNKNOWN_SHOWN - 1} after it`;
  const key = context.prefix + recognisable(next);
  return [...mistakes, { key, problem, remedy: 'see that this is the right file' }];
}

function gatherInner(value: unknown, context: GroupContext, into: Gathering): void {
  // A group whose keys are all commented out reads as null; its keys then have their defaults.
  if (value === null) return;
  if (value instanceof Map) {
    gatherGroup(value, context, into);
    return;
  }
  // The value is not shown: `token:abc`, the blank forgotten, ends up here as a text.
  into.mistakes.push({
    key: context.prefix.slice(0, -1),
    problem: 'must be a group of keys',
    remedy: 'write its keys indented below it, each followed by a colon and a blank',
  });
}

function unknownKey(key: string, { schema, prefix, knownKeys }: GroupContext): Mistake {
  const path = prefix + recognisable(key);
  const near = nearestKeys(prefix + key, knownKeys);
  const known = Object.keys(schema).map((name) => prefix + name);
  return {
    key: path,
    problem: 'is not a known key',
    remedy:
      near.length > 0 ? `the nearest known one is ${near.join(' or ')}` : `known here: ${known.join(', ')}`,
  };
}

// In `{ token:abc }`, the blank forgotten, the whole of `token:abc` is the key. So a key is shown up to the first
// character that no key has.
function recognisable(key: string): string {
  const shown = /^[A-Za-z0-9_-]{0,40}/.exec(key)?.[0] ?? '';
  if (key === '') return '""';
  return shown === key ? shown : `${shown}…`;
}
