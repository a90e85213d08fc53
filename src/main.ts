import { commandLine } from './cli/command-line.ts';

/**
 * The process: signals and exit code. A first SIGTERM or SIGINT asks the command to finish, a second one means now.
 */
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    stop.abort();
  });
}
process.exitCode = await commandLine(process.argv.slice(2), { env: process.env, stop: stop.signal });
