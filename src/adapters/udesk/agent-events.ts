import {
  type AgentState,
  agentStateOf,
  type CallMode,
  callModeOf,
  type ExtensionState,
  extensionStateOf,
} from './agent-state.ts';
import { type Fields, textOf, wholeNumberOf, wordingOf } from './json-fields.ts';

/** What the document tells of the call in the events of a call that an agent makes. */
export interface DialledCall {
  readonly agentNumber: string | undefined;
  readonly destNumber: string | undefined;
  /** Where the number belongs, in the vendor's words. */
  readonly destNumberLocation: string | undefined;
  /** The number that the called one sees. */
  readonly spNumber: string | undefined;
  readonly direction: string | undefined;
  /** What was handed in with `dialout` or `setCallMode`. */
  readonly userData: string | undefined;
}

/**
 * What happened to one agent, as the agent's own session hears it. Every event of the document is here; it names no call,
 * so nothing joins a ringing to its hangup but their order. `word` is what Udesk called the state, for the log: the
 * document does not list the words.
 */
export type AgentEvent =
  | {
      readonly kind: 'agent-ringing' | 'agent-answered' | 'user-ringing' | 'user-answered';
      readonly call: DialledCall;
    }
  | { readonly kind: 'agent-hung-up' | 'user-hung-up'; readonly reason: string | undefined }
  | {
      readonly kind: 'agent-state-changed';
      readonly state: AgentState;
      readonly oldState: AgentState;
      /** Which kind of break. */
      readonly subState: number | undefined;
      readonly word: string | undefined;
    }
  | { readonly kind: 'call-mode-changed'; readonly mode: CallMode; readonly word: string | undefined }
  | {
      readonly kind: 'extension-state-changed';
      readonly state: ExtensionState;
      readonly oldState: ExtensionState;
      readonly reason: string | undefined;
      readonly word: string | undefined;
    }
  /** The server throws us out, and says why. */
  | { readonly kind: 'disconnect'; readonly reason: string | undefined }
  /** A method that the document does not have. */
  | { readonly kind: 'unknown'; readonly method: string };

type Reader = (fields: Fields) => AgentEvent;

const dialled =
  (kind: 'agent-ringing' | 'agent-answered' | 'user-ringing' | 'user-answered'): Reader =>
  (fields) => ({ kind, call: dialledCallOf(fields) });

const hungUp =
  (kind: 'agent-hung-up' | 'user-hung-up'): Reader =>
  (fields) => ({ kind, reason: textOf(fields.get('Reason')) });

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['agentRinging', dialled('agent-ringing')],
  ['agentAnswered', dialled('agent-answered')],
  ['userRinging', dialled('user-ringing')],
  ['userAnswered', dialled('user-answered')],
  // The document's spelling, and the one that was surely meant.
  ['agnetHangup', hungUp('agent-hung-up')],
  ['agentHangup', hungUp('agent-hung-up')],
  ['userHangup', hungUp('user-hung-up')],
  ['agentStateChange', agentStateChanged],
  ['agentCallModeChange', callModeChanged],
  ['extensionStateChange', extensionStateChanged],
  ['disconnect', (fields) => ({ kind: 'disconnect', reason: textOf(fields.get('Reason')) })],
]);

/** Every method that is understood. */
export const AGENT_EVENT_METHODS: readonly string[] = [...READERS.keys()];

/** Total: a property that is missing or of another type is left open, a method that nobody knows is handed on as such. */
export function agentEventOf(method: string, fields: Fields): AgentEvent {
  return READERS.get(method)?.(fields) ?? { kind: 'unknown', method: wordingOf(method) ?? '' };
}

export function dialledCallOf(fields: Fields): DialledCall {
  return {
    agentNumber: textOf(fields.get('AgentNumber')),
    destNumber: textOf(fields.get('DestNumber')),
    destNumberLocation: textOf(fields.get('DestNumberLoc')),
    spNumber: textOf(fields.get('SpNumber')),
    direction: textOf(fields.get('CallDirection')),
    userData: textOf(fields.get('UserData')),
  };
}

function agentStateChanged(fields: Fields): AgentEvent {
  return {
    kind: 'agent-state-changed',
    state: agentStateOf(fields.get('CurState')),
    oldState: agentStateOf(fields.get('OldState')),
    subState: wholeNumberOf(fields.get('CurStateSubId')),
    word: wordingOf(fields.get('CurState')),
  };
}

function callModeChanged(fields: Fields): AgentEvent {
  const said = fields.get('CurContact');
  return { kind: 'call-mode-changed', mode: callModeOf(said), word: wordingOf(said) };
}

function extensionStateChanged(fields: Fields): AgentEvent {
  return {
    kind: 'extension-state-changed',
    state: extensionStateOf(fields.get('CurState')),
    oldState: extensionStateOf(fields.get('OldState')),
    reason: textOf(fields.get('Reason')),
    word: wordingOf(fields.get('CurState')),
  };
}
