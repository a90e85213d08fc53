import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Debian's first release since 11 that carries Asterisk; 12 and 13 have none. */
export const SUITE = 'forky';

/** `sip-tester` is SIPp; `procps` and `iproute2` are for the person who looks inside. */
export const PACKAGES = [
  'asterisk',
  'asterisk-modules',
  'asterisk-core-sounds-en',
  'asterisk-config',
  'sip-tester',
  'procps',
  'iproute2',
];

/** Where the root filesystem with Asterisk and SIPp lies: outside the checkout, one per list of packages. */
export function rootfsPath(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const key = createHash('sha256')
    .update([SUITE, ...PACKAGES].join(' '))
    .digest('hex')
    .slice(0, 12);
  return join(cache, 'asterisk-movidesk', `rootfs-${key}`);
}
