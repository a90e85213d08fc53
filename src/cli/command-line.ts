import { parseArgs } from 'node:util';
import type { CallOutWish } from '../ports/call-out.ts';
import { calls } from './calls.ts';
import { EXIT } from './exit-codes.ts';
import { outbox } from './outbox.ts';
import type { Answer } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

const USAGE = `Usage: asterisk-movidesk <command> [options]

  run                    the daemon
  demo [--minutes N]     the whole daemon against built-in simulators of the PBX and of Movidesk; Ctrl-C ends it;
                         --udesk: and of Udesk, whose agents follow the phones;
                         --ccai: and of CCAI Platform, from which lost callers are called back

  calls [--limit N]      calls that are open, and the N latest that are over (20)
  calls show ID          all that happened to one call, and what was told of it
  calls erase NUMBER     forgets one person: takes the number out of every call that is over and told
  outbox                 what was not yet told, to whom, and why
  outbox retry ID        sends again what was refused; --all: everything that was
  outbox drop ID         gives up for good what was refused; what waits behind it goes on

  ccai call --agent EMAIL (--number N | --ticket T)
                         asks CCAI Platform to have an agent call somebody, and says what came of it;
                         --outbound-number N: the number to call with; --lang L: the language, two letters

  --config FILE          else ASTERISK_MOVIDESK_CONFIG, else /etc/asterisk-movidesk/config.yaml
  --json                 calls, outbox and ccai in JSON
  --help, --version

calls and outbox look into the store, whether the daemon runs or not.

Examples
  asterisk-movidesk run --config /etc/asterisk-movidesk/config.yaml
  asterisk-movidesk demo
  asterisk-movidesk calls show pbx1-1795361570.12
  asterisk-movidesk outbox --json | jq '.[] | select(.state == "parked")'
  asterisk-movidesk calls erase +5511987654321
  asterisk-movidesk ccai call --agent ana@example.com --number 11987654321 --lang pt
`;

type Option =
  | 'config'
  | 'minutes'
  | 'udesk'
  | 'ccai'
  | 'json'
  | 'all'
  | 'limit'
  | 'agent'
  | 'number'
  | 'ticket'
  | 'outbound-number'
  | 'lang';

const OPTIONS_OF: Readonly<Record<string, readonly Option[]>> = {
  run: ['config'],
  demo: ['minutes', 'udesk', 'ccai'],
  calls: ['config', 'json', 'limit'],
  outbox: ['config', 'json', 'all'],
  ccai: ['config', 'json', 'agent', 'number', 'ticket', 'outbound-number', 'lang'],
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
  const { config, json, limit, all, minutes, udesk: withUdesk = false, ccai: withCcai = false } = values;
  if (command === 'calls') return calls(words, { config, json, limit }, surroundings);
  if (command === 'outbox') return outbox(words, { config, json, all }, surroundings);
  if (command === 'ccai')
    return (await import('./ccai.ts')).ccai(words, { config, json, wish: wishIn(values) }, surroundings);
  if (words.length > 0) return `unexpected ${words.join(' ')}`;
  if (command === 'demo')
    return (await import('./demo.ts')).demo({ minutes, withUdesk, withCcai }, surroundings);
  return (await import('./run.ts')).run({ file: config }, surroundings);
}

const wishIn = (values: Values): CallOutWish => ({
  agentEmail: values.agent,
  number: values.number,
  ticketId: values.ticket,
  outboundNumber: values['outbound-number'],
  lang: values.lang,
});

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
        ccai: { type: 'boolean' },
        json: { type: 'boolean' },
        all: { type: 'boolean' },
        limit: { type: 'string' },
        agent: { type: 'string' },
        number: { type: 'string' },
        ticket: { type: 'string' },
        'outbound-number': { type: 'string' },
        lang: { type: 'string' },
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
