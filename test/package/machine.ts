import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { rootPath } from '../../scripts/debian-root.ts';
import { LABS, NEW, OLD, PACKAGE_ROOT, PACKAGES } from '../../scripts/package-rootfs.ts';
import { keepOutput } from '../kept-output/kept-output.ts';

/** What the daemon is given by every test of the packages and of the image, and nobody says. */
export const SECRETS = { asterisk: 'sesame', movidesk: 'c0ffee00' } as const;

export interface Outcome {
  readonly code: number | null;
  /** What it said, on both ways. */
  readonly text: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

// A network of its own in which only the loopback works, and the machine's processes to look at. Each `exec`s the next, so
// that the process we start becomes the command itself.
const WITHIN = 'ip link set lo up && mount -t proc proc /proc && cd "$0" && exec "$@"';

/** The package of this checkout, or the one with a lower number. */
export function debOf(which: 'new' | 'old'): string {
  const folder = join(PACKAGES, which === 'new' ? NEW : OLD);
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.deb'));
  if (name === undefined) throw new Error(`there is no package in ${folder}`);
  return join(folder, name);
}

/** A fresh Debian of its own, without network, which goes when the test is over. It is not started: no systemd runs in it. */
export class Machine implements Disposable {
  readonly root: string;

  constructor() {
    mkdirSync(LABS, { recursive: true });
    this.root = join(mkdtempSync(join(LABS, 'machine-')), 'root');
    const { status, stderr } = spawnSync('cp', [
      '-a',
      '--reflink=auto',
      `${rootPath(PACKAGE_ROOT)}/.`,
      this.root,
    ]);
    if (status !== 0) throw new Error(`no copy of the root filesystem: ${stderr}`);
    // Nothing here is to survive a power cut; waiting for the disk after each file would take minutes.
    this.writes('etc/dpkg/dpkg.cfg.d/unsafe-io', 'force-unsafe-io\n', 0o644);
  }

  [Symbol.dispose](): void {
    rmSync(dirname(this.root), { recursive: true });
  }

  /** Starts a command; the child is the command itself. */
  starts(words: readonly string[], { env = {}, cwd = '/' }: CommandOptions = {}): ChildProcess {
    const within = ['chroot', this.root, '/bin/sh', '-c', WITHIN, cwd, ...words];
    return spawn('unshare', ['--net', '--mount', '--', ...within], { env: { PATH, ...env } });
  }

  runs(words: readonly string[], options?: CommandOptions): Promise<Outcome> {
    return untilEnded(this.starts(words, options));
  }

  installs(which: 'new' | 'old', by: readonly string[] = ['dpkg', '-i']): Promise<Outcome> {
    copyFileSync(debOf(which), join(this.root, 'tmp/asterisk-movidesk.deb'));
    return this.runs([...by, '/tmp/asterisk-movidesk.deb'], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  }

  reads(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** A file that only root may read. */
  writes(path: string, text: string, mode = 0o600): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text, { mode });
  }

  /** Every path that a package must leave as it found it. */
  get files(): ReadonlySet<string> {
    return filesThatStay(this.root);
  }

  /** What came and what went. */
  changesSince(before: ReadonlySet<string>): readonly string[] {
    const after = this.files;
    const came = [...after].filter((path) => !before.has(path)).map((path) => `new: ${path}`);
    const went = [...before].filter((path) => !after.has(path)).map((path) => `gone: ${path}`);
    return [...came, ...went].sort();
  }
}

// What the machine itself writes while it runs, and what dpkg and apt keep of their own work.
const PASSING =
  /^\/(?:dev|proc|run|sys|tmp|var\/(?:log|cache|tmp)|var\/lib\/(?:apt|dpkg|systemd\/(?!deb-))|root\/\.)/;

function filesThatStay(root: string): ReadonlySet<string> {
  const { stdout } = spawnSync('find', [root, '-mindepth', '1', '-printf', '/%P\\n'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return new Set(stdout.split('\n').filter((path) => path !== '' && !PASSING.test(path)));
}

/** All that a process says until it ends. */
export function untilEnded(child: ChildProcess): Promise<Outcome> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      keepOutput({ secrets: Object.values(SECRETS), text });
      resolve({ code, text });
    });
  });
}

/** Resolves when the process has said this; rejects when it ends without. */
export function untilSays(child: ChildProcess, wanted: string): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.includes(wanted)) resolve(text);
    });
    child.on('close', () => reject(new Error(`it ended without saying "${wanted}": ${text}`)));
  });
}
