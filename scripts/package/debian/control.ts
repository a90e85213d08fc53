import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../file-tree.ts';
import { debianArch, debianVersion, type Release } from '../release.ts';

export const NAME = 'asterisk-movidesk';
export const CONFIG_FILE = '/etc/asterisk-movidesk/config.yaml';

// What Node's build is linked to: glibc 2.28 and GLIBCXX 3.4.21 are the newest that it asks for.
const DEPENDS = ['libc6 (>= 2.28)', 'libgcc-s1', 'libstdc++6 (>= 5.1)'];

/** Debian's own variables for whoever packs; without them an address that says it is none. */
export function maintainer(): string {
  const { DEBFULLNAME = 'The asterisk-movidesk authors', DEBEMAIL = 'authors@asterisk-movidesk.invalid' } =
    process.env;
  return `${DEBFULLNAME} <${DEBEMAIL}>`;
}

/** The text of DEBIAN/control for what lies in this folder. */
export function controlText(root: string, release: Release): string {
  const fields = {
    Package: NAME,
    Version: debianVersion(release),
    Architecture: debianArch(release),
    Maintainer: maintainer(),
    'Installed-Size': String(installedKilobytes(root)),
    Depends: DEPENDS.join(', '),
    // Without systemd somebody else must start it. An older one knows no LoadCredential.
    Recommends: 'systemd (>= 247)',
    // No more than that: apt installs what is recommended, and would put Debian's Asterisk over one that was built by hand.
    Suggests: 'asterisk',
    Section: 'comm',
    Priority: 'optional',
    Description: DESCRIPTION,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

const DESCRIPTION = `lets Movidesk decide which agent takes which caller
 A daemon beside an Asterisk PBX. Callers wait in the PBX; the daemon asks
 Movidesk's telephony API (with queue control) whose turn it is, puts them
 through to the agent's extension, and reports how each call ended.
 .
 Carries its own Node.js. Configured in ${CONFIG_FILE}.`;

/** As Debian counts it (deb-substvars(5)): each file in whole kilobytes, and one for everything else. */
function installedKilobytes(root: string): number {
  return filesBelow(root)
    .map((file) => lstatSync(join(root, file)))
    .reduce((sum, stat) => sum + (stat.isFile() ? Math.ceil(stat.size / 1024) : 1), 0);
}

/** The text of DEBIAN/md5sums; configuration files are left out, for dpkg keeps those itself. */
export function md5sums(root: string): string {
  return filesBelow(root)
    .filter((file) => `/${file}` !== CONFIG_FILE && lstatSync(join(root, file)).isFile())
    .map(
      (file) =>
        `${createHash('md5')
          .update(readFileSync(join(root, file)))
          .digest('hex')}  ${file}\n`,
    )
    .join('');
}
