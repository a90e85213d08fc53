import type { Extension } from '../identity.ts';
import type { Report } from '../outbox/report.ts';
import type { Call, LeavingReason } from './call.ts';

/** What follows from an input: a new state with what must be told and done, or nothing, with the reason. */
export type Decision =
  | {
      readonly kind: 'decided';
      readonly call: Call;
      readonly reports: readonly Report[];
      readonly effects: readonly CallEffect[];
      readonly putAside: PutAside | undefined;
      /** The ending was concluded from what is left, nobody saw it. */
      readonly inferred: boolean;
    }
  | { readonly kind: 'ignored'; readonly reason: string };

/**
 * What follows outside the call. Each may be asked twice without harm; what comes of it is an input again:
 *
 *   check-extension   extension-checked; called-off where nobody could say; found or missed-hangup where the caller is
 *                     no longer there to be moved
 *   send-to-agent     the dialplan's ringing, answered or offer-failed; not-moved where the PBX would not
 *   send-to-hold      nothing, or not-moved
 *   send-away         the dialplan's message-left, and the hangup; not-moved where the PBX would not
 *   locate            found, or missed-hangup; nothing where the PBX does not answer
 */
export type CallEffect =
  | { readonly kind: 'check-extension'; readonly extension: Extension }
  | { readonly kind: 'send-to-agent'; readonly extension: Extension; readonly ringMs: number }
  | { readonly kind: 'send-to-hold' }
  | { readonly kind: 'send-away'; readonly reason: LeavingReason }
  | { readonly kind: 'locate' };

/** An extension that is out of turn until it shows a change: it did not take its call. Not kept over a restart. */
export interface PutAside {
  readonly extension: Extension;
  readonly why: string;
}

export const ignored = (reason: string): Decision => ({ kind: 'ignored', reason });

export function decided(
  call: Call,
  more: {
    reports?: readonly Report[];
    effects?: readonly CallEffect[];
    putAside?: PutAside;
    inferred?: boolean;
  } = {},
): Decision {
  const { reports = [], effects = [], putAside, inferred = false } = more;
  return { kind: 'decided', call, reports, effects, putAside, inferred };
}
