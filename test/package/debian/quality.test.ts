import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { filesBelow } from '../../../scripts/package/file-tree.ts';
import { OLD_VERSION } from '../../../scripts/package-rootfs.ts';
import { debOf } from '../machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(
  command: string,
  ...args: readonly string[]
): { status: number | null; text: string; out: Buffer } {
  const { status, stdout, stderr } = spawnSync(command, args, { maxBuffer: 64 * 1024 * 1024 });
  return { status, text: `${stdout}${stderr}`, out: stdout };
}

test('lintian finds nothing that is not explained in the package', () => {
  const { status, text } = run(
    'lintian',
    '--allow-root',
    '--fail-on',
    'error,warning',
    '--info',
    debOf('new'),
  );
  expect(text).toBe('');
  expect(status).toBe(0);
});

test('what is carried is what runs: no tests, no tools of developers, nothing that the machine gave it', () => {
  run('dpkg-deb', '-x', debOf('new'), join(folder, 'root'));
  const files = filesBelow(join(folder, 'root'));
  expect(files.length).toBeGreaterThan(500);
  expect(
    files.filter((file) => /\.test\.[jt]s$|node_modules\/(?:vitest|typescript|node)\/|\.npmrc$/.test(file)),
  ).toEqual([]);
});

test('apt brings no Asterisk along, which would be a second one on most PBXs', () => {
  const { status, text } = run('dpkg-deb', '--field', debOf('new'), 'Depends', 'Recommends', 'Suggests');
  expect(status, text).toBe(0);
  expect(text).toMatch(/^Suggests: asterisk$/m);
  expect(text.match(/asterisk/g)).toHaveLength(1);
});

test('the man page renders without a warning', () => {
  run('dpkg-deb', '-x', debOf('new'), join(folder, 'root'));
  const page = join(folder, 'root/usr/share/man/man8/asterisk-movidesk.8.gz');
  const { text } = run('man', '--warnings', '-Tutf8', '-E', 'UTF-8', '-l', page);
  expect(text).not.toMatch(/warning/i);
  expect(text).toContain('/etc/asterisk-movidesk/config.yaml');
  const mandoc = spawnSync('mandoc', ['-Tlint', '-Wwarning'], {
    input: gunzipSync(run('cat', page).out),
    encoding: 'utf8',
  });
  expect(mandoc.stdout).toBe('');
});

test('the same source makes the same bytes', () => {
  const build = join(import.meta.dirname, '../../../scripts/package/build.ts');
  const { status, text } = run(
    process.execPath,
    build,
    '--fast',
    '--version',
    OLD_VERSION,
    '--out',
    join(folder, 'again'),
  );
  expect(status, text).toBe(0);
  for (const file of filesBelow(join(folder, 'again'))) {
    expect(run('cmp', join(debOf('old'), '..', file), join(folder, 'again', file)).text).toBe('');
  }
});
