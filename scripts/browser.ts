/**
 * Sees to it that there is a Chromium for `npm run test:browser`, and prints its version. Where there is none, Debian's is
 * installed. CHROMIUM names another one.
 */
import { spawnSync } from 'node:child_process';
import { browserPath } from './browser-path.ts';
import { installTools, SetupError, settingUp } from './debian-root.ts';

/** What it says of itself; nothing where it cannot be started. */
function versionOf(path: string): string | undefined {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

settingUp(() => {
  const path = browserPath();
  if (process.env['CHROMIUM'] === undefined) installTools({ [path]: 'chromium' });
  const version = versionOf(path);
  if (version === undefined) {
    throw new SetupError(`${path} cannot be started. CHROMIUM=/path/to/chromium names another one.`);
  }
  console.log(version);
});
