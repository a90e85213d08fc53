import { type LoadResult, loadConfig } from '../config/load.ts';
import { schema } from '../config/schema.ts';
import { environmentName, settingsOf } from '../config/setting.ts';
import type { Surroundings } from './surroundings.ts';

interface Wanted {
  readonly file: string | undefined;
  readonly env: Surroundings['env'];
  /** The secrets that are needed all the same. */
  readonly needed?: readonly string[];
}

/** The paths of all keys that hold a secret. */
export const SECRETS: readonly string[] = settingsOf(schema)
  .filter(({ setting }) => setting.secret !== undefined)
  .map(({ path }) => path);

// As long as the longest that any of them must be.
const INSTEAD = 'not-needed-by-this-command';

/**
 * The daemon's secrets may come from where only the daemon can read them, as systemd's credentials do. A command can do
 * without most of them: what is wrong only because one of those is missing is no mistake.
 */
export function loadWithoutSecrets({ file, env, needed = [] }: Wanted): LoadResult {
  const loaded = loadConfig({ file, env });
  if (loaded.ok) return loaded;
  const instead = SECRETS.filter((path) => !needed.includes(path)).flatMap((path) => [
    [environmentName(path), INSTEAD],
    [environmentName(`${path}File`), undefined],
  ]);
  return loadConfig({ file, env: { ...env, ...Object.fromEntries(instead) } });
}
