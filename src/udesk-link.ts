import { randomUUID } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { SharedLookup } from './adapters/kit/lookup.ts';
import { type Country, e164From } from './adapters/kit/phone-number.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import { systemRandom } from './adapters/system/system-random.ts';
import { AgentSession, type AgentSessionOptions } from './adapters/udesk/agent-session.ts';
import { UdeskClient } from './adapters/udesk/client.ts';
import { agentSign } from './adapters/udesk/signature.ts';
import { SignedInbox } from './adapters/udesk/signed-inbox.ts';
import { udeskNumberOf } from './adapters/udesk/udesk-number.ts';
import { UdeskRelay } from './adapters/udesk/udesk-relay.ts';
import { UnknownWords } from './adapters/udesk/unknown-words.ts';
import type { UdeskConfig } from './config/udesk-config.ts';
import type { Room } from './observe/http/room.ts';
import { udeskRoom } from './observe/http/udesk-room.ts';
import type { Log } from './ports/log.ts';
import type { LostCallers } from './ports/lost-callers.ts';
import type { Notes } from './ports/notes.ts';

interface UdeskLink {
  readonly relay: UdeskRelay;
  /** None where nothing of Udesk's is listened to. */
  readonly rooms: readonly Room[];
}

const HOUR_MS = 3_600_000;

/** All that joins the daemon to Udesk, in both directions. */
export function udeskLink(
  udesk: UdeskConfig,
  { pbxName, store, log }: { pbxName: string; store: LostCallers & Notes; log: Log },
): UdeskLink {
  const { callbackUrl, events, appId, secret } = udesk;
  const numberOf = (number: string) => {
    const e164 = e164From(number, udesk.defaultCountry as Country);
    return e164 === undefined ? undefined : udeskNumberOf(e164);
  };
  const name = `asterisk-movidesk ${pbxName}`;
  const { lookup } = new SharedLookup({ clock: systemClock });
  const unknownWords = new UnknownWords(log);
  const relay = new UdeskRelay({
    client: new UdeskClient({ ...udesk, authToken: udesk.authToken.reveal(), clock: systemClock, lookup }),
    openSession: sessionsOf(udesk, { lookup, log, unknownWords }),
    settings: {
      ...udesk,
      // Without an address of ours, the one that is left from before is taken away.
      subscription: { name, callback: callbackUrl ?? '', events },
    },
    numberOf,
    notes: store,
    clock: systemClock,
    log,
  });
  if (secret === undefined || (callbackUrl === undefined && !udesk.callbackList)) return { relay, rooms: [] };
  const receive = new SignedInbox({
    appId,
    secret: secret.reveal(),
    relay,
    lostCallers: store,
    numberOf,
    lostWithinMs: udesk.callbackListHours * HOUR_MS,
    clock: systemClock,
    log,
    unknownWords,
  });
  return { relay, rooms: [udeskRoom({ receive, servesCallbackList: udesk.callbackList })] };
}

function sessionsOf(
  { webSocketUrl: url, authToken, appId, timestampUnit, timeoutMs }: UdeskConfig,
  parts: { lookup: LookupFunction; log: Log; unknownWords: UnknownWords },
) {
  if (url === undefined) return undefined;
  return (agentId: string, own: Pick<AgentSessionOptions, 'listener' | 'onFound'>) =>
    new AgentSession({
      url,
      appId,
      agentId,
      timestampUnit,
      sign: (timestamp) => agentSign({ agentId, authToken: authToken.reveal(), timestamp }),
      timeoutMs,
      clock: systemClock,
      random: systemRandom,
      makeMessageId: randomUUID,
      ...parts,
      ...own,
    });
}
