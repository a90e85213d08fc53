import { CcaiClient } from '../adapters/ccai/client.ts';
import { callOutThrough } from '../adapters/ccai/outbound.ts';
import type { Country } from '../adapters/kit/phone-number.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { printable } from '../config/mistake.ts';
import type { Secret } from '../config/secret.ts';
import type { CallOutOutcome, CallOutResult, CallOutWish } from '../ports/call-out.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './json-text.ts';

/** What of the configuration it takes to ask CCAI Platform for something. */
export interface CcaiAccess {
  readonly baseUrl: string;
  readonly subdomain: string;
  readonly token: Secret;
  readonly timeoutMs: number;
  readonly defaultCountry: string;
}

/** Asks CCAI Platform to have an agent call out, and prints what came of it. */
export async function callOutByHand(access: CcaiAccess, wish: CallOutWish, json: boolean): Promise<number> {
  const { baseUrl, subdomain, token, timeoutMs, defaultCountry } = access;
  const client = new CcaiClient({ baseUrl, subdomain, token: token.reveal(), timeoutMs, clock: systemClock });
  try {
    // The rule of the key takes countries only.
    const result = await callOutThrough({ client, country: defaultCountry as Country })(wish);
    show(result, json);
    return exitCodeOf(result.outcome);
  } finally {
    await client.close();
  }
}

function show({ outcome, code, message, ccaiCallId, cause }: CallOutResult, json: boolean): void {
  if (json) {
    console.log(jsonText({ outcome, code, message, ccaiCallId, cause }));
    return;
  }
  const lines = [
    message,
    ...(ccaiCallId === undefined ? [] : [`Its ID there is ${ccaiCallId}.`]),
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
  ].map(printable);
  if (isTaken(outcome)) console.log(lines.join('\n'));
  else console.error(`asterisk-movidesk: ${lines.join('\n')}`);
}

function exitCodeOf(outcome: CallOutOutcome): number {
  if (isTaken(outcome)) return EXIT.OK;
  return outcome === 'invalid' ? EXIT.USAGE : EXIT.UNDONE;
}

const isTaken = (outcome: CallOutOutcome): boolean =>
  outcome === 'created' || outcome === 'needs-agent' || outcome === 'needs-outbound-number';
