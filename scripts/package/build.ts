/**
 * `npm run package`: the Debian package and the tarball of this checkout, in `dist/`. Needs Debian's own tools (dpkg-deb, tar,
 * gzip) and npm; not root.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packDebian } from './debian/package.ts';
import { makeProgramTree } from './program-tree.ts';
import { CHECKOUT, releaseOf } from './release.ts';
import { packTarball } from './tarball.ts';

const HELP = `Usage: npm run package -- [--arch x64|arm64] [--version V] [--out FOLDER] [--fast]

  --arch A      the machine it is for; this one's
  --version V   instead of the one in package.json
  --out FOLDER  instead of dist/
  --fast        badly compressed, in seconds: for tests
`;

const { values } = parseArgs({
  options: {
    arch: { type: 'string' },
    version: { type: 'string' },
    out: { type: 'string', default: join(CHECKOUT, 'dist') },
    fast: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function build(): void {
  const { version, arch, fast } = values;
  const release = releaseOf({ ...(version && { version }), ...(arch && { arch }) });
  const dist = resolve(values.out);
  mkdirSync(dist, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'asterisk-movidesk-package-'));
  try {
    console.log(`asterisk-movidesk ${release.version} with Node ${release.nodeVersion}, for ${release.arch}`);
    const program = join(scratch, 'program');
    makeProgramTree(program, release);
    const packing = { program, dist, isFast: fast };
    for (const [name, pack] of [['deb', packDebian] as const, ['tar.gz', packTarball] as const]) {
      console.log(`packing the .${name}${fast ? '' : ', which may take a minute or two'} …`);
      const file = pack({ ...packing, scratch: join(scratch, name) }, release);
      console.log(`${file} (${(statSync(file).size / 1_000_000).toFixed(1)} MB)`);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

if (values.help) console.log(HELP);
else build();
