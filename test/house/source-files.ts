import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that is, or would be, committed: what git tracks and what it does not ignore. */
export function repositoryFiles(): readonly string[] {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  // A file removed and not yet committed is still listed.
  return [...new Set(listing.split('\0'))].filter((file) => file !== '' && existsSync(root + file)).sort();
}

export function textOf(file: string): string {
  return readFileSync(root + file, 'utf8');
}

/** The sources under a folder, by path. */
export function sourcesUnder(...folders: readonly string[]): ReadonlyMap<string, string> {
  const files = repositoryFiles().filter(
    (file) => /\.[jt]s$/.test(file) && folders.some((folder) => file.startsWith(`${folder}/`)),
  );
  return new Map(files.map((file) => [file, textOf(file)]));
}
