import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ConfigFolder, run } from './process.ts';

const { stdout: script } = await run(['completion', 'bash']);

/** What a real bash offers for what was typed so far; the last word is the one under the cursor. */
function offered(words: readonly string[], folder = '/'): readonly string[] {
  const asked = `${script}
COMP_WORDS=(asterisk-movidesk "$@"); COMP_CWORD=$#
_asterisk_movidesk
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const said = execFileSync('bash', ['--norc', '-c', asked, 'bash', ...words], {
    encoding: 'utf8',
    cwd: folder,
  });
  return said.split('\n').filter((word) => word !== '');
}

test.each([
  ['commands', ['c'], ['check', 'config', 'calls', 'ccai', 'completion']],
  ['the words of a command', ['outbox', 'r'], ['retry']],
  ['the options of a command', ['calls', '--'], ['--limit', '--json', '--config', '--help']],
  ['the options of a command behind a word of it', ['calls', 'show', 'x', '--j'], ['--json']],
  ['commands behind an option', ['--config', 'x.yaml', 'ou'], ['outbox']],
  ['commands to be helped with', ['help', 'rep'], ['replay']],
  ['nothing where a value of any kind is due', ['calls', '--limit', ''], []],
])('the shell completes %s', (_what, words, completed) => {
  expect(offered(words)).toEqual(completed);
});

test.each([
  ['configuration', ['run', '--config', 'my']],
  ['configuration behind a sign', ['run', '--config', '=', 'my']],
  ['recording', ['replay', 'my']],
])('the shell completes the file of a %s, blanks and all', (_what, words) => {
  using folder = new ConfigFolder();
  folder.write('my file', '');
  folder.write('other', '');
  expect(offered(words, folder.path)).toEqual(['my file']);
});

test('the shell offers every file where a sign was typed and nothing behind it yet', () => {
  using folder = new ConfigFolder();
  folder.write('my file', '');
  folder.write('other', '');
  expect(offered(['run', '--config', '='], folder.path)).toEqual(['my file', 'other']);
});

test('bash takes the script as a completion of the command', () => {
  const said = execFileSync('bash', ['--norc', '-c', `${script}\ncomplete -p asterisk-movidesk`], {
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('complete -F _asterisk_movidesk asterisk-movidesk');
});
