import { expect, test } from 'vitest';
import { type LoadResult, loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import { configOf, Folder, mistakesOf, onlyMistake, SUPPORT, TOKEN } from './config-builder.ts';

const VARIABLE = 'ASTERISK_MOVIDESK_ASTERISK_SECRET';

/** Loads a file that lacks only the AMI secret, plus what is given here. */
function loadWith(
  folder: Folder,
  asterisk: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>> = {},
) {
  const whole = { asterisk, movidesk: { token: TOKEN }, queues: [SUPPORT] };
  return loadConfig({ file: folder.write('config.yaml', JSON.stringify(whole)), env });
}

test.each([
  ['secret-1', 'secret-1'],
  ['secret-1\n', 'secret-1'],
  ['secret-1\r\n', 'secret-1'],
])('a secret in a file of its own (%j) is taken without its last line break', (content, secret) => {
  using folder = new Folder();
  const secretFile = folder.write('secret', content);
  const result = loadWith(folder, { secretFile });
  expect(configOf(result).asterisk.secret.reveal()).toBe(secret);
  expect(result.ok && result.origins['asterisk.secret']).toBe(secretFile);
});

test('a secret comes by a variable, or by a variable that names its file as Docker does', () => {
  using folder = new Folder();
  const byText = loadWith(folder, {}, { [VARIABLE]: 'secret-2' });
  const byFile = loadWith(folder, {}, { [`${VARIABLE}_FILE`]: folder.write('secret', 'secret-3') });
  expect(configOf(byText).asterisk.secret.reveal()).toBe('secret-2');
  expect(configOf(byFile).asterisk.secret.reveal()).toBe('secret-3');
});

test('both secrets come as systemd credentials', () => {
  using folder = new Folder();
  folder.write('asterisk-secret', 'secret-4\n', 0o440);
  folder.write('movidesk-token', 'token-4\n', 0o440);
  const file = folder.write('config.yaml', JSON.stringify({ queues: [SUPPORT] }), 0o644);
  const config = configOf(loadConfig({ file, env: { CREDENTIALS_DIRECTORY: folder.path } }));
  expect(config.asterisk.secret.reveal()).toBe('secret-4');
  expect(config.movidesk.token.reveal()).toBe('token-4');
});

test('a file that systemd reads for us need not be within our own reach', () => {
  using folder = new Folder();
  folder.write('asterisk-secret', 'secret-4', 0o440);
  const given = { secretFile: '/nowhere/asterisk-secret' };
  const result = loadWith(folder, given, { CREDENTIALS_DIRECTORY: folder.path });
  expect(configOf(result).asterisk.secret.reveal()).toBe('secret-4');
});

test('a credential that is empty is told by its name, and the file that it may have come from is left alone', () => {
  using folder = new Folder();
  folder.write('asterisk-secret', '\n', 0o440);
  for (const secretFile of ['/nowhere/asterisk-secret', folder.write('own', 'secret-4')]) {
    const mistake = onlyMistake(loadWith(folder, { secretFile }, { CREDENTIALS_DIRECTORY: folder.path }));
    expect(mistake.key).toBe('asterisk.secret');
    expect(mistake.problem).toBe('the systemd credential asterisk-secret is empty');
    expect(mistake.remedy).toContain('LoadCredential=asterisk-secret:');
    expect(formatMistakes([mistake])).not.toContain(folder.path);
  }
});

test('a credentials folder without our credentials changes nothing', () => {
  using folder = new Folder();
  const result = loadWith(folder, { secret: 'secret-5' }, { CREDENTIALS_DIRECTORY: folder.path });
  expect(configOf(result).asterisk.secret.reveal()).toBe('secret-5');
});

test('a variable wins over what the file says, even over a file that is not there', () => {
  using folder = new Folder();
  const env = { [VARIABLE]: 'secret-6' };
  expect(configOf(loadWith(folder, { secret: 'other' }, env)).asterisk.secret.reveal()).toBe('secret-6');
  expect(configOf(loadWith(folder, { secretFile: '/nowhere' }, env)).asterisk.secret.reveal()).toBe(
    'secret-6',
  );
});

test('an empty variable is no secret', () => {
  using folder = new Folder();
  expect(
    configOf(loadWith(folder, { secret: 'secret-7' }, { [VARIABLE]: '' })).asterisk.secret.reveal(),
  ).toBe('secret-7');
});

test('the same secret said twice is no contradiction', () => {
  using folder = new Folder();
  const secretFile = folder.write('secret', 'secret-8\n');
  expect(loadWith(folder, { secret: 'secret-8', secretFile }).ok).toBe(true);
});

const CONTRADICTIONS: readonly (readonly [
  where: string,
  load: (folder: Folder, other: string) => LoadResult,
])[] = [
  ['file', (folder, secretFile) => loadWith(folder, { secret: 'hush-a', secretFile })],
  [
    'environment',
    (folder, other) => loadWith(folder, {}, { [VARIABLE]: 'hush-a', [`${VARIABLE}_FILE`]: other }),
  ],
  [
    'file and credential',
    (folder) => loadWith(folder, { secret: 'hush-a' }, { CREDENTIALS_DIRECTORY: folder.path }),
  ],
];

test.each(CONTRADICTIONS)('two different secrets in the %s are refused', (_where, loadTwo) => {
  using folder = new Folder();
  const mistake = onlyMistake(loadTwo(folder, folder.write('asterisk-secret', 'hush-b')));
  expect(mistake.key).toBe('asterisk.secret');
  expect(mistake.problem).toMatch(/given twice and differently: by .* and by /);
  expect(formatMistakes([mistake])).not.toContain('hush');
});

test.each([
  ['empty', '', 0o600, /is empty/],
  ['only a line break', '\n', 0o600, /is empty/],
  ['readable by others', 'hush', 0o644, /can be read or written by others/],
  ['writable by others', 'hush', 0o602, /can be read or written by others/],
  ['no text', new Uint8Array([0xc3, 0x28]), 0o600, /not UTF-8/],
  ['too large', 'hush'.repeat(2000), 0o600, /larger than 4096/],
])('a secret file that is %s is refused by its key, once', (_what, content, mode, problem) => {
  using folder = new Folder();
  const mistake = onlyMistake(loadWith(folder, { secretFile: folder.write('secret', content, mode) }));
  expect(mistake.key).toBe('asterisk.secretFile');
  expect(mistake.problem).toMatch(problem);
});

test('a secret file that is not there, or is a folder, is refused by its key', () => {
  using folder = new Folder();
  expect(onlyMistake(loadWith(folder, { secretFile: '/nowhere' })).problem).toBe('/nowhere does not exist');
  expect(onlyMistake(loadWith(folder, { secretFile: folder.path })).problem).toMatch(/is a folder/);
});

test('a secret of two lines is refused, and its file is named', () => {
  using folder = new Folder();
  const mistake = onlyMistake(loadWith(folder, { secretFile: folder.write('secret', 'hush-1\nhush-2\n') }));
  expect(mistake).toMatchObject({ key: 'asterisk.secret' });
  expect(mistake.problem).toMatch(/line break.*\(from .*secret\)/);
});

test.each([
  ['a secret that YAML takes for a number', { secret: 12_345_678 }],
  ['a secret written where its path belongs', { secretFile: 'hush-12345678' }],
  ['a number written where its path belongs', { secretFile: 12_345_678 }],
  ['a secret that is a list', { secret: ['12345678'] }],
  ['a secret that is a group', { secret: { '12345678': '12345678' } }],
])('%s is refused without being shown', (_what, asterisk) => {
  using folder = new Folder();
  expect(formatMistakes(mistakesOf(loadWith(folder, asterisk)))).not.toContain('12345678');
});

test.each([{}, { secret: '' }, { secret: null }, { secret: '', secretFile: '' }])(
  'whoever gives no secret (%j) hears every way to give one',
  (asterisk) => {
    using folder = new Folder();
    const { problem, remedy } = onlyMistake(loadWith(folder, asterisk));
    expect(problem).toBe('is missing');
    for (const way of ['asterisk.secretFile', VARIABLE, 'asterisk-secret']) expect(remedy).toContain(way);
  },
);
