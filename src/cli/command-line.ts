import { printable } from '../config/mistake.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { EXIT } from './exit-codes.ts';
import { helpOf, usageOf, wholeHelp } from './help.ts';
import { didYouMean, nearestWord } from './nearest-word.ts';
import { parseArguments } from './parse-arguments.ts';
import { Printed } from './printed.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/** Runs the command that the arguments name, and answers the exit code. */
export async function commandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const parsed = parseArguments(args, COMMANDS);
  if (parsed.kind === 'wrong') return usageError(parsed.problem, named(args.find(isWord)));
  const { words, names, values } = parsed;
  if (values.has('version')) return say(version());
  const [name, ...rest] = words;
  const command = named(name);
  if (name !== undefined && command === undefined) return usageError(unknownCommand(name));
  if (values.has('help')) return say(command === undefined ? wholeHelp(COMMANDS) : helpOf(command));
  if (command === undefined) return usageError('no command');
  const misplaced = names.find((option) => !Object.hasOwn(command.options, option));
  if (misplaced !== undefined) return usageError(`${command.name} has no --${misplaced}`, command);
  const perform = await command.load();
  using printed = new Printed();
  const stop = command.isUnreadToo ? surroundings.stop : AbortSignal.any([surroundings.stop, printed.unread]);
  const given = { words: rest, values, surroundings: { ...surroundings, stop }, commands: COMMANDS };
  const answer = await perform(given);
  return await printed.exitCode(typeof answer === 'string' ? usageError(answer, command) : answer);
}

const named = (name: string | undefined): Command | undefined => COMMANDS.find((one) => one.name === name);
const isWord = (argument: string): boolean => !argument.startsWith('-');

function unknownCommand(name: string): string {
  const near = nearestWord(
    name,
    COMMANDS.map((command) => command.name),
  );
  return `unknown command ${name}${didYouMean(near)}`;
}

function say(text: string): number {
  console.log(text);
  return EXIT.OK;
}

/** Short, so that what is wrong stays in sight: how the command is called, or which commands there are. */
function usageError(problem: string, command?: Command): number {
  const more = command === undefined ? '--help' : `help ${command.name}`;
  const usage = command === undefined ? usageOf(COMMANDS) : usageOf([command]);
  console.error(
    `asterisk-movidesk: ${printable(problem)}\n\n${usage}\n\nasterisk-movidesk ${more} tells more.`,
  );
  return EXIT.USAGE;
}
