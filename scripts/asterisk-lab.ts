/**
 * Sets up the root filesystem in which `npm run test:asterisk` runs a real Asterisk and SIPp, and prints its version.
 * Running it again is harmless and quick: what is complete is kept.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ASTERISK_ROOT } from './asterisk-rootfs.ts';
import { ensureRoot, run, SetupError, settingUp, sweep } from './debian-root.ts';

/**
 * Without DNS, each new call blocks for up to five seconds on these two names. Asked at every run, because a kept
 * root filesystem may meet a machine of another name.
 */
function nameHosts(root: string): void {
  const file = join(root, 'etc/hosts');
  const line = `127.0.0.1 ${hostname()} A.ROOT-SERVERS.NET\n`;
  if (!readFileSync(file, 'utf8').includes(line)) appendFileSync(file, line);
}

function printVersion(root: string): void {
  const remedy = `Remove ${root} and run this again.`;
  if (!existsSync(join(root, 'usr/bin/sipp'))) throw new SetupError(`There is no SIPp in ${root}. ${remedy}`);
  run('chroot', [root, 'asterisk', '-V'], remedy);
}

settingUp(() => {
  const root = ensureRoot(ASTERISK_ROOT);
  nameHosts(root);
  sweep(join(root, 'lab'));
  printVersion(root);
});
