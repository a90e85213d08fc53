import { constants, type Stats } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { CallId } from '../../domain/identity.ts';
import type { FoundRecording } from '../../domain/recording/link-repair.ts';
import type { Recording } from '../../domain/recording/recording.ts';
import type { Log } from '../../ports/log.ts';
import type { RecordingSearch, WantedRecording } from '../../ports/recording-search.ts';
import { type Entry, entriesBelow, entriesIn, type Looking } from './entries-below.ts';
import { faultOf } from './fault-of.ts';
import { formsOf, recordingType } from './recording-types.ts';
import type { RecordingsDisk } from './recordings-disk.ts';
import { unnamedRecordings } from './unnamed-recordings.ts';

// An offer that nobody answered leaves a head of 44 bytes and no sound.
const WAV_HEAD_BYTES = 44;
// A year of a busy PBX. Who was moved beyond that is not found: a look must not take minutes of the disk's time.
const MOST_ENTRIES = 200_000;

const FEWER =
  'remove recordings that are older than you promise to keep, or let pathTemplate and pbxPathTemplate name their places';

export interface SearchPlace extends Looking {
  readonly folder: string;
  /** Where below it a recording should be. */
  readonly pathOf: (recording: Recording) => string;
  readonly log: Pick<Log, 'warn'>;
  readonly mostEntries?: number;
}

/**
 * Finds recordings where they should be, beside that in another format, by the call's id where nobody saw the name, and
 * last anywhere below the folder: then the whole of it is gone through once for all that are missing. What is wrong with a
 * place below the folder keeps nobody else's recording from being found; only the folder's own fault rejects. One thing
 * after the other is asked of the disk, so that whoever listens meanwhile gets on.
 */
export function findRecordings(place: SearchPlace): RecordingSearch {
  const limited = limitOf(place);
  const { folder, pathOf, disk } = place;
  return async (wanted) => {
    const found = new Map<CallId, FoundRecording>();
    if (!(await isThere(place))) return found;
    const add = (callId: CallId, path: string) => found.set(callId, { file: basename(path), path });
    const missing: NamedRecording[] = [];
    for (const one of wanted.filter(isNamed)) {
      const path = await nearby(place, pathOf(one));
      if (path === undefined) missing.push(one);
      else add(one.callId, path);
    }
    if (missing.length > 0)
      await anywhere({ folder, disk }, missing, { entries: limited(entriesBelow(folder, place)), add });
    for (const [callId, path] of await byTheirCalls(place, wanted, limited)) add(callId, path);
    return found;
  };
}

type NamedRecording = WantedRecording & { readonly file: string };
const isNamed = (wanted: WantedRecording): wanted is NamedRecording => wanted.file !== undefined;

type Entries = AsyncIterable<Entry>;
type Limited = (entries: Entries) => Entries;

/** No more than so many entries; where there are more, that is told once. */
function limitOf({ folder, log, mostEntries = MOST_ENTRIES }: SearchPlace): Limited {
  let isTold = false;
  return async function* limited(entries) {
    let left = mostEntries;
    for await (const entry of entries) {
      if (left === 0) {
        if (!isTold)
          log.warn(
            { folder, entries: mostEntries, remedy: FEWER },
            'recordings.folder holds more than is looked through',
          );
        isTold = true;
        return;
      }
      left -= 1;
      yield entry;
    }
  };
}

async function nearby(
  { folder, disk }: Pick<SearchPlace, 'folder' | 'disk'>,
  expected: string,
): Promise<string | undefined> {
  for (const path of formsOf(expected)) if ((await soundIn(disk, join(folder, path))) > 0) return path;
  return undefined;
}

/** Two visits of one caller share a file that the PBX made. */
async function anywhere(
  { folder, disk }: Pick<SearchPlace, 'folder' | 'disk'>,
  missing: readonly NamedRecording[],
  { entries, add }: { entries: Entries; add: (callId: CallId, path: string) => void },
): Promise<void> {
  const sought = Map.groupBy(missing, ({ file }) => stemOf(file));
  for await (const entry of entries) {
    const calls = recordingType(entry.name) === undefined ? undefined : sought.get(stemOf(entry.name));
    if (calls === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await soundIn(disk, path)) === 0) continue;
    for (const { callId } of calls) add(callId, relative(folder, path));
    sought.delete(stemOf(entry.name));
    if (sought.size === 0) return;
  }
}

/** In the folders where our dialplan's recording and the PBX's own would be: the longest of each call. */
async function byTheirCalls(
  search: SearchPlace,
  wanted: readonly WantedRecording[],
  limited: Limited,
): Promise<ReadonlyMap<CallId, string>> {
  const { folder, pathOf, disk } = search;
  const unnamed = wanted.filter((one) => !isNamed(one));
  const callOf = unnamedRecordings(unnamed);
  const longest = new Map<CallId, { path: string; bytes: number }>();
  for (const place of placesOf(unnamed, pathOf)) {
    for await (const { name } of limited(entriesIn(join(folder, place), search))) {
      const callId = recordingType(name) === undefined ? undefined : callOf(name);
      if (callId === undefined) continue;
      const path = join(place, name);
      const bytes = await soundIn(disk, join(folder, path));
      if (bytes > (longest.get(callId)?.bytes ?? 0)) longest.set(callId, { path, bytes });
    }
  }
  return new Map([...longest].map(([callId, { path }]) => [callId, path]));
}

function placesOf(wanted: readonly WantedRecording[], pathOf: SearchPlace['pathOf']): ReadonlySet<string> {
  const ours = wanted.map((one) => pathOf({ ...one, file: `${one.callId}-x.wav` }));
  // The day of its folder is in its name.
  const ofThePbx = wanted.map((one) => pathOf({ ...one, file: `x-${one.uniqueid}.wav` }));
  return new Set([...ours, ...ofThePbx].map((path) => dirname(path)));
}

const stemOf = (file: string): string => file.slice(0, file.lastIndexOf('.'));

/** Bytes that may be heard; none for what is no file, is not there, or cannot be looked at. */
async function soundIn(disk: RecordingsDisk, path: string): Promise<number> {
  const found: Stats | undefined = await disk.stat(path).catch(() => undefined);
  return found?.isFile() === true ? Math.max(0, found.size - WAV_HEAD_BYTES) : 0;
}

/** Asterisk makes the folder at its first recording. Rejects where it is there and cannot be read. */
async function isThere({ folder, disk }: Pick<SearchPlace, 'folder' | 'disk'>): Promise<boolean> {
  try {
    await disk.access(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(faultOf(error))) return false;
    throw error;
  }
}
