import { startDaemon } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import { formatMistakes } from '../config/mistake.ts';
import { createLogger } from '../observe/logger.ts';
import { EXIT } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/** The daemon. Ends with 0 when asked to stop, with 78 on a configuration that a person must mend. */
export async function run(
  { file }: { file: string | undefined },
  { env, stop, onCrash }: Surroundings,
): Promise<number> {
  const loaded = loadConfig({ file, env });
  if (!loaded.ok) {
    console.error(formatMistakes(loaded.mistakes));
    return EXIT.CONFIG;
  }
  const { config } = loaded;
  if (config.asterisk.tls) {
    console.error(formatMistakes([NO_TLS_YET]));
    return EXIT.CONFIG;
  }
  const secrets = [config.movidesk.token.reveal(), config.asterisk.secret.reveal()];
  const log = createLogger({ ...config.log, secrets });
  onCrash((error) => log.error({ err: error }, 'crashed: the next start takes up what was kept'));
  log.info({ version: version(), node: process.version, pbx: config.asterisk.name }, 'starting');
  try {
    const daemon = await startDaemon(config, log);
    await daemon.untilStopped(stop);
    log.info({}, 'stopped');
    return EXIT.OK;
  } catch (error) {
    log.error({ err: error }, 'cannot go on: the next start takes up what was kept');
    return EXIT.SOFTWARE;
  }
}

const NO_TLS_YET = {
  key: 'asterisk.tls',
  problem: 'this version speaks AMI without TLS only',
  remedy: 'set it to false and let AMI listen on loopback or on a network of the PBX and the bridge alone',
};
