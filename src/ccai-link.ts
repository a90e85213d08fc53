import { CcaiRelay } from './adapters/ccai/ccai-relay.ts';
import { CcaiClient } from './adapters/ccai/client.ts';
import { areFlagsTold, type KnownNumbers } from './adapters/ccai/known-flags.ts';
import { callOutThrough } from './adapters/ccai/outbound.ts';
import { SharedLookup } from './adapters/kit/lookup.ts';
import { type Country, callableFrom, e164From } from './adapters/kit/phone-number.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import type { CcaiConfig } from './config/ccai-config.ts';
import { hoursOf } from './domain/call-back/opening-hours.ts';
import { ccaiOutboundRoom } from './observe/http/ccai-outbound-room.ts';
import type { Room } from './observe/http/room.ts';
import type { CallerHistories } from './ports/caller-histories.ts';
import type { Log } from './ports/log.ts';
import type { CallBackSettings } from './runtime/settings.ts';

interface CcaiLink {
  readonly relay: CcaiRelay;
  readonly callBacks: CallBackSettings;
  /** None where nobody may ask for calls. */
  readonly rooms: readonly Room[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** All that joins the daemon to CCAI Platform. */
export function ccaiLink(ccai: CcaiConfig, { store, log }: { store: CallerHistories; log: Log }): CcaiLink {
  const { baseUrl, subdomain, timeoutMs, repeatCustomerKey, rules, openingHours, outboundToken } = ccai;
  const country = ccai.defaultCountry as Country;
  const { lookup } = new SharedLookup({ clock: systemClock });
  const token = ccai.token.reveal();
  const client = new CcaiClient({
    ...{ baseUrl, subdomain, token, timeoutMs, repeatCustomerKey, lookup },
    clock: systemClock,
  });
  const known = knownNumbers(ccai, log);
  const delayMs = ccai.delaySeconds * SECOND_MS;
  const relay = new CcaiRelay({
    client,
    rules: {
      rules,
      hoursOf: (queue) => hoursOf(openingHours, queue),
      delayMs,
      onceWithinMs: ccai.oncePerMinutes * MINUTE_MS,
    },
    known,
    histories: store,
    numberOf: (number) => callableFrom(number, country),
    clock: systemClock,
  });
  const callOut = callOutThrough({ client, country });
  const rooms =
    outboundToken === undefined ? [] : [ccaiOutboundRoom({ callOut, token: outboundToken.reveal(), log })];
  return { relay, callBacks: { rules, delayMs, areFlagsTold: areFlagsTold(known) }, rooms };
}

function knownNumbers(
  { repeatCustomerDays, badActors, verifiedCustomers, defaultCountry }: CcaiConfig,
  log: Log,
): KnownNumbers {
  const dialled = (name: string, numbers: readonly string[]): ReadonlySet<string> => {
    const found = numbers.map((number) => e164From(number, defaultCountry as Country));
    const unknown = found.filter((number) => number === undefined).length;
    if (unknown > 0)
      log.warn({ list: name, unknown }, 'numbers of a list are none that can be dialled: nobody has them');
    return new Set(found.filter((number) => number !== undefined));
  };
  return {
    repeatWithinMs: repeatCustomerDays * DAY_MS,
    badActors: dialled('ccai.badActors', badActors),
    verifiedCustomers: dialled('ccai.verifiedCustomers', verifiedCustomers),
  };
}
