import { fstatSync } from 'node:fs';
import { isJournal } from '../observe/log-output.ts';
import type { Surroundings } from './surroundings.ts';

// An error, as sd-daemon(3) has it before a line: without it the journal files stderr under info, and `-p err` is blind.
const ERROR = '<3>';

/** The lines as stderr should have them: where it leads into the journal, each as an error. */
export function loudLines(
  text: string,
  { env }: Pick<Surroundings, 'env'>,
  descriptor: number = process.stderr.fd,
): string {
  const { dev: device, ino: inode } = fstatSync(descriptor);
  return isJournal({ device, inode }, env['JOURNAL_STREAM']) ? text.replaceAll(/^/gm, ERROR) : text;
}
