import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { IMAGE, STORAGE } from '../../scripts/container-store.ts';

const USER = 10_095;

// What an engine does with the options of compose.yaml: a network and a process table of its own, a root that cannot be written
// to, a /tmp in memory, no capability, no new privileges, and the image's user. $0 is the image, $1 the folder with what is
// mounted. Each `exec`s the next, so that the process we start becomes the command itself.
const WITHIN = `set -e
mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"
mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/tmp" && mount -t tmpfs tmpfs "$0/run"
mkdir "$0/run/secrets" && cp "$1"/secrets/* "$0/run/secrets/"
mount --bind "$1/state" "$0/var/lib/asterisk-movidesk"
mount --bind "$1/etc" "$0/etc/asterisk-movidesk"
ip link set lo up
image=$0; shift
exec chroot "$image" "$@"`;

const AS_USER = [
  ...['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs'],
  ...['--bounding-set=-all', '--inh-caps=-all', '--'],
];

export interface ContainerFiles {
  /** The text of config.yaml; nothing: there is none. */
  readonly config?: string;
  /** By their names in /run/secrets. */
  readonly secrets?: Readonly<Record<string, string>>;
}

function buildah(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('buildah', [...STORAGE, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`buildah ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** What the image says of itself, as `docker inspect` shows it. */
export function imageConfig(): Readonly<Record<string, unknown>> {
  const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', IMAGE));
  return Docker.config;
}

/** What the tests run on is the same for all of them, for none can write to it. */
class MountedImage implements Disposable {
  readonly #name = buildah('from', '--pull-never', IMAGE);
  readonly root = buildah('mount', this.#name);

  [Symbol.dispose](): void {
    buildah('rm', this.#name);
  }
}

const image = new MountedImage();
afterAll(() => image[Symbol.dispose]());

/** A container that is not running yet. Goes when the test is over. */
export class Container implements Disposable {
  readonly root = image.root;
  readonly #folder = mkdtempSync(join(tmpdir(), 'container-'));

  constructor({ config, secrets = {} }: ContainerFiles = {}) {
    for (const name of ['state', 'etc', 'secrets']) mkdirSync(join(this.#folder, name));
    // What a new volume takes from the image.
    spawnSync('chown', [`${USER}:${USER}`, join(this.#folder, 'state')]);
    if (config !== undefined) writeFileSync(join(this.#folder, 'etc/config.yaml'), config);
    // Without a secret the folder is not empty either, for `cp` wants something.
    for (const [name, text] of Object.entries({ none: '', ...secrets })) {
      writeFileSync(join(this.#folder, 'secrets', name), text);
    }
  }

  /** The image's entry point with these words; the child is the daemon itself. */
  starts(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const within = [this.root, this.#folder, ...AS_USER, ...listIn('Entrypoint'), ...words];
    return spawn('unshare', ['--net', '--mount', '--', '/bin/sh', '-c', WITHIN, ...within], {
      env: { PATH: pathOfImage(), ...env },
    });
  }

  /** As `docker exec` does it: a command beside the one that runs. */
  executes(words: readonly string[], beside: ChildProcess): ChildProcess {
    const where = ['--target', String(beside.pid), '--net', '--mount', '--root', '--wd'];
    return spawn('nsenter', [...where, ...AS_USER, ...words], { env: { PATH: pathOfImage() } });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

const listIn = (name: string): readonly string[] => Object(imageConfig()[name] ?? []);

/** Docker sets this one where the image names none. */
const pathOfImage = (): string =>
  String(listIn('Env').find((line) => line.startsWith('PATH=')) ?? '').slice('PATH='.length) ||
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
