import type { TokenFacts } from '../../adapters/movidesk/token-probe.ts';
import { type Finding, fail, ok, skipped, warn } from './finding.ts';

const NEW_TOKEN =
  'compare movidesk.token with the key in Movidesk (Settings, Account, Parameters, Environment); a key that was generated anew makes the old one worthless';

export function tokenFinding({ verdict, cause }: TokenFacts, baseUrl: string): Finding {
  switch (verdict) {
    case 'accepted':
      return ok('token', 'accepted; nothing was left behind, and one request of the minute is spent');
    case 'refused':
      return fail('token', `refused: ${cause}`, NEW_TOKEN);
    case 'unclear':
      return warn(
        'token',
        `not refused, but not proven either: Movidesk answered the harmless question with ${cause}`,
        `see that movidesk.baseUrl (${baseUrl}) is right; whether the token is, the first call shows`,
      );
    case 'throttled':
      return warn(
        'token',
        `not seen: the limit of requests is spent: ${cause}`,
        'run check again in a minute',
      );
    case 'broken':
      return fail(
        'token',
        `not seen: Movidesk itself fails: ${cause}`,
        'run check again later; see Movidesk’s status page',
      );
    case 'unreachable':
      return fail('reachable', cause, remedyFor(cause));
    case 'silent':
      return fail('reachable', `asked, but no answer came: ${cause}`, SLOW);
    default:
      return verdict satisfies never;
  }
}

const SLOW =
  'see whether a firewall or proxy holds the connection (curl -v to the address), or raise movidesk.timeoutMs';

// By the words of Node and of its OpenSSL.
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /ENOTFOUND|EAI_AGAIN/,
    'the name is not found: see /etc/resolv.conf, and the spelling of movidesk.baseUrl',
  ],
  [/ECONNREFUSED/, 'nobody listens there: correct movidesk.baseUrl, or see which firewall refuses'],
  [/EHOSTUNREACH|ENETUNREACH/, 'there is no way there: see the routes of this machine'],
  [
    /CERT|SSL|TLS|certificate/,
    'the certificate is not trusted: install ca-certificates, see the clock of this machine, and whether a proxy breaks TLS open',
  ],
];

const remedyFor = (cause: string): string => REMEDIES.find(([words]) => words.test(cause))?.[1] ?? SLOW;

/**
 * Whether the minute has room for one more request. The daemon keeps its own count, and does not hear of ours: so one is left
 * free beside it, lest Movidesk answer the daemon 429.
 */
export function hasRoom(limit: number, requestsInLastMinute: number): boolean {
  return requestsInLastMinute === 0 || requestsInLastMinute + 1 < limit;
}

export const noRoom = (limit: number, requestsInLastMinute: number): Finding =>
  skipped(
    'token',
    `${requestsInLastMinute} of ${limit} requests were started in the last minute; one more might cost a caller theirs: run check again in a quieter minute`,
  );
