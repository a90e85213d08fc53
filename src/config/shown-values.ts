import type { QueueValues } from './queue-list.ts';
import { schema } from './schema.ts';
import { Secret } from './secret.ts';
import { type Schema, settingsOf, type ValuesOf } from './setting.ts';

/** Values by the path of their key, as they may be shown: plain ones, a `Secret`, or `undefined` for one that is not given. */
export type ShownValues = Readonly<Record<string, unknown>>;

/** `queues`: with the defaults of their entries, for those who want to see what is in force. */
export function shownValues(
  values: ValuesOf<typeof schema>,
  { queues }: { readonly queues: readonly QueueValues[] },
): ShownValues {
  const written: Readonly<Record<string, unknown>> = flat(schema, { ...values, queues });
  const shown = settingsOf(schema).map(({ path, setting }) => [
    path,
    setting.secret === undefined ? plain(written[path]) : hidden(written[path]),
  ]);
  return Object.freeze(Object.fromEntries(shown));
}

/** The secrets among them as they are: what no line of the log may carry. */
export const secretsIn = (values: ShownValues): readonly string[] =>
  Object.values(values).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []));

const hidden = (value: unknown): Secret | undefined =>
  typeof value === 'string' && value !== '' ? new Secret(value) : undefined;

function flat(all: Schema, values: object): Readonly<Record<string, unknown>> {
  const paths = settingsOf(all).map(({ path }) => path);
  return Object.fromEntries(paths.map((path) => [path, at(values, path.split('.'))]));
}

function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? value : at(Reflect.get(Object(value), key), rest);
}

/** YAML's groups are `Map`s here, which JSON would show as nothing. */
function plain(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
