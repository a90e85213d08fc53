import type { Command, Option } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { didYouMean, nearestWord } from './nearest-word.ts';
import type { Answer } from './store-command.ts';

const PROGRAM = 'asterisk-movidesk';

/** `help`, `help COMMAND`. */
export function help(words: readonly string[], commands: readonly Command[]): Answer {
  const [name, ...tooMany] = words;
  if (tooMany.length > 0) return `unexpected ${tooMany.join(' ')}`;
  const command = commands.find((one) => one.name === name);
  if (name !== undefined && command === undefined) {
    const near = nearestWord(
      name,
      commands.map((one) => one.name),
    );
    return `unknown command ${name}${didYouMean(near)}`;
  }
  console.log(command === undefined ? wholeHelp(commands) : helpOf(command));
  return EXIT.OK;
}

/** Every command, and what it is for. */
export function wholeHelp(commands: readonly Command[]): string {
  return [
    `Usage: ${PROGRAM} COMMAND [OPTIONS]`,
    columns(commands.flatMap((command) => waysOf(command))),
    columns([
      ['--help', 'this help; behind a command, its options and examples'],
      ['--version', 'the version'],
    ]),
    `Examples\n${indented(FIRST_STEPS)}`,
  ].join('\n\n');
}

// What a newcomer does, in this order.
const FIRST_STEPS = ['demo', 'config', 'check', 'run', 'calls'].map((name) => `${PROGRAM} ${name}`);

/** One command: how it is called, its options, examples. */
export function helpOf(command: Command): string {
  const { about, examples } = command;
  return [
    usageOf([command]),
    columns(waysOf(command)),
    ...(about === undefined ? [] : [about]),
    ...optionsText(command),
    `Examples\n${indented(examples)}`,
  ].join('\n\n');
}

/** How commands are called, a line each. */
export function usageOf(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) =>
    commands.length > 1 ? [command.name] : waysOf(command).map(([way]) => way),
  );
  if (commands.length > 1) return `Usage: ${PROGRAM} ${lines.join(' | ')}`;
  const options = commands.some((command) => Object.keys(command.options).length > 0) ? ' [OPTIONS]' : '';
  return lines
    .map((line, index) => `${index === 0 ? 'Usage:' : '      '} ${PROGRAM} ${line}${options}`)
    .join('\n');
}

type Row = readonly [left: string, right: string];

const waysOf = ({ name, usage }: Command): readonly Row[] =>
  usage.map(({ words, does }) => [`${name} ${words}`.trimEnd(), does]);

function optionsText({ options }: Command): readonly string[] {
  const rows = Object.entries(options).map(([name, option]): Row => [spelled(name, option), option.help]);
  return rows.length === 0 ? [] : [`Options\n${columns(rows)}`];
}

const spelled = (name: string, { value }: Option): string =>
  value === undefined ? `--${name}` : `--${name} ${value}`;

function columns(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return indented(rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`));
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n');
