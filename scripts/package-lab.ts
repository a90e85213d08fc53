/**
 * Makes what the tests of the packages need: a small Debian, the tools that look at packages, and the packages themselves,
 * those of this checkout and of one with a lower number. The packages are made anew every time, for they are what is tested.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureRoot, installTools, run, settingUp, sweep } from './debian-root.ts';
import { LABS, NEW, OLD, OLD_VERSION, PACKAGE_ROOT, PACKAGES } from './package-rootfs.ts';

// Each test of a package takes a copy of the root filesystem, and some start a whole system in it.
const TOOLS = {
  mmdebstrap: 'mmdebstrap',
  lintian: 'lintian',
  man: 'man-db',
  mandoc: 'mandoc',
  'systemd-nspawn': 'systemd-container',
};

settingUp(() => {
  installTools(TOOLS);
  ensureRoot(PACKAGE_ROOT);
  sweep(LABS);
  rmSync(PACKAGES, { recursive: true, force: true });
  mkdirSync(PACKAGES, { recursive: true });
  const build = join(import.meta.dirname, 'package/build.ts');
  const pack = (out: string, ...more: readonly string[]) =>
    run(process.execPath, [build, '--fast', '--out', join(PACKAGES, out), ...more], 'Look above.');
  pack(NEW);
  pack(OLD, '--version', OLD_VERSION);
});
