import { absolutePath } from './address-rules.ts';
import { isNumber } from './ccai-rules.ts';
import type { Mistake } from './mistake.ts';
import { type FileText, readTextFile } from './text-file.ts';

// Some forty thousand numbers. Our choice: they are kept in memory, and compared with each lost caller's.
const NUMBER_FILE_BYTES = 1_048_576;
// The lines of a wrong file are all wrong.
const MISTAKES_SHOWN = 5;

/** The numbers in a file, one in each line; mistakes are added. A path that is none was refused by its own rule. */
export function readNumberFile(path: string, key: string, mistakes: Mistake[]): readonly string[] {
  if (path === '' || !absolutePath().check(path).ok) return [];
  const read = readTextFile(path, NUMBER_FILE_BYTES);
  if (read.kind !== 'read') {
    mistakes.push({ key, ...notRead(path, read) });
    return [];
  }
  const lines = read.text
    .split(/\r?\n/)
    .map((text, index) => ({ number: text.trim(), line: index + 1 }))
    .filter(({ number }) => number !== '' && !number.startsWith('#'));
  mistakes.push(...wrongLines(lines, path, key));
  return lines.map(({ number }) => number);
}

function notRead(path: string, read: Exclude<FileText, { kind: 'read' }>): Omit<Mistake, 'key'> {
  return read.kind === 'missing'
    ? { problem: `${path} does not exist`, remedy: 'write the numbers into it, or correct the path' }
    : { problem: `${path} ${read.refusal.problem}`, remedy: read.refusal.remedy };
}

function wrongLines(
  lines: readonly { readonly number: string; readonly line: number }[],
  path: string,
  key: string,
): readonly Mistake[] {
  const wrong = lines.filter(({ number }) => !isNumber(number)).map(({ line }) => line);
  if (wrong.length === 0) return [];
  const shown = wrong.slice(0, MISTAKES_SHOWN).join(', ');
  const more = wrong.length > MISTAKES_SHOWN ? ` and ${wrong.length - MISTAKES_SHOWN} more` : '';
  const problem = `${path} has something that is no telephone number in line ${shown}${more}`;
  return [{ key, problem, remedy: 'write one number in each line, such as +55 11 99999-0000' }];
}
