import { parseArgs } from 'node:util';
import { calls } from './calls.ts';
import { EXIT } from './exit-codes.ts';
import { outbox } from './outbox.ts';
import type { Answer } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

const USAGE = `Usage: asterisk-movidesk <command> [options]

  run                    the daemon
  demo [--minutes N]     the whole daemon against built-in simulators of the PBX and of Movidesk; Ctrl-C ends it;
                         --udesk: and of Udesk, whose agents follow the phones

  calls [--limit N]      calls that are open, and the N latest that are over (20)
  calls show ID          all that happened to one call, and what was told of it
  calls erase NUMBER     forgets one person: takes the number out of every call that is over and told
  outbox                 what was not yet told, to whom, and why
  outbox retry ID        sends again what was refused; --all: everything that was
  outbox drop ID         gives up for good what was refused; what waits behind it goes on

  --config FILE          else ASTERISK_MOVIDESK_CONFIG, else /etc/asterisk-movidesk/config.yaml
  --json                 calls and outbox in JSON
  --help, --version

calls and outbox look into the store, whether the daemon runs or not.

Examples
  asterisk-movidesk run --config /etc/asterisk-movidesk/config.yaml
  asterisk-movidesk demo
  asterisk-movidesk calls show pbx1-1795361570.12
  asterisk-movidesk outbox --json | jq '.[] | select(.state == "parked")'
  asterisk-movidesk calls erase +5511987654321
`;

type Option = 'config' | 'minutes' | 'udesk' | 'json' | 'all' | 'limit';

const OPTIONS_OF: Readonly<Record<string, readonly Option[]>> = {
  run: ['config'],
  demo: ['minutes', 'udesk'],
  calls: ['config', 'json', 'limit'],
  outbox: ['config', 'json', 'all'],
};

/** Runs the command that the arguments name, and answers the exit code. */
export async function commandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return usageError(parsed);
  const { values, positionals } = parsed;
  if (values.version) return say(version());
  const [command, ...rest] = positionals;
  if (values.help || command === undefined)
    return command === undefined && !values.help ? usageError('no command') : say(USAGE);
  const options = OPTIONS_OF[command];
  if (options === undefined) return usageError(`unknown command ${command}`);
  const misplaced = Object.keys(values).find((name) => !options.some((option) => option === name));
  if (misplaced !== undefined) return usageError(`${command} has no --${misplaced}`);
  const answer = await perform({ command, words: rest, values }, surroundings);
  return typeof answer === 'string' ? usageError(answer) : answer;
}

/** The daemon and the simulators are read only by whom they are for: a look into the store starts twice as fast. */
async function perform(
  { command, words, values }: { command: string; words: readonly string[]; values: Values },
  surroundings: Surroundings,
): Promise<Answer> {
  const { config, json, limit, all, minutes, udesk: withUdesk = false } = values;
  if (command === 'calls') return calls(words, { config, json, limit }, surroundings);
  if (command === 'outbox') return outbox(words, { config, json, all }, surroundings);
  if (words.length > 0) return `unexpected ${words.join(' ')}`;
  if (command === 'demo') return (await import('./demo.ts')).demo({ minutes, withUdesk }, surroundings);
  return (await import('./run.ts')).run({ file: config }, surroundings);
}

type Values = Exclude<ReturnType<typeof parse>, string>['values'];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        minutes: { type: 'string' },
        udesk: { type: 'boolean' },
        json: { type: 'boolean' },
        all: { type: 'boolean' },
        limit: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function say(text: string): number {
  console.log(text.trimEnd());
  return EXIT.OK;
}

function usageError(problem: string): number {
  console.error(`asterisk-movidesk: ${problem}\n\n${USAGE.trimEnd()}`);
  return EXIT.USAGE;
}
