import { CcaiClient } from '../../adapters/ccai/client.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { UdeskClient } from '../../adapters/udesk/client.ts';
import type { CcaiConfig } from '../../config/ccai-config.ts';
import type { UdeskConfig } from '../../config/udesk-config.ts';
import type { Failure } from '../../ports/failure.ts';
import { count } from './configuration.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** The list of seats: it is only read, and it is signed like all that the relay sends. */
export async function udeskFindings(udesk: UdeskConfig): Promise<readonly Finding[]> {
  const client = new UdeskClient({ ...udesk, authToken: udesk.authToken.reveal(), clock: systemClock });
  try {
    const answer = await client.call('agentList');
    if (answer.ok) return [ok('account', `accepted; ${count(answer.value.AgentList.length, 'seat')} listed`)];
    return [trouble(answer.failure, 'udesk.sid, udesk.appId, udesk.authToken and udesk.timestampUnit')];
  } finally {
    await client.close();
  }
}

// No call has this number: they count from 1.
const NO_CALL = 0;

/** The flags of a call that does not exist: they are only read. A 404 says that the token was taken, or the subdomain not. */
export async function ccaiFindings(ccai: CcaiConfig): Promise<readonly Finding[]> {
  const { baseUrl, subdomain, token, timeoutMs } = ccai;
  const client = new CcaiClient({ baseUrl, subdomain, token: token.reveal(), timeoutMs, clock: systemClock });
  try {
    const answer = await client.customerFlags(NO_CALL);
    if (!answer.ok) return [trouble(answer.failure, 'ccai.subdomain and ccai.token')];
    return [
      ok('account', 'answers, and did not refuse the token; a wrong subdomain would be answered the same'),
    ];
  } finally {
    await client.close();
  }
}

function trouble({ kind, cause }: Failure, keys: string): Finding {
  switch (kind) {
    case 'throttled':
      return warn('account', `not seen: ${cause}`, 'run check again in a minute');
    case 'unreachable':
    case 'unknown-outcome':
    case 'broken':
      return fail(
        'account',
        cause,
        `correct the address, or see what is between this machine and it; else run check again later`,
      );
    case 'unauthorized':
    case 'refused':
      return fail('account', `refused: ${cause}`, `compare ${keys} with what you were given`);
    default:
      return kind satisfies never;
  }
}
