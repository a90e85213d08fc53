import { expect, test } from 'vitest';
import { TestAuthority } from '../certificates/authority.ts';
import { configOf, Folder, fileWith, load, onlyMistake } from './config-builder.ts';

const [first, second] = [new TestAuthority('One').certificate, new TestAuthority('Two').certificate];
const der = Buffer.from(first.replace(/-.*-/g, ''), 'base64');
const withCaFile = (caFile: string) => load({ yaml: fileWith({ asterisk: { tls: true, caFile } }) });

test('every certificate in the file is taken, whatever stands around them', () => {
  using folder = new Folder();
  const caFile = folder.write(
    'ca.pem',
    `Our own authority\r\n${first.replaceAll('\n', '\r\n')}\n# and\n${second}`,
    0o644,
  );
  const { asterisk } = configOf(withCaFile(caFile));
  expect(asterisk.caFile).toBe(caFile);
  expect(asterisk.authorities?.map((one) => `${one.replaceAll('\r', '')}\n`)).toEqual([first, second]);
});

test('a private key that stands beside the certificate goes nowhere', () => {
  using folder = new Folder();
  const { cert, key } = new TestAuthority().issue({ names: ['pbx.example.com'] });
  const config = configOf(withCaFile(folder.write('both.pem', key + cert)));
  expect(config.asterisk.authorities).toEqual([cert.trimEnd()]);
});

test('without a file the choice is left to the system', () => {
  expect(
    configOf(load({ yaml: fileWith({ asterisk: { tls: true } }) })).asterisk.authorities,
  ).toBeUndefined();
});

test.each<[what: string, content: string | Uint8Array, problem: RegExp, remedy: RegExp]>([
  ['is empty', '', /holds no certificate/, /BEGIN CERTIFICATE/],
  ['holds something else', 'Buy milk.', /holds no certificate/, /BEGIN CERTIFICATE/],
  ['is written as DER', der, /not UTF-8/, /-inform der/],
  ['was cut short', first.slice(0, -40), /holds no certificate/, /./],
  [
    'was cut short behind a whole certificate',
    second + first.slice(0, -40),
    /cannot be read/,
    /again, whole/,
  ],
  ['has a line missing', first.replace(/\n.{64}\n/, '\n'), /cannot be read/, /again, whole/],
  ['is endless', 'x'.repeat(1_000_001), /larger than 1000000 bytes/, /path/],
])('a file that %s is refused at start', (_what, content, problem, remedy) => {
  using folder = new Folder();
  const caFile = folder.write('ca.pem', content);
  const mistake = onlyMistake(withCaFile(caFile));
  expect(mistake.key).toBe('asterisk.caFile');
  expect(mistake.problem).toMatch(problem);
  expect(mistake.problem).toContain(caFile);
  expect(mistake.remedy).toMatch(remedy);
});

test('a file that is not there is refused at start, and so is a folder', () => {
  using folder = new Folder();
  expect(onlyMistake(withCaFile(`${folder.path}/ca.pem`)).problem).toMatch(/does not exist/);
  expect(onlyMistake(withCaFile(folder.path)).problem).toMatch(/is a folder/);
});
