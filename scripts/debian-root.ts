import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A root filesystem of Debian, kept outside the checkout: tests run what they must not install on the machine itself. */
export interface DebianRoot {
  readonly suite: string;
  readonly packages: readonly string[];
}

/** What a person must mend before the tests that need it can run. */
export class SetupError extends Error {}

/** One place for each suite with its list of packages, so that a changed list is built anew. */
export function rootPath({ suite, packages }: DebianRoot): string {
  const key = createHash('sha256')
    .update([suite, ...packages].join(' '))
    .digest('hex')
    .slice(0, 12);
  return join(cacheFolder(), `rootfs-${key}`);
}

/** Where everything lies that the tests make once and keep. */
export function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'asterisk-movidesk');
}

/** Runs a command to its end, its words on our own output. */
export function run(command: string, args: readonly string[], remedy: string): void {
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) {
    throw new SetupError(`${command} failed (${error?.message ?? `exit ${status}`}). ${remedy}`);
  }
}

/** Installs from Debian what is missing, a package for each command. */
export function installTools(tools: Readonly<Record<string, string>>): void {
  const missing = Object.entries(tools).flatMap(([command, name]) => (isThere(command) ? [] : [name]));
  if (missing.length === 0) return;
  const names = missing.join(' ');
  run('apt-get', ['update'], 'Check the package sources of this machine.');
  run(
    'apt-get',
    ['install', '-y', '--no-install-recommends', ...missing],
    `Install ${names} by hand (Debian and Ubuntu carry them), then run this again.`,
  );
}

const isThere = (command: string): boolean => spawnSync(command, ['--version']).error === undefined;

/** Builds it where it is not there yet, and answers its path. */
export function ensureRoot(wanted: DebianRoot): string {
  if (process.getuid?.() !== 0) {
    throw new SetupError('This needs root (mmdebstrap and chroot): run it in a container or with sudo.');
  }
  const root = rootPath(wanted);
  if (!existsSync(root)) {
    installTools({ mmdebstrap: 'mmdebstrap' });
    build(wanted, root);
  }
  return root;
}

/** Built beside its place and renamed when complete, so that what has the name is whole. */
function build({ suite, packages }: DebianRoot, root: string): void {
  const unfinished = `${root}.unfinished-${process.pid}`;
  mkdirSync(dirname(root), { recursive: true });
  try {
    run(
      'mmdebstrap',
      [
        // A mirror may lag behind its own expiry date; signatures are still checked.
        '--aptopt=Acquire::Check-Valid-Until "false"',
        '--variant=apt',
        `--include=${packages.join(',')}`,
        suite,
        unfinished,
      ],
      `The packages of Debian ${suite} could not be installed: check that this machine's Debian mirror is reachable ` +
        `and carries ${suite}, and that ${dirname(root)} has 500 MB free on a filesystem without nodev and noexec.`,
    );
    chmodSync(unfinished, 0o755);
    keep(unfinished, root);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Where two builds ran at once, the first one finished is as good as ours. */
function keep(built: string, root: string): void {
  try {
    renameSync(built, root);
  } catch (error) {
    if (!existsSync(root)) throw error;
  }
}

const DAY_MS = 86_400_000;

/** What a run that was killed left behind in a folder. A day is far above the life of any. */
export function sweep(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const age = Date.now() - statSync(join(folder, name)).mtimeMs;
    if (age > DAY_MS) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Runs a set-up, and says what to mend where it cannot be done. */
export function settingUp(setUp: () => void): void {
  try {
    setUp();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${basename(process.argv[1] ?? '', '.ts')}: ${error.message}`);
    process.exitCode = 1;
  }
}
