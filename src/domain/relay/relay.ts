import type { CallId, Extension, Instant } from '../identity.ts';
import type { AgentState } from './agent-state.ts';

/** The far sides that are told besides the help desk. Each has a lane of its own in the outbox. */
export type LaneName = 'udesk' | 'ccai';

/** One thing to be told there. `linkedCall` is the call's name over there, by which its own calls are known. */
export type Relay =
  | { readonly kind: 'agent-state'; readonly extension: Extension; readonly state: AgentState }
  | { readonly kind: 'call-held'; readonly extension: Extension; readonly linkedCall: string }
  | { readonly kind: 'call-resumed'; readonly extension: Extension; readonly linkedCall: string }
  | {
      readonly kind: 'call-transferred';
      readonly extension: Extension;
      readonly linkedCall: string;
      /** The number or extension that the call was sent to. */
      readonly to: string;
    };

/** A relay on its way. */
export interface RelayEntry {
  /** Rises through all lanes, and is never given twice. */
  readonly seq: number;
  readonly lane: LaneName;
  /** Relays of one line are delivered in the order in which they happened; lines do not wait for one another. */
  readonly line: string;
  /** Ours, where it is about a call of ours. */
  readonly callId: CallId | undefined;
  readonly relay: Relay;
  /** When that happened which is to be told. */
  readonly at: Instant;
  readonly attempts: number;
  /** What the far side said when it refused it; a parked entry holds back only its own line. */
  readonly parkedBecause: string | undefined;
}

/** Only the latest of its line is worth telling. */
export function isState({ kind }: Relay): boolean {
  return kind === 'agent-state';
}

/** Done twice, it would take a call away from whoever has it by then. */
export function isHarmfulTwice({ kind }: Relay): boolean {
  return kind === 'call-transferred';
}

// Longer than the far side is away while it is started anew, and than most calls last (the usual mean is some minutes).
const CALL_MOOT_AFTER_MS = 15 * 60_000;

/** The call is over by then or has moved on, and what is told of it would be done to it now. */
export function isMoot({ relay, at }: RelayEntry, now: Instant): boolean {
  return !isState(relay) && now - at > CALL_MOOT_AFTER_MS;
}

// Our choice: by then somebody has looked what the far side refuses, or nobody will.
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Refused, and about a call that nobody remembers: of what is refused all the time, all would be kept for ever. */
export function isForgotten({ relay, at, parkedBecause }: RelayEntry, now: Instant): boolean {
  return parkedBecause !== undefined && !isState(relay) && now - at > FORGOTTEN_AFTER_MS;
}

/** Order holds for an agent's states, and for what happens to a call. */
export function lineOf(relay: Relay): string {
  return relay.kind === 'agent-state' ? `agent ${relay.extension}` : `call ${relay.linkedCall}`;
}
