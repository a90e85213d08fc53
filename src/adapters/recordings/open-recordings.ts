import { constants } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Opening, OpenRecordings } from '../../ports/recordings.ts';
import { faultOf } from './fault-of.ts';
import { inTime } from './in-time.ts';
import { RecordingReader } from './recording-reader.ts';
import { formsOf, isPlayed, recordingType, unservedEnding } from './recording-types.ts';
import type { DiskFile, RecordingsDisk } from './recordings-disk.ts';

// Without NONBLOCK a named pipe would be waited for, and with it one of the four threads that serve all files.
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

// Forty listen at once at most (recordings-room), each with one thing to ask of the disk. More have gone away unanswered.
const MOST_WAITING = 80;

export interface OpeningPlace {
  readonly folder: string;
  readonly disk: RecordingsDisk;
  readonly clock: Pick<Clock, 'after'>;
}

/**
 * Opens recordings below `folder`, and nothing that lies anywhere else, whatever the path says and wherever symbolic links
 * lead: what counts is where the file that is already open really lies, which nobody can change any more.
 * One that was converted since (a night's job makes `talk.mp3` of `talk.wav`) is found beside where it was.
 * Nobody waits for long: what the disk opens after that is closed again.
 */
export function openRecordings(place: OpeningPlace): OpenRecordings {
  const { disk, clock } = place;
  return async (path) => {
    if (!isWayBelow(path)) return { kind: 'outside' };
    if (recordingType(path) === undefined) return { kind: 'unserved' };
    if (disk.waiting >= MOST_WAITING) return { kind: 'silent' };
    const unwanted = new AbortController();
    const opening = openOneOf(formsOf(path), { ...place, unwanted: unwanted.signal });
    return inTime(opening, {
      clock,
      tooLate: () => {
        unwanted.abort();
        void opening.then(closeAgain);
        return { kind: 'silent' };
      },
    });
  };
}

function closeAgain(opening: Opening): void {
  if (opening.kind === 'open') opening.recording.close();
}

function isWayBelow(path: string): boolean {
  const steps = path.split('/');
  const isPlain = (step: string): boolean => step !== '' && step !== '.' && step !== '..';
  return steps.every(isPlain) && !/[\0\\]/.test(path);
}

interface Wanting extends OpeningPlace {
  /** Nobody waits any more. */
  readonly unwanted: AbortSignal;
}

async function openOneOf(candidates: readonly string[], wanting: Wanting): Promise<Opening> {
  for (const candidate of candidates) {
    const opening = await openBelow(candidate, wanting).catch(closed);
    if (opening.kind !== 'nothing') return opening;
  }
  return { kind: 'nothing' };
}

const closed = (error: unknown): Opening => ({ kind: 'closed', why: faultOf(error) });

async function openBelow(path: string, { folder, disk, clock, unwanted }: Wanting): Promise<Opening> {
  const file = await openOrNothing(join(folder, path), { disk, unwanted });
  if (file === undefined) return { kind: 'nothing' };
  await using unfinished = new AsyncDisposableStack();
  unfinished.defer(() => disk.close(file));
  // Linux's own word on what the descriptor is.
  const real = await disk.readlink(`/proc/self/fd/${file.fd}`);
  if (!real.startsWith(`${await disk.realpath(folder)}/`)) return { kind: 'outside' };
  const stat = await disk.statOf(file);
  if (unservedEnding(real) !== undefined) return { kind: 'unserved' };
  // A link may have kept the name from before it was converted.
  const type = recordingType(real) ?? recordingType(path);
  if (!stat.isFile() || type === undefined) return { kind: 'outside' };
  unfinished.move();
  const reader = new RecordingReader(file, { disk, clock });
  return {
    kind: 'open',
    recording: {
      bytes: stat.size,
      version: `${stat.ino}-${stat.size}-${stat.mtimeMs}`,
      path,
      type,
      isPlayed: isPlayed(type),
      sound: (part) => reader.sound(part),
      close: () => reader.close(),
    },
  };
}

async function openOrNothing(
  path: string,
  { disk, unwanted }: Pick<Wanting, 'disk' | 'unwanted'>,
): Promise<DiskFile | undefined> {
  try {
    return await disk.open(path, FLAGS, unwanted);
  } catch (error) {
    if (ABSENT.has(faultOf(error))) return undefined;
    throw error;
  }
}

const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);
