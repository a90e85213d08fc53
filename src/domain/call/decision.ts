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

/** What the PBX must do for a call. Each comes back as an input; each may be asked twice without harm. */
export type CallEffect =
  | { readonly kind: 'check-extension'; readonly extension: Extension }
  | { readonly kind: 'send-to-agent'; readonly extension: Extension; readonly ringMs: number }
  | { readonly kind: 'send-to-hold' }
  | { readonly kind: 'send-away'; readonly reason: LeavingReason }
  /** Ask the PBX where the caller is. */
  | { readonly kind: 'locate' }
  /** Take the extension out of turn until it shows a change. */
  | { readonly kind: 'set-aside'; readonly extension: Extension; readonly why: string };

export const ignored = (reason: string): Decision => ({ kind: 'ignored', reason });

export function decided(
  call: Call,
  more: { reports?: readonly Report[]; effects?: readonly CallEffect[]; inferred?: boolean } = {},
): Decision {
  const { reports = [], effects = [], inferred = false } = more;
  return { kind: 'decided', call, reports, effects, inferred };
}
