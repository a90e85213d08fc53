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
 *   set-aside         nothing: the board is changed with the decision, and is not kept over a restart
 */
export type CallEffect =
  | { readonly kind: 'check-extension'; readonly extension: Extension }
  | { readonly kind: 'send-to-agent'; readonly extension: Extension; readonly ringMs: number }
  | { readonly kind: 'send-to-hold' }
  | { readonly kind: 'send-away'; readonly reason: LeavingReason }
  | { readonly kind: 'locate' }
  | { readonly kind: 'set-aside'; readonly extension: Extension; readonly why: string };

export const ignored = (reason: string): Decision => ({ kind: 'ignored', reason });

export function decided(
  call: Call,
  more: { reports?: readonly Report[]; effects?: readonly CallEffect[]; inferred?: boolean } = {},
): Decision {
  const { reports = [], effects = [], inferred = false } = more;
  return { kind: 'decided', call, reports, effects, inferred };
}
