import { expect, test } from 'vitest';
import { fencesOf } from '../../docs/page-shape.ts';
import { textOf } from '../../house/source-files.ts';
import { Machine } from '../machine.ts';

/** What README.md gives to be typed in a step. */
function typedIn(step: number): string {
  const text = textOf('README.md');
  const [begin, end] = [step, step + 1].map((number) => text.indexOf(`\n### ${number}. `));
  // What stands under a heading of its own is for some readers only.
  const [everybodys = ''] = text.slice(begin, end).split('\n#### ');
  const blocks = fencesOf(everybodys).filter((fence) => fence.startsWith('```\n'));
  return blocks.flatMap((fence) => fence.split('\n').slice(1, -1)).join('\n');
}

/** A PBX as an admin has it, with the package on it. */
async function pbx(): Promise<Machine> {
  const machine = new Machine();
  const { code, text } = await machine.installs('new');
  expect(code, text).toBe(0);
  for (const [name, script] of Object.entries(STANDS_FOR))
    machine.writes(`usr/local/bin/${name}`, script, 0o755);
  machine.writes('etc/asterisk/manager.conf', '[general]\nenabled = yes\n', 0o640);
  machine.writes('etc/asterisk/extensions.conf', '[general]\n', 0o640);
  await machine.runs(['groupadd', '--system', 'asterisk']);
  return machine;
}

// None of them is on a small Debian; root needs no sudo, nobody sits at the editor, and a secret is as good as any.
const STANDS_FOR = {
  sudo: '#!/bin/sh\nexec "$@"\n',
  nano: '#!/bin/sh\nexit 0\n',
  openssl: '#!/bin/sh\nhead -c 24 /dev/urandom | od -An -tx1 | tr -d " \\n"\n',
};

test('whoever types what README.md says leaves both secrets where the daemon looks, and no other user can read them', async () => {
  using machine = await pbx();
  const lines = ['set -e', typedIn(3), typedIn(4)].join('\n');
  const typed = await machine.runs(['bash', '-c', `printf 'c0ffee-key\\n' | { ${lines}\n}`]);
  expect(typed.code, typed.text).toBe(0);

  const [, secret] = /^secret = (\S+)$/m.exec(machine.reads('etc/asterisk/manager_movidesk.conf')) ?? [];
  expect(secret).toMatch(/^[0-9a-f]{48}$/);
  expect(machine.reads('etc/asterisk-movidesk/asterisk-secret')).toBe(`${secret}\n`);
  expect(machine.reads('etc/asterisk-movidesk/movidesk-token')).toBe('c0ffee-key\n');
  expect(machine.reads('etc/asterisk/manager.conf')).toMatch(/\n#include manager_movidesk\.conf\n$/);
  expect(machine.reads('etc/asterisk/extensions.conf')).toMatch(/\n#include extensions_movidesk\.conf\n$/);

  const files = [
    'asterisk/manager_movidesk.conf',
    'asterisk-movidesk/asterisk-secret',
    'asterisk-movidesk/movidesk-token',
  ];
  const { text } = await machine.runs(['stat', '-c', '%U:%G %a', ...files.map((file) => `/etc/${file}`)]);
  expect(text.trim().split('\n')).toEqual(['root:asterisk 640', 'root:root 600', 'root:root 600']);
});
