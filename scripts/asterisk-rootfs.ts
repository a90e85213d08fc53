import { type DebianRoot, rootPath } from './debian-root.ts';

export const ASTERISK_ROOT: DebianRoot = {
  // Debian's first release since 11 that carries Asterisk; 12 and 13 have none.
  suite: 'forky',
  // `sip-tester` is SIPp; `procps` and `iproute2` are for the person who looks inside.
  packages: [
    'asterisk',
    'asterisk-modules',
    'asterisk-core-sounds-en',
    'asterisk-config',
    'sip-tester',
    'procps',
    'iproute2',
  ],
};

/** Where the root filesystem with Asterisk and SIPp lies. */
export const rootfsPath = (): string => rootPath(ASTERISK_ROOT);
