import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CHECKOUT, debianVersion, type Release } from '../release.ts';
import { packagesIn } from '../slim-modules.ts';
import { maintainer, NAME } from './control.ts';

/** As Debian wants changelogs and man pages: as small as can be, and without the time of day in them. */
export const gzipped = (text: string): Buffer => gzipSync(text, { level: 9 });

/** The packaging has no history of its own: CHANGELOG.md has it, and lies beside this. */
export function debianChangelog(release: Release): string {
  const at = new Date(release.epochSeconds * 1_000).toUTCString().replace('GMT', '+0000');
  return `${NAME} (${debianVersion(release)}) stable; urgency=medium

  * Version ${release.version}. What changes for you stands in
    /usr/share/doc/${NAME}/CHANGELOG.md

 -- ${maintainer()}  ${at}
`;
}

/** Who may do what with all that is in the package; Node and the libraries keep their own licences beside them. */
export function copyrightText(program: string): string {
  return `${NAME} is under the MIT licence:

${indented(readFileSync(join(CHECKOUT, 'LICENSE'), 'utf8').trimEnd())}

The package carries Node.js, built by the Node.js project (https://nodejs.org), as
/usr/lib/${NAME}/runtime/node. Its licence, and those of what is in it, stand in
/usr/lib/${NAME}/runtime/LICENSE.

It carries libraries from the npm registry, each with its own licence in its folder
below /usr/lib/${NAME}/node_modules:

${libraries(join(program, 'node_modules'))}
`;
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

function libraries(modules: string): string {
  return packagesIn(modules)
    .map((folder) => {
      const read: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const { name, version, license } = Object(read);
      return `    ${folder.slice(modules.length + 1)}: ${name} ${version}, ${license ?? 'see there'}`;
    })
    .join('\n');
}
