import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command } from '../command.ts';
import { evenModes } from '../file-tree.ts';
import { manPage } from '../man-page.ts';
import { CHECKOUT, debianArch, debianVersion, PAGES, type Release } from '../release.ts';
import { serviceUnit } from '../service-unit.ts';
import type { Packing } from '../tarball.ts';
import { CONFIG_FILE, controlText, md5sums, NAME } from './control.ts';
import { copyrightText, debianChangelog, gzipped } from './documents.ts';

const FILES = join(import.meta.dirname, 'files');
const UNIT = {
  program: `/usr/bin/${NAME}`,
  head: `# Not to be edited: an upgrade writes it anew. "systemctl edit ${NAME}" keeps what you change.\n`,
};
const SCRIPTS = ['postinst', 'prerm', 'postrm'] as const;

/** The Debian package. dpkg-deb takes times no later than the release's, and root as the owner of everything. */
export function packDebian({ program, dist, scratch, isFast }: Packing, release: Release): string {
  const root = join(scratch, 'root');
  layOut(root, program, release);
  evenModes(root);
  describe(root, release);
  const file = join(dist, `${NAME}_${debianVersion(release)}_${debianArch(release)}.deb`);
  command(
    'dpkg-deb',
    ['--root-owner-group', ...(isFast ? ['-Zgzip', '-z1'] : ['-Zxz']), '--build', root, file],
    // dpkg-deb(1): it clamps the times of files to this one.
    { env: { SOURCE_DATE_EPOCH: String(release.epochSeconds) } },
  );
  return file;
}

/** Everything in the place where it will be installed. */
function layOut(root: string, program: string, release: Release): void {
  const copy = (from: string, to: string) => cpSync(from, join(root, to), { recursive: true });
  const write = (to: string, text: string | Buffer) => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    writeFileSync(join(root, to), text);
  };
  const source = (file: string) => readFileSync(join(CHECKOUT, file), 'utf8');
  const documents = `usr/share/doc/${NAME}`;

  copy(program, `usr/lib/${NAME}`);
  // It stands in the copyright file, where Debian looks for it.
  rmSync(join(root, `usr/lib/${NAME}/LICENSE`));
  mkdirSync(join(root, 'usr/bin'));
  symlinkSync(`../lib/${NAME}/bin/${NAME}`, join(root, `usr/bin/${NAME}`));
  write(`usr/lib/systemd/system/${NAME}.service`, serviceUnit(UNIT));
  write(CONFIG_FILE, source('config/minimal.yaml'));
  copy(join(CHECKOUT, 'config/asterisk'), `usr/share/${NAME}/asterisk`);
  copy(join(CHECKOUT, 'config/example.yaml'), `usr/share/${NAME}/example.yaml`);
  copy(join(CHECKOUT, 'docs'), `${documents}/docs`);
  for (const file of PAGES) write(`${documents}/${file}`, source(file));
  write(`${documents}/changelog.gz`, gzipped(debianChangelog(release)));
  write(`${documents}/copyright`, copyrightText(program));
  write(`usr/share/man/man8/${NAME}.8.gz`, gzipped(manPage(release)));
  write(`usr/share/bash-completion/completions/${NAME}`, completion(program));
  write(`usr/share/lintian/overrides/${NAME}`, readFileSync(join(FILES, 'lintian-overrides')));
}

/** What bash needs to complete commands, from the program itself. On this Node: the carried one may be for another machine. */
const completion = (program: string): string =>
  command(process.execPath, [join(program, 'src/main.ts'), 'completion', 'bash']);

/** What dpkg reads: DEBIAN/. */
function describe(root: string, release: Release): void {
  const [control, sums] = [controlText(root, release), md5sums(root)];
  const folder = join(root, 'DEBIAN');
  mkdirSync(folder, { mode: 0o755 });
  const write = (name: string, text: string, mode: number) =>
    writeFileSync(join(folder, name), text, { mode });
  write('control', control, 0o644);
  write('md5sums', sums, 0o644);
  write('conffiles', `${CONFIG_FILE}\n`, 0o644);
  for (const name of SCRIPTS) write(name, readFileSync(join(FILES, name), 'utf8'), 0o755);
}
