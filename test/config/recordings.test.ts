import { expect, expectTypeOf, test } from 'vitest';
import type { LoadResult } from '../../src/config/load.ts';
import type { RecordingsConfig } from '../../src/config/recordings-config.ts';
import type { Secret } from '../../src/config/secret.ts';
import { configOf, Folder, fileWith, load, mistakesOf, onlyMistake } from './config-builder.ts';

const KEY = 'not-a-key-of-anybody';
const OLD_KEY = 'not-a-key-any-more--';
const SERVED = {
  serve: true,
  folder: '/var/spool/asterisk/movidesk',
  publicUrl: 'https://pbx.example.com/recordings/',
  key: KEY,
};

const loadRecordings = (recordings: Readonly<Record<string, unknown>>, env = {}): LoadResult =>
  load({ yaml: fileWith({ recordings }), env });
const recordingsOf = (result: LoadResult): RecordingsConfig => configOf(result).recordings;

test('nothing is handed out, and nothing linked, unless the admin says so', () => {
  expect(recordingsOf(load({ yaml: fileWith() }))).toEqual({
    linkTemplate: undefined,
    folder: undefined,
    pathTemplate: '{file}',
    pbxPathTemplate: '{file}',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    isZoneGiven: false,
    served: undefined,
  });
});

test('an admin who hands recordings out gives folder, address and key, and no more', () => {
  const { served } = recordingsOf(loadRecordings(SERVED));
  expect(served).toEqual({
    folder: '/var/spool/asterisk/movidesk',
    publicUrl: 'https://pbx.example.com/recordings',
    linkDays: 365,
    key: served?.key,
    previousKey: undefined,
  });
  expect(served?.key.reveal()).toBe(KEY);
  expect(JSON.stringify(served)).not.toContain(KEY);
  expectTypeOf<NonNullable<RecordingsConfig['served']>['key']>().toEqualTypeOf<Secret>();
});

test('the keys come from files and from systemd like every other secret', () => {
  using folder = new Folder();
  const keyFile = folder.write('recordings-key', `${KEY}\n`);
  folder.write('recordings-previous-key', OLD_KEY);
  const { key: _key, ...keyless } = SERVED;
  const { served } = recordingsOf(
    loadRecordings({ ...keyless, keyFile }, { CREDENTIALS_DIRECTORY: folder.path }),
  );
  expect([served?.key.reveal(), served?.previousKey?.reveal()]).toEqual([KEY, OLD_KEY]);
});

test('of what is switched off no file is looked for', () => {
  expect(recordingsOf(loadRecordings({ keyFile: '/nowhere/key' })).served).toBeUndefined();
});

test.each(['folder', 'publicUrl', 'key'] as const)(
  'without %s nothing can be handed out, which is said',
  (lacking) => {
    const { key, problem, remedy } = onlyMistake(loadRecordings({ ...SERVED, [lacking]: '' }));
    expect({ key, problem }).toEqual({
      key: `recordings.${lacking}`,
      problem: 'is missing while recordings.serve is true',
    });
    expect(remedy).not.toBe('');
  },
);

test('what would have no effect, or no sense, is refused', () => {
  const both = loadRecordings({ ...SERVED, linkTemplate: 'https://pbx.example.com/{file}' });
  expect(onlyMistake(both)).toMatchObject({
    key: 'recordings.linkTemplate',
    problem: expect.stringContaining('never be used'),
  });
  const same = onlyMistake(loadRecordings({ ...SERVED, previousKey: KEY }));
  expect(same.key).toBe('recordings.previousKey');
  expect(JSON.stringify(same)).not.toContain(KEY);
});

test('a key that could be guessed is refused, and not shown', () => {
  const mistakes = mistakesOf(loadRecordings({ ...SERVED, key: 'hush-too-short' }));
  expect(mistakes.map(({ key }) => key)).toEqual(['recordings.key']);
  expect(JSON.stringify(mistakes)).not.toContain('hush');
});

test.each(['warn', 'error'])(
  'at log.level %s nobody would learn who heard a recording, so none are handed out then',
  (level) => {
    const { key, problem } = onlyMistake(load({ yaml: fileWith({ recordings: SERVED, log: { level } }) }));
    expect([key, problem]).toEqual([
      'log.level',
      'would leave out who heard which recording while recordings.serve is true',
    ]);
    expect(load({ yaml: fileWith({ log: { level } }) }).ok).toBe(true);
  },
);

test.each(['info', 'debug'])('at log.level %s recordings may be handed out', (level) => {
  expect(load({ yaml: fileWith({ recordings: SERVED, log: { level } }) }).ok).toBe(true);
});
