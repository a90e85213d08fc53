import { emptyGathering, gatherGroup } from './gather-group.ts';
import type { Mistake } from './mistake.ts';
import type { SettingGroup, ValuesOf } from './setting.ts';
import { validate } from './validate.ts';

/** A key whose value is a list of groups. */
interface GroupList<Entry extends SettingGroup> {
  readonly path: string;
  readonly schema: Entry;
  /** What an entry is called. */
  readonly noun: string;
  /** Keys that no two entries may have alike. */
  readonly unique: readonly (keyof Entry & string)[];
  readonly origin: string;
}

/** The entries of a list, each with its defaults; mistakes are added, and then the values mean nothing. */
export function readGroups<Entry extends SettingGroup>(
  entries: readonly unknown[],
  groups: GroupList<Entry>,
  mistakes: Mistake[],
): readonly ValuesOf<Entry>[] {
  const read = entries.flatMap((entry, index) => {
    const key = `${groups.path}[${index}]`;
    if (entry instanceof Map) return [readGroup(entry, key, groups, mistakes)];
    mistakes.push({ key, problem: 'must be a group of keys', remedy: howToWrite(groups.schema) });
    return [];
  });
  for (const key of groups.unique) mistakes.push(...repeated(read, key, groups));
  return read;
}

function howToWrite(schema: SettingGroup): string {
  const required = Object.keys(schema).filter((key) => schema[key]?.default === null);
  return `write ${required.join(' and ')} below one dash, each with a colon and a blank`;
}

function readGroup<Entry extends SettingGroup>(
  entry: ReadonlyMap<unknown, unknown>,
  key: string,
  { schema, origin }: GroupList<Entry>,
  mistakes: Mistake[],
): ValuesOf<Entry> {
  const prefix = `${key}.`;
  const gathering = emptyGathering();
  gatherGroup(entry, { schema, prefix: '', origin, knownKeys: Object.keys(schema) }, gathering);
  mistakes.push(...gathering.mistakes.map((mistake) => ({ ...mistake, key: prefix + mistake.key })));
  return validate(schema, gathering.given, { prefix, silent: new Set(), mistakes });
}

// Names that differ only in case are one name to Asterisk's queues, and to a tired person.
const comparable = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

function repeated(
  read: readonly unknown[],
  key: string,
  { path, noun }: { readonly path: string; readonly noun: string },
): readonly Mistake[] {
  const firstWith = new Map<unknown, number>();
  return read.flatMap((entry, index) => {
    const value = comparable(Reflect.get(Object(entry), key));
    // Empty is "none" and null is "missing", which is said elsewhere.
    if (value === '' || value === null) return [];
    const first = firstWith.get(value);
    if (first === undefined) {
      firstWith.set(value, index);
      return [];
    }
    const problem = `is the same as that of ${path}[${first}]`;
    return [{ key: `${path}[${index}].${key}`, problem, remedy: `give every ${noun} its own` }];
  });
}
