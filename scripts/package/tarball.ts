import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { evenModes } from './file-tree.ts';
import { CHECKOUT, PAGES, type Release } from './release.ts';
import { serviceUnit } from './service-unit.ts';

export interface Packing {
  /** The folder that `makeProgramTree` filled. */
  readonly program: string;
  /** Where the package goes. */
  readonly dist: string;
  /** A folder that goes away afterwards. */
  readonly scratch: string;
  /** Packs badly and in seconds, for tests. */
  readonly isFast: boolean;
}

const UNIT = {
  program: '/opt/asterisk-movidesk/bin/asterisk-movidesk',
  head: `# Copy to /etc/systemd/system/; unpacked elsewhere than below /opt (but not below /root or /home), adjust ExecStart. Then:
#   systemctl daemon-reload && systemctl enable --now --no-block asterisk-movidesk
# Needs systemd 247 or newer: an older one does not know LoadCredential, and the daemon would lack its secrets. What to do
# there stands in docs/freepbx.md, under "An older systemd".
`,
};

/** A folder for systems without dpkg: the program, and beside it what the .deb puts into other places. */
export function packTarball({ program, dist, scratch, isFast }: Packing, release: Release): string {
  const { version, arch, epochSeconds } = release;
  const tree = join(scratch, 'asterisk-movidesk');
  mkdirSync(tree, { recursive: true });
  cpSync(program, tree, { recursive: true });
  for (const part of ['config', 'docs', 'systemd', ...PAGES]) {
    cpSync(join(CHECKOUT, part), join(tree, part), { recursive: true });
  }
  writeFileSync(join(tree, 'systemd/asterisk-movidesk.service'), serviceUnit(UNIT));
  evenModes(tree);
  const file = join(dist, `asterisk-movidesk-${version}-linux-${arch}.tar.gz`);
  // Order, owner and time of the files are fixed, and gzip is not to write its own (`-n`): the same bytes every time.
  command('tar', [
    ...['--create', '--format=gnu', '--sort=name', '--owner=0', '--group=0', '--numeric-owner'],
    ...[`--mtime=@${epochSeconds}`, `--use-compress-program=gzip -n ${isFast ? '-1' : '-9'}`],
    ...['--file', file, '--directory', scratch, 'asterisk-movidesk'],
  ]);
  return file;
}
