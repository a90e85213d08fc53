import { dirname } from 'node:path';
import type { StoreFacts } from '../../adapters/sqlite/store-facts.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

// A call takes 2 KB (measured: 200,000 of them 430 MB). Below the first there is no room for the calls of a bad day and
// SQLite's journal; the second is a month of 1,500 calls a day.
const LEAST_FREE_BYTES = 16 * 1024 * 1024;
const COMFORTABLE_FREE_BYTES = 100 * 1024 * 1024;

// StateDirectory= of the unit. For a dynamic user it leads to the same below /var/lib/private.
const STATE_DIRECTORY = '/var/lib/asterisk-movidesk';

/** Root may do what the daemon's own user may not, and of a dynamic user nobody can try what they may. */
function onlyRoot(path: string, user: string): string {
  if (user !== 'root') return '';
  return dirname(path) === STATE_DIRECTORY
    ? '; systemd makes it so for the daemon (StateDirectory=)'
    : ', who may more than the daemon: under systemd its unit must let it write there (ReadWritePaths=, and the owner)';
}

export function storeFindings(path: string, facts: StoreFacts, user: string): readonly Finding[] {
  // Nothing can be said of a file in it.
  if (facts.folder === 'hidden') return [hidden(path, user)];
  return [
    folderFinding(path, { folder: facts.folder }, user),
    fileFinding(path, facts, user),
    roomFinding(path, facts),
    inUse(facts),
  ].flat();
}

const hidden = (path: string, user: string): Finding =>
  fail(
    'folder',
    `whether the folder of ${path} is there cannot be seen by ${user}: it lies behind one that is closed to them`,
    'run check with sudo; where this is the daemon’s own user, chown the folder to it, or name another file in store.path',
  );

function folderFinding(
  path: string,
  { folder }: { readonly folder: Exclude<StoreFacts['folder'], 'hidden'> },
  user: string,
): Finding {
  switch (folder) {
    case 'writable':
      return ok('folder', `writable for ${user}${onlyRoot(path, user)}`);
    case 'to-be-made':
      return ok('folder', `is not there yet; the daemon makes it`);
    case 'not-writable':
      return fail(
        'folder',
        `the folder of ${path} is not writable for ${user}`,
        `run check as the daemon's user; if it says the same: chown the folder to that user, or name another file in store.path`,
      );
    case 'missing':
      return fail(
        'folder',
        `the folder of ${path} is not there, and ${user} may not make it`,
        `mkdir -p it, and chown it to the daemon's user; or name another file in store.path`,
      );
    default:
      return folder satisfies never;
  }
}

function fileFinding(path: string, { file }: StoreFacts, user: string): Finding {
  switch (file) {
    case 'none':
      return ok('file', 'not there yet; the daemon makes it at its first start');
    case 'older':
      return ok('file', 'of an older version; the next start brings it up to date');
    case 'read':
      return ok('file', 'read, and nothing damaged found');
    case 'not-writable':
      return fail(
        'file',
        `${path} is not writable for ${user}`,
        `run check as the daemon's user; if it says the same: chown the file to that user`,
      );
    default:
      return fail('file', file.problem, file.remedy);
  }
}

function roomFinding(path: string, { freeBytes }: StoreFacts): Finding {
  const free = `${Math.floor(freeBytes / 1024 / 1024)} MB free`;
  if (freeBytes < LEAST_FREE_BYTES)
    return fail(
      'room',
      `${free}: soon no call can be kept`,
      `make room on the disk of ${path} (df -h ${path})`,
    );
  if (freeBytes < COMFORTABLE_FREE_BYTES)
    return warn('room', free, `make room on the disk of ${path}, or lower store.keepDays`);
  return ok('room', free);
}

function inUse({ isInUse }: StoreFacts): readonly Finding[] {
  if (isInUse === undefined) return [];
  return [ok('daemon', isInUse ? 'a daemon works on this store now' : 'no daemon works on this store now')];
}
