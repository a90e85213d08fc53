import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigFolder, run } from '../cli/process.ts';
import { KEPT_OUTPUT, leaksIn, secretsGiven } from './kept-output.ts';

test('a secret that a process has said is found, with what stood around it', () => {
  const leaks = leaksIn([
    { secrets: ['c0ffee00'], text: 'all is well' },
    { secrets: ['c0ffee00'], text: 'GET /?token=c0ffee00 failed' },
  ]);
  expect(leaks).toEqual(['c0ffee00 in: GET /?token=c0ffee00 failed']);
});

test("the demo's secrets are found though nobody is given them", () => {
  expect(leaksIn([{ secrets: [], text: 'token demo-token-of-nobody' }])).toHaveLength(1);
});

test('a process is given secrets by its environment, its configuration, and the files that these name', () => {
  using folder = new ConfigFolder();
  const tokenFile = folder.write('token', 'by-a-file\n');
  const secretFile = folder.write('secret', 'by-a-file-of-docker\n');
  const config = folder.write(
    'config.yaml',
    `asterisk: { secret: in-line }\nmovidesk: { tokenFile: "${tokenFile}" }\nccai:\n  token: "in a block"\n`,
  );
  const env = {
    ASTERISK_MOVIDESK_HTTP_TOKEN: 'by-the-environment',
    ASTERISK_MOVIDESK_UDESK_SECRET_FILE: secretFile,
    ASTERISK_MOVIDESK_STORE_PATH: '/nowhere/near',
  };
  expect([...secretsGiven(['run', '--config', config], env)].sort()).toEqual(
    ['in-line', 'in a block', 'by-a-file', 'by-a-file-of-docker', 'by-the-environment'].sort(),
  );
});

test('what a process says in either way is kept, with the secrets that it was given', async () => {
  const word = `word-${process.pid}`;
  const secret = `secret-${process.pid}`;
  const [said, refused] = await Promise.all([
    run(['--help'], { ASTERISK_MOVIDESK_HTTP_TOKEN: secret }),
    run([word]),
  ]);
  const kept = readFileSync(process.env[KEPT_OUTPUT] ?? '', 'utf8');
  expect(said.stdout.length).toBeGreaterThan(100);
  expect(kept).toContain(JSON.stringify({ secrets: [secret], text: said.stdout }));
  expect(refused.stderr).toContain(word);
  expect(kept).toContain(JSON.stringify({ secrets: [], text: refused.stdout + refused.stderr }));
});
