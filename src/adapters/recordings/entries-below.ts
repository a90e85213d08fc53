import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import { recordingType } from './recording-types.ts';
import type { RecordingsDisk } from './recordings-disk.ts';

// Looked at with nobody else's turn between them: about a millisecond.
const NAMES_AT_ONCE = 500;

export interface Entry {
  /** With the folder that was asked for before it. */
  readonly parentPath: string;
  readonly name: string;
}

export interface Looking {
  readonly disk: RecordingsDisk;
  readonly clock: Pick<Clock, 'after'>;
}

/**
 * All that is below a folder, one folder after the other. Node's own `recursive` reads whole subfolders while everything
 * else waits: with 60,000 files the callers stood for three seconds. Nor is Node asked for the kind of what it names
 * (`opendir`, `withFileTypes`): where the file system does not tell (NFS, some XFS), it looks at each one itself, and
 * everything waits for that, too. What is named like a recording is none of the folders to go through.
 * Rejects where the folder itself cannot be read.
 */
export async function* entriesBelow(folder: string, looking: Looking): AsyncGenerator<Entry> {
  const pending: string[] = [];
  const passOn = async function* (entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
    for await (const entry of entries) {
      yield entry;
      const path = join(entry.parentPath, entry.name);
      if (recordingType(entry.name) === undefined && (await isFolder(path, looking))) pending.push(path);
    }
  };
  yield* passOn(namesIn(folder, looking));
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    yield* passOn(entriesIn(next, looking));
}

/** Nothing of a folder that is not there or cannot be read: one that is closed (`lost+found`) hides nobody else's recordings. */
export async function* entriesIn(folder: string, looking: Looking): AsyncGenerator<Entry> {
  try {
    yield* namesIn(folder, looking);
  } catch {}
}

/** The names of one folder come in one piece: of 60,000, for which everything waits a tenth of a second, once in a look. */
async function* namesIn(parentPath: string, { disk, clock }: Looking): AsyncGenerator<Entry> {
  let inThisTurn = 0;
  for (const name of await disk.readdir(parentPath)) {
    if (inThisTurn === NAMES_AT_ONCE) await nextTurn(clock);
    inThisTurn = inThisTurn === NAMES_AT_ONCE ? 1 : inThisTurn + 1;
    yield { parentPath, name };
  }
}

const nextTurn = (clock: Pick<Clock, 'after'>): Promise<void> =>
  new Promise((resolve) => {
    clock.after(0, resolve);
  });

const isFolder = (path: string, { disk }: Looking): Promise<boolean> =>
  disk.lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
