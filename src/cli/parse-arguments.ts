import { parseArgs } from 'node:util';
import { printable } from '../config/mistake.ts';
import type { Command, Option, Values } from './command.ts';
import { didYouMean, nearestWord } from './nearest-word.ts';

/** What was typed, sorted; or what is wrong with it. */
export type Parsed =
  | {
      readonly kind: 'parsed';
      readonly words: readonly string[];
      readonly names: readonly string[];
      readonly values: Values;
    }
  | { readonly kind: 'wrong'; readonly problem: string };

const EVERYWHERE: Readonly<Record<string, Option>> = {
  help: { help: 'this help; behind a command, that of the command' },
  version: { help: 'the version' },
};

type Token = NonNullable<ReturnType<typeof tokensOf>>[number];

/** Options may stand before the command as well as behind it, so all of them are known here, whosever they are. */
export function parseArguments(args: readonly string[], commands: readonly Command[]): Parsed {
  const known = optionsOf(commands);
  const given = new Map<string, readonly string[]>();
  const words: string[] = [];
  for (const token of tokensOf(args, known)) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const problem = problemWith(token, known);
    if (problem !== undefined) return { kind: 'wrong', problem };
    const { name, value } = token;
    given.set(name, [...(given.get(name) ?? []), ...(value === undefined ? [] : [value])]);
  }
  const texts = (name: string): readonly string[] => given.get(name) ?? [];
  const text = (name: string): string | undefined => texts(name).at(-1);
  const values = { text, texts, has: (name: string) => given.has(name) };
  return { kind: 'parsed', words, names: [...given.keys()], values };
}

/** Commands that share an option's name agree on whether a value follows it. */
function optionsOf(commands: readonly Command[]): ReadonlyMap<string, Option> {
  return new Map([EVERYWHERE, ...commands.map(({ options }) => options)].flatMap(Object.entries<Option>));
}

// Not strict: then its own refusals come first, which advise `--` to an operator who only slipped.
function tokensOf(args: readonly string[], known: ReadonlyMap<string, Option>) {
  const options = [...known].map(([name, { value }]) => [
    name,
    { type: value === undefined ? 'boolean' : 'string', ...(name === 'help' ? { short: 'h' } : {}) },
  ]);
  return parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(options) as Record<string, { type: 'string' | 'boolean' }>,
  }).tokens;
}

function problemWith(
  { name, value, inlineValue, rawName }: Extract<Token, { kind: 'option' }>,
  known: ReadonlyMap<string, Option>,
): string | undefined {
  const option = known.get(name);
  if (option === undefined) {
    const near = nearestWord(name, [...known.keys()]);
    return `unknown option ${printable(rawName)}${didYouMean(near && `--${near}`)}`;
  }
  if (option.value === undefined) return value === undefined ? undefined : `--${name} takes no value`;
  const isMissing = value === undefined || (!inlineValue && value.startsWith('-'));
  return isMissing ? `--${name} takes ${option.value}` : undefined;
}
