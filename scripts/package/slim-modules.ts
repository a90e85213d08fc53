import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// Looked for at the top of a package only: deeper, `doc` or `test` may be code of it.
const NOT_TO_RUN = new Set([
  '__tests__',
  'bench',
  'benchmark',
  'benchmarks',
  'build-tests',
  'coverage',
  'doc',
  'docs',
  'example',
  'examples',
  'integration',
  'scripts',
  'spec',
  'test',
  'tests',
]);

const isNotToRun = (folder: string): boolean => NOT_TO_RUN.has(folder) || folder.startsWith('.');

// Types, maps, and words to developers. Licences and notices have names of their own, and stay.
const NOT_READ = /\.(?:d\.[cm]?ts|map|markdown|md|html|tsbuildinfo|eslintrc\.\w+|test\.[cm]?js)$/;
const LICENCE = /licen[cs]e|copying|notice|authors/i;
const SETTINGS_OF_TOOLS =
  /^(?:\.(?!package-lock).*|tsconfig.*\.json|eslint\.config\..*|Makefile|CNAME|.*\.sh|favicon\.ico)$/;

/** Takes out of `node_modules` what the daemon never reads: tests, examples, types, the settings of other people's tools. */
export function slimModules(modules: string): void {
  for (const folder of packagesIn(modules)) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const isRubbish = entry.isDirectory() ? isNotToRun(entry.name) : SETTINGS_OF_TOOLS.test(entry.name);
      if (isRubbish) rmSync(join(folder, entry.name), { recursive: true });
    }
    // Commands of a library are for those who develop with it.
    for (const file of commandsOf(folder)) rmSync(join(folder, file), { force: true });
  }
  for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && NOT_READ.test(entry.name) && !LICENCE.test(entry.name)) {
      rmSync(join(entry.parentPath, entry.name));
    }
  }
  // Links to those commands, and npm's own notes, which differ from one machine to the next.
  for (const name of ['.bin', '.package-lock.json'])
    rmSync(join(modules, name), { recursive: true, force: true });
}

/** The folder of each package, those within scopes and within other packages as well. */
export function packagesIn(modules: string): readonly string[] {
  if (!existsSync(modules)) return [];
  return readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== '.bin')
    .flatMap(({ name }) => {
      const folder = join(modules, name);
      return name.startsWith('@')
        ? packagesIn(folder)
        : [folder, ...packagesIn(join(folder, 'node_modules'))];
    })
    .sort();
}

function commandsOf(folder: string): readonly string[] {
  const { bin = {} } = Object(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return typeof bin === 'string' ? [bin] : Object.values(bin).map(String);
}
