import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unservedEnding } from '../../adapters/recordings/recording-types.ts';
import type { RecordingsConfig } from '../../config/recordings-config.ts';
import { callIdFrom, type Instant } from '../../domain/identity.ts';
import { recordingPath } from '../../domain/recording/template-link.ts';
import { type Finding, fail, ok, skipped, warn } from './finding.ts';
import { placeFindings } from './recording-places.ts';

// Enough to see how the PBX leaves its files; a folder of a year has a hundred thousand.
const LOOKED_AT = 50;

/** Nothing here blocks, for the folder may lie on another machine that does not answer. */
export async function recordingFindings(
  recordings: RecordingsConfig,
  user: string,
  now: Instant,
): Promise<readonly Finding[]> {
  const places = await placeFindings(recordings);
  return [...(await folderFindings(recordings, user, now)), ...places, ...zoneFindings(recordings)];
}

async function folderFindings(
  recordings: RecordingsConfig,
  user: string,
  now: Instant,
): Promise<readonly Finding[]> {
  const { folder } = recordings;
  if (folder === undefined) return [skipped('folder', 'recordings.folder is empty, so nothing is looked at')];
  try {
    if (!(await stat(folder)).isDirectory()) return [fail('folder', `${folder} is no folder`, NAME_IT)];
    const below = placesOfToday(recordings, now).map((place) => join(folder, place));
    const own = await findingsIn(folder, recordings, user);
    return [own, ...(await Promise.all(below.map((place) => findingsBelow(place, recordings, user))))].flat();
  } catch (error) {
    return [fail('folder', `${folder} cannot be read by ${user}: ${whyOf(error)}`, remedyFor(folder, error))];
  }
}

/** Folders below that of recordings in which those of today should be: ours, and the PBX's. */
function placesOfToday(recordings: RecordingsConfig, callAt: Instant): readonly string[] {
  const callId = callIdFrom('today');
  const pathOf = recordingPath(recordings);
  const paths = [`${callId}-x.wav`, 'x.wav'].map((file) =>
    pathOf({ file, callId, callAt, extension: undefined, queue: undefined }),
  );
  return [...new Set(paths.map((path) => dirname(path)))].filter((place) => place !== '.');
}

async function findingsBelow(
  place: string,
  recordings: RecordingsConfig,
  user: string,
): Promise<readonly Finding[]> {
  try {
    return await findingsIn(place, recordings, user);
  } catch (error) {
    return [
      isAbsent(error)
        ? skipped('folder', `${place} is not there: nothing was recorded there today`)
        : fail('folder', `${place} cannot be read by ${user}: ${whyOf(error)}`, remedyFor(place, error)),
    ];
  }
}

async function findingsIn(
  folder: string,
  { served }: RecordingsConfig,
  user: string,
): Promise<readonly Finding[]> {
  const names = await readdir(folder);
  await access(folder, constants.X_OK);
  return [
    await readingFinding(folder, names, user),
    // A web server of the admin's may hand out whatever there is.
    ...(served === undefined ? [] : kindFindings(folder, names)),
  ];
}

/** A folder that can be read may hold files that cannot: Asterisk makes them for itself. */
async function readingFinding(folder: string, names: readonly string[], user: string): Promise<Finding> {
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

function kindFindings(folder: string, names: readonly string[]): readonly Finding[] {
  const endings = names.slice(-LOOKED_AT).flatMap((name) => unservedEnding(name) ?? []);
  if (endings.length === 0) return [];
  const kinds = [...new Set(endings)].sort().join(', ');
  return [
    warn(
      'folder',
      `${endings.length} of the entries looked at in ${folder} are recordings of a kind that is not handed out: ${kinds}`,
      'have the PBX record as .wav (in a dialplan of yours, the name given to MixMonitor or Record), or convert them in their place',
    ),
  ];
}

/** A machine that goes by UTC, as containers do, names other days in the evening than a PBX that goes by its own clock. */
function zoneFindings({
  linkTemplate = '',
  pathTemplate,
  pbxPathTemplate,
  timeZone,
  isZoneGiven,
}: RecordingsConfig): readonly Finding[] {
  const isDated = [linkTemplate, pathTemplate, pbxPathTemplate].some((one) => one.includes('{date:'));
  if (!isDated || isZoneGiven || !/^(?:Etc\/)?UTC$/.test(timeZone)) return [];
  return [warn('timeZone', 'days in paths and links are those of UTC, the zone of this machine', ZONE)];
}

const ZONE =
  "write the PBX's zone in recordings.timeZone: America/Sao_Paulo; or UTC, where the PBX goes by that";

const ONLY_ROOT =
  ', who may more than the daemon: its unit must name the group of the folder (SupplementaryGroups=)';
const NAME_IT = 'name in recordings.folder the folder where the PBX records: `movidesk` of its spool';

function remedyFor(folder: string, error: unknown): string {
  return isAbsent(error)
    ? `${NAME_IT}; Asterisk makes it at the first recording`
    : `add the daemon's user to the group of ${folder}, and chmod 750 it`;
}

const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

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
