import { commandLine } from './cli/command-line.ts';
import { EXIT } from './cli/exit-codes.ts';

/**
 * The process: signals and exit code. A first SIGTERM or SIGINT asks the command to finish, a second one means now.
 * Whatever nobody caught is our own mistake: it is told in the command's own way, and the process ends, to be started
 * again and to go on from the store.
 */
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    stop.abort();
  });
}

let tellCrash = (error: unknown): void => {
  process.stderr.write(`${String(error)}\n`);
};
for (const crash of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(crash, (error: unknown) => {
    tellCrash(error);
    process.exit(EXIT.SOFTWARE);
  });
}

const surroundings = {
  env: process.env,
  stop: stop.signal,
  onCrash: (tell: (error: unknown) => void) => {
    tellCrash = tell;
  },
};
process.exit(await commandLine(process.argv.slice(2), surroundings));
