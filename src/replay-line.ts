import type { Deed } from './adapters/recording/recorded-pbx.ts';
import type { CallId, Instant } from './domain/identity.ts';
import type { Report } from './ports/help-desk.ts';
import type { Facts } from './ports/log.ts';
import type { PbxEvent } from './ports/pbx.ts';
import type { TimelineLine } from './ports/store.ts';

/** One thing that was decided, done or told while a recording was replayed, or why nothing was. */
export type ReplayLine = ReplayMoment &
  (
    | { readonly kind: 'decision'; readonly line: TimelineLine }
    | { readonly kind: 'pbx'; readonly deed: Deed }
    | { readonly kind: 'movidesk'; readonly report: Report }
    | { readonly kind: 'refused'; readonly why: string }
    | { readonly kind: 'heard'; readonly event: PbxEvent }
    | {
        readonly kind: 'ignored';
        readonly callId: CallId | undefined;
        readonly input: string;
        readonly why: string;
      }
    | { readonly kind: 'warning'; readonly message: string; readonly facts: Facts }
  );

export interface ReplayMoment {
  /** The packet that was read last. */
  readonly packet: number;
  readonly at: Instant;
}

/** A line before its moment is known. */
export type Untold = ReplayLine extends infer Line
  ? Line extends ReplayLine
    ? Omit<Line, keyof ReplayMoment>
    : never
  : never;

/**
 * How the recording tells the time: stamped by the PBX, from a list of times beside it, or not at all; then so many
 * milliseconds are taken to lie between two events.
 */
export type Timing = 'stamped' | 'listed' | 'unknown';
