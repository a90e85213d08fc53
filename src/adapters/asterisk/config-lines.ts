import type { ActionHeaders } from './action-headers.ts';
import { getVariable } from './actions.ts';
import { headerOf } from './answers.ts';
import type { Answer } from './pending-actions.ts';

export type Ask = (headers: ActionHeaders) => Promise<Answer>;

// What may stand between the brackets of a dialplan function: nothing that could end its argument. Filters of manager.conf
// have brackets and commas of their own, always in pairs, which Asterisk reads as one argument.
const PLAIN = /^[A-Za-z0-9_.@()-][A-Za-z0-9_.@(),-]*$/;

// Longer than any section of ours; a limit so that a PBX that never says "nothing" is not asked for ever.
const LINES_LIMIT = 64;

/** One place in Asterisk's configuration files. */
export interface ConfigPlace {
  /** `queues.conf`; what it includes belongs to it. */
  readonly file: string;
  readonly section: string;
  readonly key: string;
}

/**
 * A line of Asterisk's configuration as it stands on its disk, by the dialplan function AST_CONFIG: the manager user of the
 * bridge may ask for it (tried on 22.10). It is what the next reload will read, not always what is in force. The last
 * line of that key counts, as for Asterisk itself. Empty: no such line, or an empty one. Secrets are never asked for.
 */
export async function configLine(ask: Ask, place: ConfigPlace): Promise<string> {
  return lineAt(ask, place, -1);
}

/** All lines of that key, in their order. */
export async function configLines(ask: Ask, place: ConfigPlace): Promise<readonly string[]> {
  const lines: string[] = [];
  while (lines.length < LINES_LIMIT) {
    const line = await lineAt(ask, place, lines.length);
    if (line === '') break;
    lines.push(line);
  }
  return lines;
}

async function lineAt(ask: Ask, { file, section, key }: ConfigPlace, index: number): Promise<string> {
  if (!PLAIN.test(section) || !PLAIN.test(key)) return '';
  return headerOf(await ask(getVariable(`AST_CONFIG(${file},${section},${key},${index})`)), 'value');
}
