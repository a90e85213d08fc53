import { join } from 'node:path';
import { configFileLines } from '../config/config-file.ts';
import { type LoadResult, loadConfig } from '../config/load.ts';
import type { Mistake } from '../config/mistake.ts';
import { schema } from '../config/schema.ts';
import { ENVIRONMENT_PREFIX, settingsOf } from '../config/setting.ts';
import { FORBIDDEN } from '../config/text-file.ts';
import { loadWithoutSecrets, SECRETS } from './load-without-secrets.ts';
import type { Surroundings } from './surroundings.ts';

/** One key with the value that is in force. */
export interface EffectiveSetting {
  readonly key: string;
  /** A secret is stars here, or words in brackets. */
  readonly value: unknown;
  readonly from: 'default' | 'file' | 'environment' | 'secret file' | 'credential' | 'nowhere';
  /** File and line, name of the variable, path of the file, name of the credential. */
  readonly where: string | undefined;
  /** Of a list of groups: the keys that an entry left out, `queues[0].ringSeconds`. */
  readonly leftOut: readonly string[];
  /** Its part is switched off. */
  readonly isOff: boolean;
}

export type Effective =
  | {
      readonly ok: true;
      readonly settings: readonly EffectiveSetting[];
      /** Secrets that could not be had, by a user who need not be the daemon's. */
      readonly withheld: readonly Mistake[];
    }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

interface Asked {
  readonly file: string | undefined;
  readonly env: Surroundings['env'];
}

/** What the daemon would work with. That this user has not all of its secrets is no mistake. */
export function effectiveConfig(asked: Asked): Effective {
  const loaded = loadConfig(asked);
  if (loaded.ok) return { ok: true, settings: settingsIn(loaded, [], asked), withheld: [] };
  const withheld = loaded.mistakes.filter(isWithheld);
  if (withheld.length < loaded.mistakes.length) return loaded;
  const missing = withheld.flatMap(secretOf);
  const needed = SECRETS.filter((path) => !missing.includes(path));
  const without = loadWithoutSecrets({ ...asked, needed });
  return without.ok ? { ok: true, settings: settingsIn(without, missing, asked), withheld } : without;
}

/** What the daemon may well have, from a credential or as another user. */
const isWithheld = (mistake: Mistake): boolean =>
  secretOf(mistake).length > 0 &&
  (mistake.problem === 'is missing' || mistake.problem.endsWith(FORBIDDEN.problem));

const secretOf = ({ key }: Mistake): readonly string[] =>
  SECRETS.filter((path) => key === path || key === `${path}File`);

function settingsIn(
  { origins, values }: Extract<LoadResult, { ok: true }>,
  missing: readonly string[],
  asked: Asked,
): readonly EffectiveSetting[] {
  const placeOf = placesIn(asked);
  return settingsOf(schema).map(({ path, setting }) => {
    const isOff = !path.endsWith('.enabled') && values[`${groupOf(path)}.enabled`] === false;
    const leftOut = Object.keys(origins).filter((key) => key.startsWith(`${path}[`));
    if (missing.includes(path))
      return { key: path, value: NOT_HAD, from: 'nowhere', where: undefined, leftOut, isOff };
    const place = placeOf(path, origins[path] ?? 'default', setting.secret?.credential);
    const value = setting.secret === undefined ? values[path] : shownSecret(values[path], isOff);
    return { key: path, value, ...place, leftOut, isOff };
  });
}

const NOT_HAD = '(not given to this user)';
const groupOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));

function shownSecret(secret: unknown, isOff: boolean): string {
  if (isOff) return '(not looked for)';
  return secret === undefined ? '(not given)' : String(secret);
}

type Place = Pick<EffectiveSetting, 'from' | 'where'>;

function placesIn(asked: Asked): (path: string, origin: string, credential: string | undefined) => Place {
  const { path: file, lines } = configFileLines(asked);
  const directory = asked.env['CREDENTIALS_DIRECTORY'] || undefined;
  return (path, origin, credential) => {
    if (origin === 'default') return { from: 'default', where: undefined };
    if (origin === 'file') return { from: 'file', where: [file, lines.get(path) ?? []].flat().join(':') };
    if (origin.startsWith(ENVIRONMENT_PREFIX)) return { from: 'environment', where: origin };
    return directory !== undefined && credential !== undefined && origin === join(directory, credential)
      ? { from: 'credential', where: credential }
      : { from: 'secret file', where: origin };
  };
}
