import { fstatSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { logLook } from '../observe/log-output.ts';
import { createLogger } from '../observe/logger.ts';
import type { Log } from '../ports/log.ts';
import type { Surroundings } from './surroundings.ts';

/** The log on stdout, looking as it should there. */
export function openLog(
  { level, format, phoneNumbers }: Config['log'],
  secrets: readonly string[],
  { env }: Pick<Surroundings, 'env'>,
): Log {
  const { stdout } = process;
  const { dev: device, ino: inode } = fstatSync(stdout.fd);
  const look = logLook(format, { isTerminal: stdout.isTTY, device, inode }, env['JOURNAL_STREAM']);
  return createLogger({ level, phoneNumbers, secrets, ...look });
}
