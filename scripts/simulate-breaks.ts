import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BREAKS, type Break } from '../test/simulation/breaks.ts';

/**
 * Breaks the code on purpose, each way in a copy of its own, and lets the simulation look for it. Exits with 1 where a
 * break goes unnoticed: then the checkers do not bite. With a word, only those with it: `npm run simulate:breaks -- agent`.
 */
const MOST_SEEDS = 300;
const ROOT = join(import.meta.dirname, '..');

/** What the simulation said of it, or nothing. */
function noticed({ file, find, replace, agentsCall = false }: Break): string | undefined {
  const copy = mkdtempSync(join(tmpdir(), 'simulate-breaks-'));
  try {
    for (const part of ['src', 'test', 'scripts', 'package.json'])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const text = readFileSync(join(copy, file), 'utf8');
    if (text.split(find).length !== 2)
      throw new Error(`${file} has changed: this does not stand there once: ${find}`);
    // The replacement is taken as it stands: `$` means nothing in it.
    writeFileSync(
      join(copy, file),
      text.replace(find, () => replace),
    );
    const run = spawnSync(
      process.execPath,
      [join(copy, 'scripts/simulate-quick.ts'), ...(agentsCall ? ['calling'] : ['1', String(MOST_SEEDS)])],
      {
        encoding: 'utf8',
        timeout: 300_000,
      },
    );
    const breach = /^seed \d+: .*/m.exec(run.stdout)?.[0];
    // A break that only makes the code trip over itself shows nothing.
    const isHonest = run.status === 1 && breach !== undefined && !/(Reference|Type|Syntax)Error/.test(breach);
    if (run.status !== 0 && !isHonest)
      throw new Error(`the broken code does not run: ${breach ?? run.stderr.slice(-500)}`);
    return breach;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const [word = ''] = process.argv.slice(2);
const breaks = BREAKS.filter(({ what }) => what.includes(word));
let unnoticed = 0;
for (const one of breaks) {
  const breach = noticed(one);
  if (breach === undefined) unnoticed += 1;
  console.log(
    `${breach === undefined ? 'NOT NOTICED' : 'noticed'}: ${one.what}\n    ${breach ?? 'in no storm'}`,
  );
}
console.log(`${breaks.length - unnoticed} of ${breaks.length} deliberate breaks noticed`);
process.exitCode = unnoticed === 0 ? 0 : 1;
