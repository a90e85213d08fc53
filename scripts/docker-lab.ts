/**
 * Builds the image of the Dockerfile without Docker, for the tests: by buildah, on a base made of Debian's packages and the
 * Node that the development dependency brings. What differs from a build by Docker is the base and the engine.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IMAGE, STORAGE } from './container-store.ts';
import { ensureRoot, installTools, run, SetupError, settingUp } from './debian-root.ts';
import { PACKAGE_ROOT } from './package-rootfs.ts';

const CHECKOUT = join(import.meta.dirname, '..');
const BASE = 'localhost/asterisk-movidesk-base:test';

const buildah = (args: readonly string[], remedy = 'Look above.'): void =>
  run('buildah', [...STORAGE, ...args], remedy);

function answerOf(command: string, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new SetupError(`${command} ${args.join(' ')} failed (${error?.message ?? status})`);
  return stdout.trim();
}

/** What node:24-slim is: Debian, node, npm. */
function makeBase(scratch: string): void {
  const root = join(scratch, 'base');
  run('cp', ['-a', '--reflink=auto', ensureRoot(PACKAGE_ROOT), root], 'Free some room.');
  const local = join(root, 'usr/local');
  cpSync(realpathSync(join(CHECKOUT, 'node_modules/node/bin/node')), join(local, 'bin/node'));
  const npm = join(local, 'lib/node_modules/npm');
  cpSync(dirname(dirname(realpathSync(answerOf('which', ['npm'])))), npm, { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  writeFileSync(join(scratch, 'Dockerfile'), 'FROM scratch\nCOPY base /\n');
  buildah(['build', '--quiet', '--isolation', 'chroot', '--tag', BASE, scratch]);
}

/** How this machine's npm reaches its registry, which is for the build alone and not for the image. */
function npmSettings(scratch: string): readonly string[] {
  const file = join(scratch, 'npmrc');
  const setting = (name: string) => answerOf('npm', ['config', 'get', name]);
  const texts = [setting('globalconfig'), setting('userconfig')]
    .filter((one) => existsSync(one))
    .map((one) => readFileSync(one, 'utf8'));
  // Where a proxy looks into the connection, its authority is told to npm, or to Node.
  const authorities = [setting('cafile'), process.env['NODE_EXTRA_CA_CERTS'] ?? ''].find((one) =>
    existsSync(one),
  );
  const lines = [
    ...texts,
    `registry=${setting('registry')}`,
    ...(authorities ? [`cafile=${authorities}`] : []),
  ];
  writeFileSync(file, lines.join('\n'), { mode: 0o600 });
  const folder = authorities === undefined ? undefined : dirname(authorities);
  return ['--secret', `id=npmrc,src=${file}`, ...(folder ? ['--volume', `${folder}:${folder}:ro`] : [])];
}

settingUp(() => {
  installTools({ mmdebstrap: 'mmdebstrap', buildah: 'buildah' });
  const scratch = mkdtempSync(join(tmpdir(), 'asterisk-movidesk-image-'));
  try {
    // Half a gigabyte each, and nobody needs the last ones.
    buildah(['rmi', '--all', '--force']);
    makeBase(scratch);
    const bases = ['NODE_IMAGE', 'RUN_IMAGE'].flatMap((name) => ['--build-arg', `${name}=${BASE}`]);
    buildah([
      // Docker's own format: the other one has no HEALTHCHECK.
      ...['build', '--format', 'docker', '--isolation', 'chroot', '--pull-never', '--tag', IMAGE],
      ...[...bases, ...npmSettings(scratch), CHECKOUT],
    ]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
