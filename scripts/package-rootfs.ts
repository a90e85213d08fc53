import { join } from 'node:path';
import { cacheFolder, type DebianRoot } from './debian-root.ts';

/** Debian as a PBX has it: nothing of Node, and systemd, which a test may start or leave alone. */
export const PACKAGE_ROOT: DebianRoot = {
  suite: 'bookworm',
  packages: ['systemd', 'systemd-sysv', 'dbus', 'iproute2'],
};

/** Where the packages lie that are tested: in a folder for the current one, and one for that with a lower number. */
export const PACKAGES = join(cacheFolder(), 'packages');
export const NEW = 'new';
export const OLD = 'old';
export const OLD_VERSION = '0.0.1';

/** Where the copies of the root filesystem lie, one for each test. */
export const LABS = join(cacheFolder(), 'package-labs');
