import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './release.ts';

/** What a package says otherwise than the repository, whose unit is for a checkout. */
interface Installed {
  /** Where the program lies. */
  readonly program: string;
  /** The words above the first section: what to do with the file. */
  readonly head: string;
}

/** The unit of the repository as a package carries it. */
export function serviceUnit({ program, head }: Installed): string {
  const unit = readFileSync(join(CHECKOUT, 'systemd/asterisk-movidesk.service'), 'utf8');
  const starts = [...unit.matchAll(/^ExecStart=\S+/gm)];
  const begins = unit.indexOf('[Unit]\n');
  if (starts.length !== 1 || begins === -1)
    throw new Error('the unit must have a section [Unit] and one ExecStart');
  return head + unit.slice(begins).replace(/^ExecStart=\S+/m, `ExecStart=${program}`);
}
