import { existsSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { configFilePath } from '../../config/config-file.ts';
import type { LoadRequest, LoadResult } from '../../config/load.ts';
import { schema } from '../../config/schema.ts';
import { settingsOf } from '../../config/setting.ts';
import { SECRETS } from '../load-without-secrets.ts';
import { type Finding, warn } from './finding.ts';

/** That root looks, who may read everything, on a machine where systemd gives the daemon another user. */
export const isRootUnderSystemd = (): boolean =>
  process.getuid?.() === 0 && existsSync('/run/systemd/system');

/** What the daemon reads by itself. Not the files of secrets: systemd may read those for it, as root. */
export function filesOfDaemon(request: LoadRequest, loaded: LoadResult): readonly string[] {
  const { file, env } = request;
  const named = loaded.ok ? NAMED.map((path) => loaded.values[path]) : [];
  return [
    configFilePath({ file, env }),
    ...named.filter((path): path is string => typeof path === 'string' && path !== ''),
  ];
}

const NAMED: readonly string[] = settingsOf(schema)
  .map(({ path }) => path)
  .filter((path) => path.endsWith('File') && !SECRETS.includes(path.slice(0, -'File'.length)));

/** Which of them root alone can read, where it would not be noticed before the daemon is started. */
export function accessFindings(
  files: readonly string[],
  partsOf: (file: string) => readonly Part[] = partsOnDisk,
): readonly Finding[] {
  return files.flatMap((file) => {
    const closed = partsOf(file).find(isClosed);
    if (closed === undefined) return [];
    return closed.isFolder ? [closedFolder(file, closed.path)] : [closedFile(file)];
  });
}

const closedFile = (file: string): Finding =>
  warn(
    'access',
    `${file} may be read by nobody but root, and systemd runs the daemon as another user`,
    `where it holds no secret, run chmod 644 ${file}, as it must be for a dynamic user; else give it to the group of the daemon's user and run chmod 640 on it`,
  );

const closedFolder = (file: string, folder: string): Finding =>
  warn(
    'access',
    `${file} lies in ${folder}, into which nobody but root may look, and systemd runs the daemon as another user`,
    `run chmod 755 ${folder}, or move the file`,
  );

/** A folder on the way to a file, or the file itself. */
interface Part extends Pick<Stats, 'mode' | 'uid' | 'gid'> {
  readonly path: string;
  readonly isFolder: boolean;
}

/** From the root down; nothing where it is not there: what is wrong then was told by whoever wanted to read it. */
function partsOnDisk(file: string): readonly Part[] {
  try {
    const path = realpathSync(file);
    return [...foldersAbove(path), path].map((part) => {
      const { mode, uid, gid } = statSync(part);
      return { path: part, isFolder: part !== path, mode, uid, gid };
    });
  } catch {
    return [];
  }
}

const foldersAbove = (path: string): readonly string[] =>
  path === dirname(path) ? [] : [...foldersAbove(dirname(path)), dirname(path)];

// To go through a folder, to read a file: bits of the group and of all others.
const THROUGH = { ofGroup: 0o010, ofOthers: 0o001 };
const READ = { ofGroup: 0o040, ofOthers: 0o004 };

/** An owner, or a group, who is not root was given it by somebody who knows the daemon's user. */
function isClosed({ isFolder, mode, uid, gid }: Part): boolean {
  const { ofGroup, ofOthers } = isFolder ? THROUGH : READ;
  const isForGroup = gid !== 0 && (mode & ofGroup) !== 0;
  return uid === 0 && !isForGroup && (mode & ofOthers) === 0;
}
