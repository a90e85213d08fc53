import { systemClock } from '../adapters/system/system-clock.ts';
import { Systemd } from '../adapters/system/systemd.ts';
import { type App, startDaemon } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import { formatMistakes } from '../config/mistake.ts';
import { secretsIn } from '../config/shown-values.ts';
import { ListenFault } from '../observe/http/listen-fault.ts';
import type { Log } from '../ports/log.ts';
import { StoreFault } from '../ports/store-fault.ts';
import { ServiceWatch } from '../runtime/service-watch.ts';
import { EXIT } from './exit-codes.ts';
import { loudLines } from './loud-lines.ts';
import { openLog } from './open-log.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/** The daemon. Ends with 0 when asked to stop, with 78 on a configuration that a person must mend. */
export async function run(
  { file }: { file: string | undefined },
  surroundings: Surroundings,
): Promise<number> {
  const { env, stop, onCrash } = surroundings;
  const loaded = loadConfig({ file, env });
  if (!loaded.ok) {
    console.error(loudLines(formatMistakes(loaded.mistakes), surroundings));
    return EXIT.CONFIG;
  }
  const { config, values } = loaded;
  const log = openLog(config.log, secretsIn(values), surroundings);
  onCrash((error) => tell(log, error, 'crashed: the next start takes up what was kept'));
  log.info({ version: version(), node: process.version, pbx: config.asterisk.name }, 'starting');
  try {
    const app = await startDaemon(config, log, { version: version() });
    await using _service = watchedByServiceManager(app, log, surroundings);
    await app.untilStopped(stop);
    log.info({}, 'stopped');
    return EXIT.OK;
  } catch (error) {
    tell(log, error, 'cannot go on: the next start takes up what was kept');
    return EXIT.SOFTWARE;
  }
}

/** Nothing where nobody wants to be told how the daemon is. */
function watchedByServiceManager(
  { daemon: watched }: App,
  log: Log,
  { env, stop }: Surroundings,
): ServiceWatch | undefined {
  const manager = Systemd.of(env, log);
  return manager && ServiceWatch.start({ watched, manager, clock: systemClock, log }, stop);
}

/** A store or a port that cannot be had is told with its remedy; anything else is our own mistake, told with its stack. */
function tell(log: Log, error: unknown, message: string): void {
  if (error instanceof StoreFault || error instanceof ListenFault) {
    const { code, why, remedy } = error;
    log.error({ code, cause: why, remedy }, error.message);
  } else log.error({ err: error }, message);
}
