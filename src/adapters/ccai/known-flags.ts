import type { CallerHistory } from '../../ports/caller-histories.ts';
import { failed, type Outcome, success } from '../../ports/failure.ts';
import type { CcaiClient, FlagsToSet } from './client.ts';
import { sentenceOf } from './refusal.ts';

export interface KnownNumbers {
  /** Whoever called within this before they were lost is a repeat customer; 0: nobody is called that. */
  readonly repeatWithinMs: number;
  /** In E.164, like the next. */
  readonly badActors: ReadonlySet<string>;
  readonly verifiedCustomers: ReadonlySet<string>;
}

/** Whether anything may ever be said of a caller. */
export function areFlagsTold({ repeatWithinMs, badActors, verifiedCustomers }: KnownNumbers): boolean {
  return repeatWithinMs > 0 || badActors.size > 0 || verifiedCustomers.size > 0;
}

/** What is known of a caller; nothing where nothing is. What is not known is not denied: it stays there as it is. */
export function knownFlags(
  { number = '', lostAt, calledBefore }: CallerHistory,
  { repeatWithinMs, badActors, verifiedCustomers }: KnownNumbers,
): FlagsToSet | undefined {
  const isRepeat = calledBefore !== undefined && lostAt - calledBefore <= repeatWithinMs;
  const flags = {
    ...(isRepeat && repeatWithinMs > 0 ? { repeatCustomer: true } : {}),
    ...(badActors.has(number) ? { badActor: true } : {}),
    ...(verifiedCustomers.has(number) ? { verifiedCustomer: true } : {}),
  };
  return Object.keys(flags).length === 0 ? undefined : flags;
}

/** Said of the call that was made for them, once it exists. */
export async function tellFlags(
  client: Pick<CcaiClient, 'setCustomerFlags'>,
  caller: CallerHistory,
  known: KnownNumbers,
): Promise<Outcome<undefined>> {
  const flags = knownFlags(caller, known);
  const ccaiCallId = Number(caller.calledBackAs);
  if (flags === undefined || !Number.isSafeInteger(ccaiCallId)) return success(undefined);
  const answer = await client.setCustomerFlags(ccaiCallId, flags);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'set') return success(undefined);
  const cause = `PATCH calls/${ccaiCallId}/customer_flag: ${sentenceOf(answer.value.why)}`;
  return failed({ kind: 'refused', status: 404, cause });
}
