import type { Loss } from '../call-back/loss.ts';
import type { CallId, Extension, Instant } from '../identity.ts';
import type { AgentState } from './agent-state.ts';

/** The far sides that are told besides the help desk. Each has a lane of its own in the outbox. */
export type LaneName = 'udesk' | 'ccai';

/** One thing to be told there. */
export type Relay = AgentRelay | LinkedCallRelay | LostCallerRelay;

export interface AgentRelay {
  readonly kind: 'agent-state';
  readonly extension: Extension;
  readonly state: AgentState;
}

/** What an agent did to a call of the far side's. `linkedCall` is its name over there, by which its own calls are known. */
export type LinkedCallRelay =
  | { readonly kind: 'call-held'; readonly extension: Extension; readonly linkedCall: string }
  | { readonly kind: 'call-resumed'; readonly extension: Extension; readonly linkedCall: string }
  | {
      readonly kind: 'call-transferred';
      readonly extension: Extension;
      readonly linkedCall: string;
      /** The number or extension that the call was sent to. */
      readonly to: string;
    };

export type LostCallerRelay =
  /** Nobody took this caller: somebody may call them back. */
  | { readonly kind: 'call-back'; readonly callId: CallId; readonly loss: Loss }
  /** What is known of a caller who is called back, for whoever will. */
  | { readonly kind: 'customer-flags'; readonly callId: CallId };

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

/** Done twice it would take a call away from whoever has it by then, or ring at somebody's who was called already. */
export function isHarmfulTwice({ kind }: Relay): boolean {
  return kind === 'call-transferred' || kind === 'call-back';
}

// Longer than the far side is away while it is started anew, and than most calls last (the usual mean is some minutes).
const CALL_MOOT_AFTER_MS = 15 * 60_000;

/** The call is over by then or has moved on, and what is told of it would be done to it now. */
export function isMoot({ relay, at }: RelayEntry, now: Instant): boolean {
  return 'linkedCall' in relay && now - at > CALL_MOOT_AFTER_MS;
}

// Our choice: by then somebody has looked what the far side refuses, or nobody will. Over a long weekend nobody looks at
// callers who are to be called back.
const FORGOTTEN_AFTER_MS = { 'of a call': 24 * 3_600_000, 'of a lost caller': 7 * 24 * 3_600_000 };

/** Refused, and about a call that nobody remembers: of what is refused all the time, all would be kept for ever. */
export function isForgotten({ relay, at, parkedBecause }: RelayEntry, now: Instant): boolean {
  if (parkedBecause === undefined || isState(relay)) return false;
  return now - at > FORGOTTEN_AFTER_MS['callId' in relay ? 'of a lost caller' : 'of a call'];
}

/** Order holds for an agent's states, for what happens to a call, and for what is told of a lost caller. */
export function lineOf(relay: Relay): string {
  switch (relay.kind) {
    case 'agent-state':
      return `agent ${relay.extension}`;
    case 'call-back':
    case 'customer-flags':
      return `lost ${relay.callId}`;
    default:
      return `call ${relay.linkedCall}`;
  }
}
