import type { AgentState, CallMode, ExtensionState } from './seat.ts';

/** What a call does next, in the words of the document's lists of events. */
export type CallStep =
  | 'begin'
  | 'start_dialout'
  | 'agent_ringing'
  | 'agent_answer'
  | 'user_ringing'
  | 'user_answer'
  | 'agent_hangup'
  | 'user_hangup'
  | 'hangup_cause'
  | 'end';

interface OfCall {
  readonly callId: string;
  readonly agentId: string;
}

/** Something that came to pass at Udesk, whoever caused it. */
export type HappeningFacts =
  | { readonly what: 'agent-logged-in'; readonly agentId: string; readonly by: 'rest' | 'session' | 'hand' }
  | { readonly what: 'agent-logged-out'; readonly agentId: string; readonly by: 'rest' | 'session' | 'hand' }
  | {
      readonly what: 'agent-state';
      readonly agentId: string;
      readonly state: AgentState;
      readonly subState: number;
      readonly oldState: AgentState;
      readonly oldSubState: number;
    }
  | { readonly what: 'call-mode'; readonly agentId: string; readonly mode: CallMode }
  | {
      readonly what: 'extension-state';
      readonly extension: string;
      /** The seats to which it is bound: one, or none. */
      readonly agentId: string | undefined;
      readonly state: ExtensionState;
      readonly oldState: ExtensionState;
      readonly reason: string;
    }
  | (OfCall & {
      readonly what: 'call';
      readonly step: CallStep;
      readonly destNumber: string;
      readonly spNumber: string;
      readonly direction: CallDirection;
      readonly userData: unknown;
      readonly reason: string;
    })
  | (OfCall & { readonly what: 'hold' })
  | (OfCall & { readonly what: 'resume' })
  | (OfCall & { readonly what: 'transfer'; readonly to: string; readonly from: string })
  | { readonly what: 'session-opened'; readonly agentId: string }
  | { readonly what: 'session-closed'; readonly agentId: string };

/** Assumed: the document has these two words in its call logs, and none where an event tells the direction. */
export type CallDirection = 'Outgoing' | 'Incoming';

export type Happening = HappeningFacts & {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly appId: string;
};
