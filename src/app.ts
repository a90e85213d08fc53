import { AmiPbx } from './adapters/asterisk/ami-pbx.ts';
import { MovideskClient } from './adapters/movidesk/client.ts';
import { openStore } from './adapters/sqlite/open-store.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import { systemRandom } from './adapters/system/system-random.ts';
import { bridgeSettings } from './bridge-settings.ts';
import type { Config } from './config/config.ts';
import type { HelpDesk } from './ports/help-desk.ts';
import type { Log } from './ports/log.ts';
import type { Pbx } from './ports/pbx.ts';
import { Daemon } from './runtime/daemon.ts';

/** The composition root. Rejects where the store cannot be opened; everything else is tried for ever. */
export async function startDaemon(config: Config, log: Log): Promise<Daemon> {
  const store = await openStore(config.store.path, { clock: systemClock, log });
  logBudget(config, log);
  return Daemon.start({
    settings: bridgeSettings(config),
    keepDays: config.store.keepDays,
    pbx: pbxOf(config, log),
    helpDesk: movideskOf(config),
    store,
    clock: systemClock,
    random: systemRandom,
    log,
  });
}

function movideskOf({ movidesk }: Config): HelpDesk {
  const { baseUrl, token, dateFormat, timeoutMs } = movidesk;
  return new MovideskClient({ baseUrl, token: token.reveal(), dateFormat, timeoutMs, now: systemClock.now });
}

function pbxOf(config: Config, log: Log): Pbx {
  const { asterisk, queues, dialplan } = config;
  const { device, dndDeviceState = '', hintContext = '' } = config.agents;
  const agents = { device, dndDeviceState, hintContext };
  return new AmiPbx({ asterisk, queues, agents, dialplan, clock: systemClock, random: systemRandom, log });
}

/** One answered call costs three requests (received, transfered, completed), if not one poll is wasted. */
function logBudget({ movidesk: { requestsPerMinute } }: Config, log: Log): void {
  const callsPerMinute = Math.round((requestsPerMinute / 3) * 10) / 10;
  log.info(
    { requestsPerMinute, callsPerMinute },
    'the budget carries at most this many answered calls a minute',
  );
}
