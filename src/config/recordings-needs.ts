import type { Mistake } from './mistake.ts';
import type { RecordingsValues } from './recordings-config.ts';
import { recordingsSchema } from './recordings-schema.ts';
import { waysToGive } from './secret-sources.ts';

const NEEDS = [
  { key: 'folder', remedy: "write the folder where the PBX records: `movidesk` of Asterisk's spool" },
  {
    key: 'publicUrl',
    remedy: 'write the address under which browsers reach /recordings/ of the HTTP port, through your proxy',
  },
  { key: 'key', remedy: waysToGive('recordings.key', recordingsSchema.key.secret.credential) },
] as const;

/** What is missing for handing recordings out, or in its way. Nothing is said of keys in `silent`, about which all was said. */
export function whatServingLacks(
  values: RecordingsValues,
  { silent, logLevel }: { silent: ReadonlySet<string>; logLevel: string },
): readonly Mistake[] {
  // Where something else stands there than true, its own rule says so.
  if (values.serve !== true) return [];
  const lacking = NEEDS.filter(({ key }) => values[key] === '' && !silent.has(`recordings.${key}`));
  return [
    ...lacking.map(({ key, remedy }) => ({
      key: `recordings.${key}`,
      problem: 'is missing while recordings.serve is true',
      remedy,
    })),
    ...(values.linkTemplate === '' ? [] : [TWO_LINKS]),
    ...(TOO_QUIET.has(logLevel) ? [NO_AUDIT] : []),
    ...(values.key !== '' && values.key === values.previousKey ? [SAME_KEYS] : []),
  ];
}

const TWO_LINKS: Mistake = {
  key: 'recordings.linkTemplate',
  problem: 'would never be used while recordings.serve is true',
  remedy: 'remove it, or set recordings.serve to false',
};

const SAME_KEYS: Mistake = {
  key: 'recordings.previousKey',
  problem: 'is the same as recordings.key',
  remedy: 'write the key of before, or remove it',
};

const TOO_QUIET: ReadonlySet<string> = new Set(['warn', 'error']);

const NO_AUDIT: Mistake = {
  key: 'log.level',
  problem: 'would leave out who heard which recording while recordings.serve is true',
  remedy: 'set it to info, or recordings.serve to false',
};
