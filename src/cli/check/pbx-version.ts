import { knowsNamedFilters, versionIn } from './asterisk-version.ts';
import { type Finding, ok, warn } from './finding.ts';

export function versionFinding(version: string | undefined): Finding {
  const known = version === undefined ? undefined : versionIn(version);
  if (version === undefined || known === undefined)
    return warn(
      'version',
      version === undefined ? 'the PBX does not tell it' : `${version}, which is no number`,
      "asterisk -rx 'core show version': before 20.10 use the old eventfilter block of manager_movidesk.conf",
    );
  return knowsNamedFilters(known)
    ? ok('version', `Asterisk ${version}`)
    : warn(
        'version',
        `Asterisk ${version}: it does not know eventfilter by name`,
        'use the block for Asterisk before 20.10 at the end of config/asterisk/manager_movidesk.conf',
      );
}
