/**
 * Sets up the root filesystem in which `npm run test:asterisk` runs a real Asterisk and SIPp, and prints its version.
 * Running it again is harmless and quick: what is complete is kept.
 */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { PACKAGES, rootfsPath, SUITE } from './asterisk-rootfs.ts';

class SetupError extends Error {}

function run(command: string, args: readonly string[], remedy: string): void {
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) {
    throw new SetupError(`${command} failed (${error?.message ?? `exit ${status}`}). ${remedy}`);
  }
}

const isThere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

function installTools(): void {
  if (isThere('mmdebstrap')) return;
  run('apt-get', ['update'], 'Check the package sources of this machine.');
  run(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'mmdebstrap'],
    'Install mmdebstrap by hand (Debian and Ubuntu carry it), then run this again.',
  );
}

/**
 * Without DNS, each new call blocks for up to five seconds on these two names. Asked at every run, because a kept
 * root filesystem may meet a machine of another name.
 */
function nameHosts(root: string): void {
  const file = join(root, 'etc/hosts');
  const line = `127.0.0.1 ${hostname()} A.ROOT-SERVERS.NET\n`;
  if (!readFileSync(file, 'utf8').includes(line)) appendFileSync(file, line);
}

/** Where two builds ran at once, the first one finished is as good as ours. */
function keep(built: string, root: string): void {
  try {
    renameSync(built, root);
  } catch (error) {
    if (!existsSync(root)) throw error;
  }
}

/** Built beside its place and renamed when complete, so that what has the name is whole. */
function build(root: string): void {
  const unfinished = `${root}.unfinished-${process.pid}`;
  mkdirSync(dirname(root), { recursive: true });
  try {
    run(
      'mmdebstrap',
      [
        // A mirror may lag behind its own expiry date; signatures are still checked.
        '--aptopt=Acquire::Check-Valid-Until "false"',
        '--variant=apt',
        `--include=${PACKAGES.join(',')}`,
        SUITE,
        unfinished,
      ],
      `The packages of Debian ${SUITE} could not be installed: check that this machine's Debian mirror is reachable ` +
        `and carries ${SUITE}, and that ${dirname(root)} has 500 MB free on a filesystem without nodev and noexec.`,
    );
    chmodSync(unfinished, 0o755);
    keep(unfinished, root);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

const DAY_MS = 86_400_000;

/** What a lab that was killed left behind. A day is far above the life of any lab. */
function sweep(root: string): void {
  const labs = join(root, 'lab');
  for (const name of existsSync(labs) ? readdirSync(labs) : []) {
    const age = Date.now() - statSync(join(labs, name)).mtimeMs;
    if (age > DAY_MS) rmSync(join(labs, name), { recursive: true, force: true });
  }
}

function printVersion(root: string): void {
  const remedy = `Remove ${root} and run this again.`;
  if (!existsSync(join(root, 'usr/bin/sipp'))) throw new SetupError(`There is no SIPp in ${root}. ${remedy}`);
  run('chroot', [root, 'asterisk', '-V'], remedy);
}

function setUp(): void {
  if (process.getuid?.() !== 0) {
    throw new SetupError('The lab needs root (mmdebstrap and chroot): run it in a container or with sudo.');
  }
  const root = rootfsPath();
  if (!existsSync(root)) {
    installTools();
    build(root);
  }
  nameHosts(root);
  sweep(root);
  printVersion(root);
}

try {
  setUp();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`asterisk-lab: ${error.message}`);
  process.exitCode = 1;
}
