import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A program inside the root filesystem, in a session of its own. Should this process die without its last words,
 * the kernel ends the program (`--pdeathsig`), so that no Asterisk outlives its tests.
 */
export function spawnInRootfs(root: string, command: readonly string[], cwd?: string): ChildProcess {
  const inside = cwd === undefined ? command : ['/bin/sh', '-c', 'cd "$0" && exec "$@"', cwd, ...command];
  return spawn('setpriv', ['--pdeathsig', 'KILL', 'chroot', root, ...inside], {
    detached: true,
    stdio: 'ignore',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TERM: 'xterm', HOME: '/root', LANG: 'C.UTF-8' },
  });
}

export const hasExited = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/** Waits for the end that comes by itself, and kills by pid what has not ended in time. */
export async function endWithin(child: ChildProcess, timeoutMs: number): Promise<void> {
  if (hasExited(child)) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await once(child, 'exit');
  clearTimeout(timer);
}
