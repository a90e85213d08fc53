import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, fail, ok, skipped } from './finding.ts';

// Enough to see how the PBX leaves its files; a folder of a year has a hundred thousand.
const LOOKED_AT = 50;

/** Nothing here blocks, for the folder may lie on another machine that does not answer. */
export async function recordingFindings(
  folder: string | undefined,
  user: string,
): Promise<readonly Finding[]> {
  if (folder === undefined) return [skipped('folder', 'recordings.folder is empty, so nothing is looked at')];
  try {
    if (!(await stat(folder)).isDirectory()) return [fail('folder', `${folder} is no folder`, NAME_IT)];
    const names = await readdir(folder);
    await access(folder, constants.X_OK);
    return [await fileFinding(folder, names, user)];
  } catch (error) {
    return [fail('folder', `${folder} cannot be read by ${user}: ${whyOf(error)}`, remedyFor(folder, error))];
  }
}

/** A folder that can be read may hold files that cannot: Asterisk makes them for itself. */
async function fileFinding(folder: string, names: readonly string[], user: string): Promise<Finding> {
  const looked = await Promise.all(names.slice(-LOOKED_AT).map((name) => isOpen(join(folder, name))));
  const files = looked.filter((open) => open !== undefined);
  const closed = files.filter((open) => !open);
  if (closed.length === 0)
    return ok(
      'folder',
      `${folder}, ${names.length} entries, can be read by ${user}${user === 'root' ? ONLY_ROOT : ''}`,
    );
  return fail(
    'folder',
    `${closed.length} of ${files.length} files in ${folder} cannot be read by ${user}`,
    `add the daemon's user to the group of these files (ls -l ${folder}), and let Asterisk make them readable for it: UMask=0027 in its unit`,
  );
}

const ONLY_ROOT =
  ', who may more than the daemon: its unit must name the group of the folder (SupplementaryGroups=)';
const NAME_IT = 'name in recordings.folder the folder where the PBX records: `movidesk` of its spool';

function remedyFor(folder: string, error: unknown): string {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
    ? `${NAME_IT}; Asterisk makes it at the first recording`
    : `add the daemon's user to the group of ${folder}, and chmod 750 it`;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';

function whyOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'it is not there';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    default:
      return codeOf(error);
  }
}

/** Whether the file can be read; nothing for what is no file, or gone since. */
async function isOpen(path: string): Promise<boolean | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
    await access(path, constants.R_OK);
    return true;
  } catch (error) {
    return codeOf(error) === 'EACCES' ? false : undefined;
  }
}
