import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingsConfig } from '../../config/recordings-config.ts';
import { type Finding, warn } from './finding.ts';

// The folders of Asterisk's spool, by who records there.
const PLACES = [
  { place: 'movidesk', key: 'pathTemplate', template: 'movidesk/{file}', whose: 'what our dialplan records' },
  {
    place: 'monitor',
    key: 'pbxPathTemplate',
    template: 'monitor/{date:yyyy/MM/dd}/{file}',
    whose: 'what the PBX records by itself, as FreePBX does',
  },
] as const;

/** Whether links lead to where recordings lie, as far as settings and folders show it. */
export async function placeFindings(recordings: RecordingsConfig): Promise<readonly Finding[]> {
  const there = await placesIn(recordings.folder);
  const unnamed = there.filter(({ place, key }) => !recordings[key].startsWith(`${place}/`));
  return [
    ...unnamed.map((place) => unnamedPlace(recordings, place)),
    ...(isAnotherFolderOfThePbx(recordings, there, unnamed) ? linkFindings(recordings) : []),
  ];
}

type Place = (typeof PLACES)[number];

async function placesIn(folder: string | undefined): Promise<readonly Place[]> {
  if (folder === undefined) return [];
  const isThere = await Promise.all(PLACES.map(({ place }) => isFolder(join(folder, place))));
  return PLACES.filter((_, at) => isThere[at]);
}

/** The daemon finds it all the same, by going through all there is. */
function unnamedPlace(
  { folder, linkTemplate, served }: RecordingsConfig,
  { place, key, template, whose }: Place,
): Finding {
  const isPathLinked = served !== undefined || linkTemplate?.includes('{path}');
  const harm = isPathLinked
    ? `the first link to ${whose} leads nowhere, and mending it costs a request for each call`
    : `whenever ${whose} is looked for, the whole folder is gone through`;
  return warn(
    key,
    `${folder} holds a folder ${place}, and recordings.${key} does not begin with it: ${harm}`,
    `write recordings.${key}: "${template}"; or let recordings.folder name the very folder in which recordings lie`,
  );
}

function isAnotherFolderOfThePbx(
  { pathTemplate, pbxPathTemplate }: RecordingsConfig,
  there: readonly Place[],
  unnamed: readonly Place[],
): boolean {
  const mayRecord = pbxPathTemplate !== '{file}' || there.some(({ place }) => place === 'monitor');
  return mayRecord && (unnamed.length > 0 || pathTemplate !== pbxPathTemplate);
}

/** A name alone cannot be right in two folders. Behind a question mark it is a program of somebody's that looks for it. */
function linkFindings({ linkTemplate = '' }: RecordingsConfig): readonly Finding[] {
  const [address = ''] = linkTemplate.split('?');
  if (!address.includes('{file}') || linkTemplate.includes('{path}')) return [];
  return [
    warn(
      'linkTemplate',
      'names the file of a recording and not its folder, and what the PBX records by itself, as FreePBX does, lies in another folder than what our dialplan records: one of both links leads nowhere',
      'write {path} in place of {file}: https://pbx.example.com/recordings/{path}; {path} begins with what pathTemplate and pbxPathTemplate begin with',
    ),
  ];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
