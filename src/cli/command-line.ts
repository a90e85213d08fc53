import { parseArgs } from 'node:util';
import { demo } from './demo.ts';
import { EXIT } from './exit-codes.ts';
import { run } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

const USAGE = `Usage: asterisk-movidesk <command> [options]

  run  [--config FILE]   the daemon; FILE, else ASTERISK_MOVIDESK_CONFIG, else /etc/asterisk-movidesk/config.yaml
  demo [--minutes N]     the whole daemon against built-in simulators of the PBX and of Movidesk; Ctrl-C ends it

  --help, --version

Examples
  asterisk-movidesk run --config /etc/asterisk-movidesk/config.yaml
  asterisk-movidesk demo
`;

/** Runs the command that the arguments name, and answers the exit code. */
export async function commandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return usageError(parsed);
  const { values, positionals } = parsed;
  if (values.version) return say(version());
  const [command, ...rest] = positionals;
  if (values.help || command === undefined)
    return command === undefined && !values.help ? usageError('no command') : say(USAGE);
  if (rest.length > 0) return usageError(`unexpected ${rest.join(' ')}`);
  switch (command) {
    case 'run':
      return run({ file: values.config }, surroundings);
    case 'demo':
      return demo({ minutes: values.minutes }, surroundings);
    default:
      return usageError(`unknown command ${command}`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        minutes: { type: 'string' },
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
