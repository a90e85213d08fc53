import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { CHECKOUT, type Release } from './release.ts';
import { slimModules } from './slim-modules.ts';

/**
 * The program with all that it needs to run, its own Node included, as it lies in both packages:
 *
 *     bin/asterisk-movidesk   what a user starts
 *     runtime/                Node, and its licence
 *     src/, node_modules/     the daemon, and the libraries it uses
 */
export function makeProgramTree(tree: string, release: Release): void {
  mkdirSync(join(tree, 'bin'), { recursive: true });
  for (const part of ['src', 'LICENSE']) {
    cpSync(join(CHECKOUT, part), join(tree, part), { recursive: true });
  }
  console.log('fetching the libraries that package-lock.json names …');
  addLibraries(tree, release);
  console.log(`fetching Node ${release.nodeVersion} …`);
  addRuntime(join(tree, 'runtime'), release);
  writeFileSync(join(tree, 'bin/asterisk-movidesk'), LAUNCHER);
  chmodSync(join(tree, 'bin/asterisk-movidesk'), 0o755);
}

// `exec`: the process is the daemon, so that its id, its signals and its exit code are. Found through links, because
// /usr/bin has one, and users make their own.
const LAUNCHER = `#!/bin/sh
# Starts asterisk-movidesk on the Node that came with it.
program=$(readlink -f "$0")
exec "\${program%/*}/../runtime/node" "\${program%/*}/../src/main.ts" "$@"
`;

/** Exactly what package-lock.json names, from wherever this machine's npm takes its packages. */
function addLibraries(tree: string, { version }: Release): void {
  for (const file of ['package-lock.json', '.npmrc']) cpSync(join(CHECKOUT, file), join(tree, file));
  const described = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
  writeFileSync(
    join(tree, 'package.json'),
    described.replace(/"version": "[^"]*"/, `"version": "${version}"`),
  );
  command('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: tree,
  });
  for (const file of ['package-lock.json', '.npmrc']) rmSync(join(tree, file));
  slimModules(join(tree, 'node_modules'));
}

/**
 * Node from the package that the development dependency `node` installs as well, so that what is shipped is what was
 * tested; taken anew, because only there its licence lies beside it, and for the other architecture.
 */
function addRuntime(runtime: string, { arch, nodeVersion }: Release): void {
  const name = `node-linux-${arch}`;
  const download = join(runtime, 'download');
  mkdirSync(download, { recursive: true });
  command(
    'npm',
    [
      ...['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'],
      ...['--prefer-offline', '--force', '--prefix', download, `${name}@${nodeVersion}`],
    ],
    { cwd: download },
  );
  const installed = join(download, 'node_modules', name);
  cpSync(join(installed, 'bin/node'), join(runtime, 'node'));
  cpSync(join(installed, 'LICENSE'), join(runtime, 'LICENSE'));
  rmSync(download, { recursive: true });
}
