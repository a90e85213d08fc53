import { spawnSync } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end, answers what it printed, and throws with its complaint where it fails. */
export function command(
  name: string,
  args: readonly string[],
  { cwd, env = {} }: CommandOptions = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    // A listing of all files of a package has a few hundred kilobytes.
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  throw new Error(
    `${name} ${args.join(' ')} failed (${error?.message ?? `exit ${status}`})\n${stdout}${stderr}`,
  );
}
