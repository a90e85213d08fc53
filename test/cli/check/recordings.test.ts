import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingFindings } from '../../../src/cli/check/recordings.ts';
import type { RecordingsConfig } from '../../../src/config/recordings-config.ts';
import { Secret } from '../../../src/config/secret.ts';

const NOON = Date.UTC(2026, 10, 23, 12);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-recordings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function findings(settings: Partial<RecordingsConfig>) {
  return recordingFindings(
    {
      linkTemplate: undefined,
      folder,
      pathTemplate: 'movidesk/{file}',
      pbxPathTemplate: 'monitor/{date:yyyy/MM/dd}/{file}',
      timeZone: 'America/Sao_Paulo',
      isZoneGiven: false,
      served: undefined,
      ...settings,
    },
    'asterisk-movidesk',
    NOON,
  );
}

async function found(settings: Partial<RecordingsConfig> = {}) {
  const all = await findings(settings);
  return all.map(({ state, name, found: what }) => [state, name, what.replaceAll(folder, 'FOLDER')]);
}

test('a spool is looked at where the recordings of today are, and not only at its top', async () => {
  mkdirSync(join(folder, 'movidesk'));
  writeFileSync(join(folder, 'movidesk/talk.wav'), '');
  expect(await found()).toEqual([
    ['ok', 'folder', 'FOLDER, 1 entries, can be read by asterisk-movidesk'],
    ['ok', 'folder', 'FOLDER/movidesk, 1 entries, can be read by asterisk-movidesk'],
    ['skipped', 'folder', 'FOLDER/monitor/2026/11/23 is not there: nothing was recorded there today'],
  ]);
});

test('a place of today that cannot be read is told', async () => {
  symlinkSync('movidesk', join(folder, 'movidesk'));
  expect((await found())[1]).toEqual([
    'FAIL',
    'folder',
    'FOLDER/movidesk cannot be read by asterisk-movidesk: ELOOP',
  ]);
});

test('recordings that lie side by side are looked at once', async () => {
  expect(await found({ pathTemplate: '{file}', pbxPathTemplate: '{file}' })).toHaveLength(1);
});

test('days by UTC are warned of where a machine without a zone of its own would name them so', async () => {
  const zones = async (settings: Partial<RecordingsConfig>) =>
    (await found(settings)).filter(([, name]) => name === 'timeZone').map(([state]) => state);
  expect(await zones({ timeZone: 'UTC' })).toEqual(['warn']);
  expect(await zones({ timeZone: 'UTC', isZoneGiven: true })).toEqual([]);
  expect(await zones({ timeZone: 'America/Sao_Paulo' })).toEqual([]);
  expect(await zones({ timeZone: 'UTC', pbxPathTemplate: '{file}' })).toEqual([]);
  expect(await zones({ timeZone: 'UTC', folder: undefined })).toEqual(['warn']);
});

/** What is said of settings about places, and what is to be written instead. */
async function places(settings: Partial<RecordingsConfig>) {
  const all = await findings(settings);
  return all.flatMap((one) =>
    one.state === 'warn' && one.name !== 'timeZone'
      ? [[one.name, one.found.replaceAll(folder, 'FOLDER'), one.remedy]]
      : [],
  );
}
test('recordings of a kind that is not handed out are warned of, where the daemon is to hand them out', async () => {
  mkdirSync(join(folder, 'movidesk'));
  for (const name of ['a.sln', 'b.sln16', 'c.ulaw', 'd.alaw', 'e.wav', 'f.MP3', 'g.txt', 'sln'])
    writeFileSync(join(folder, 'movidesk', name), '');
  const served = someServed();
  expect(await places({ served })).toEqual([
    [
      'folder',
      '4 of the entries looked at in FOLDER/movidesk are recordings of a kind that is not handed out: .alaw, .sln, .sln16, .ulaw',
      expect.stringContaining('.wav'),
    ],
  ]);
  expect(await places(BY_PATH)).toEqual([]);
  for (const name of ['a.sln', 'b.sln16', 'c.ulaw', 'd.alaw']) rmSync(join(folder, 'movidesk', name));
  expect(await places({ served })).toEqual([]);
});

const BY_PATH = { linkTemplate: 'https://pbx/{path}' };
const BY_NAME = { linkTemplate: 'https://pbx/{file}' };
const SIDE_BY_SIDE = { pathTemplate: '{file}', pbxPathTemplate: '{file}' };

test.each([
  ['movidesk', 'pathTemplate', 'our dialplan records', 'movidesk/{file}'],
  ['monitor', 'pbxPathTemplate', 'as FreePBX does', 'monitor/{date:yyyy/MM/dd}/{file}'],
] as const)(
  'a whole spool in which %s is not named by %s is warned of',
  async (place, key, whose, template) => {
    mkdirSync(join(folder, place));
    expect(await places({ ...BY_PATH, ...SIDE_BY_SIDE })).toEqual([
      [
        key,
        expect.stringMatching(
          `^FOLDER holds a folder ${place}, and recordings\\.${key} does not begin with it: the first link to .*${whose} leads nowhere`,
        ),
        expect.stringContaining(`recordings.${key}: "${template}"`),
      ],
    ]);
    // Not a word of a place that only begins alike.
    expect(await places({ ...BY_PATH, ...SIDE_BY_SIDE, [key]: `${place}-old/{file}` })).toHaveLength(1);
    expect(await places({ ...BY_PATH, ...SIDE_BY_SIDE, [key]: template })).toEqual([]);
  },
);

test('a whole spool is warned of for both of its folders, and not where neither is there, or is no folder', async () => {
  writeFileSync(join(folder, 'movidesk'), '');
  expect(await places({ ...BY_PATH, ...SIDE_BY_SIDE })).toEqual([]);
  rmSync(join(folder, 'movidesk'));
  for (const place of ['movidesk', 'monitor']) mkdirSync(join(folder, place));
  const names = async (settings: Partial<RecordingsConfig>) => (await places(settings)).map(([name]) => name);
  expect(await names({ ...BY_PATH, ...SIDE_BY_SIDE })).toEqual(['pathTemplate', 'pbxPathTemplate']);
  const handedOut = await places({ ...SIDE_BY_SIDE, served: someServed() });
  expect(handedOut.map(([name]) => name)).toEqual(['pathTemplate', 'pbxPathTemplate']);
  for (const [, said] of handedOut) expect(said).toContain('leads nowhere');
  expect(await names({ ...BY_NAME, ...SIDE_BY_SIDE })).toEqual([
    'pathTemplate',
    'pbxPathTemplate',
    'linkTemplate',
  ]);
  expect(await names(BY_PATH)).toEqual([]);
});

test('where links go by the name alone, an unnamed folder does them no harm: only looks take longer', async () => {
  mkdirSync(join(folder, 'movidesk'));
  expect(await places({ ...BY_NAME, ...SIDE_BY_SIDE })).toEqual([
    ['pathTemplate', expect.stringContaining('the whole folder is gone through'), expect.any(String)],
  ]);
});

test('a link by the name alone is warned of where FreePBX records into another folder', async () => {
  const warned = async (settings: Partial<RecordingsConfig>) =>
    (await places(settings)).filter(([name]) => name === 'linkTemplate');
  expect(await warned(BY_NAME)).toEqual([
    ['linkTemplate', expect.stringContaining('FreePBX'), expect.stringContaining('{path}')],
  ]);
  expect(await warned({ ...BY_NAME, folder: undefined })).toHaveLength(1);
  expect(await warned({ linkTemplate: 'https://pbx/{date:yyyy/MM/dd}/{file}' })).toHaveLength(1);
  expect(await warned(BY_PATH)).toEqual([]);
  expect(await warned({ linkTemplate: 'https://pbx/{file}?in={path}' })).toEqual([]);
  expect(await warned({ linkTemplate: 'https://pbx/{callId}' })).toEqual([]);
  expect(await warned({ linkTemplate: 'https://pbx/find?name={file}' })).toEqual([]);
  expect(await warned({ ...BY_NAME, ...SIDE_BY_SIDE })).toEqual([]);
  expect(await warned({ ...BY_NAME, pbxPathTemplate: '{file}' })).toEqual([]);
  const daily = '{date:yyyy/MM/dd}/{file}';
  const bothDaily = { pathTemplate: daily, pbxPathTemplate: daily };
  expect(await warned({ linkTemplate: `https://pbx/${daily}`, ...bothDaily })).toEqual([]);
});

const someServed = () => ({
  folder,
  publicUrl: 'https://pbx/recordings',
  linkDays: 1,
  key: new Secret('0123456789abcdef'),
  previousKey: undefined,
});
