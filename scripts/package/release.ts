import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

/** What a user reads first, and what that leads to. */
export const PAGES = ['README.md', 'README.pt-BR.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** What is packed, and for which machine. */
export interface Release {
  readonly version: string;
  /** As Node calls it: x64, arm64. */
  readonly arch: string;
  /** The version of the Node that is carried. */
  readonly nodeVersion: string;
  /** Every file is from this moment, so that the same source makes the same bytes. */
  readonly epochSeconds: number;
}

/** Node has builds for more; these two are what Debian's PBX machines are. */
const DEBIAN_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export function debianArch({ arch }: Release): string {
  const name = DEBIAN_ARCHITECTURES[arch];
  if (name === undefined) {
    throw new Error(`--arch takes one of ${Object.keys(DEBIAN_ARCHITECTURES).join(', ')}, not ${arch}`);
  }
  return name;
}

/** In Debian's order a tilde comes before everything: 1.0.0~rc.1 is older than 1.0.0, as 1.0.0-rc.1 is to npm. */
export const debianVersion = ({ version }: Release): string => version.replace('-', '~');

/** The release of this checkout, with what the command line wants to be different. */
export function releaseOf({ version, arch }: { version?: string; arch?: string }): Release {
  return {
    version: version ?? field('package.json', 'version'),
    arch: arch ?? process.arch,
    // The one that the tests ran on: the development dependency `node`.
    nodeVersion: field('node_modules/node/package.json', 'version'),
    epochSeconds: epoch(),
  };
}

function field(file: string, name: string): string {
  const read: unknown = JSON.parse(readFileSync(`${CHECKOUT}${file}`, 'utf8'));
  const value = new Map(Object.entries(read ?? {})).get(name);
  if (typeof value !== 'string') throw new Error(`${file} has no ${name}`);
  return value;
}

/** SOURCE_DATE_EPOCH as reproducible-builds.org defines it, else the time of the last commit. */
function epoch(): number {
  const given = process.env['SOURCE_DATE_EPOCH'];
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: CHECKOUT, encoding: 'utf8' });
  const seconds = Number(given ?? stdout ?? '');
  if (!(seconds > 0))
    throw new Error('not a git checkout: set SOURCE_DATE_EPOCH to the seconds of the release');
  return seconds;
}
