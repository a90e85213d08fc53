import type { Instant } from '../../domain/identity.ts';
import { type DialledCall, dialledCallOf } from './agent-events.ts';
import {
  type AgentState,
  agentStateOf,
  type CallMode,
  callModeOf,
  type ExtensionState,
  extensionStateOf,
} from './agent-state.ts';
import { codeFrom } from './error-codes.ts';
import { type Fields, readFields, textOf, wholeNumberOf, wordingOf } from './json-fields.ts';

/** What an agent can be set to; the other states come about by themselves. */
export interface WishedState {
  readonly state: 'idle' | 'busy' | 'onBreak';
  /** Which kind of break, 0 where nothing is said. */
  readonly subState?: number;
}

/** The requests of the agent client, with what each carries beside the standard header; what is undefined is left out. */
export type SessionRequest =
  | { readonly Method: 'login'; readonly Token: string; readonly State: WishedState['state'] }
  | {
      readonly Method: 'setState';
      readonly State: WishedState['state'];
      readonly SubState: number | undefined;
    }
  | {
      readonly Method: 'setCallMode';
      readonly Contact: 'cellphone' | 'voip';
      readonly UserData: string | undefined;
    }
  | {
      readonly Method: 'dialout';
      readonly DestNumber: string;
      readonly SpNumber: string | undefined;
      readonly UserData: string | undefined;
    }
  | { readonly Method: 'logout' | 'hangup' | 'getState' };

/** What `getState` answers. */
export interface AgentSnapshot {
  readonly state: AgentState;
  /** Udesk's word for it. */
  readonly word: string | undefined;
  /** When the agent's state changed. */
  readonly since: Instant | undefined;
  readonly mode: CallMode;
  readonly extensionState: ExtensionState;
  /** Filled as far as the agent is in a call. */
  readonly call: DialledCall;
}

/** What a reply and its request, or an event and its acknowledgement, have in common. */
export interface MessageKey {
  readonly seqId: number;
  readonly msgId: string;
}

export interface Sender {
  readonly appId: string;
  readonly agentId: string;
  readonly userAgent: string;
}

export type Frame =
  | {
      readonly kind: 'reply';
      readonly key: MessageKey;
      readonly errCode: string;
      readonly errDesc: string;
      readonly fields: Fields;
    }
  | { readonly kind: 'event'; readonly key: MessageKey; readonly method: string; readonly fields: Fields }
  | { readonly kind: 'notification'; readonly method: string; readonly fields: Fields }
  | { readonly kind: 'malformed'; readonly why: string };

const VERSION = '1.0';

/** Timestamps of messages are milliseconds always; the unit that is a setting is that of the signed ones in addresses. */
export function requestText(request: SessionRequest, sender: Sender, key: MessageKey, at: Instant): string {
  return JSON.stringify({
    Ver: VERSION,
    UA: sender.userAgent,
    SeqId: key.seqId,
    MsgId: key.msgId,
    MsgType: 'REQ',
    AppId: sender.appId,
    AgentId: sender.agentId,
    Timestamp: at,
    ...request,
  });
}

export function acknowledgementText(method: string, key: MessageKey, at: Instant): string {
  const { seqId: SeqId, msgId: MsgId } = key;
  return JSON.stringify({ Ver: VERSION, SeqId, MsgId, MsgType: 'ACK', Timestamp: at, Method: method });
}

/** Total. What is not one of the three kinds of message that a server sends, complete and in the right types, is malformed. */
export function frameOf(data: unknown): Frame {
  if (typeof data !== 'string') return malformed('binary');
  const reading = readFields(data);
  return reading.ok ? messageOf(reading.fields) : malformed(reading.why);
}

function messageOf(fields: Fields): Frame {
  const type = fields.get('MsgType');
  const key = keyOf(fields);
  if (type === 'REP') return key === undefined ? malformed('reply without a key') : replyOf(key, fields);
  if (type !== 'EVT' && type !== 'NTF') return malformed('no MsgType that a server sends');
  const method = fields.get('Method');
  if (typeof method !== 'string' || method === '') return malformed(`${type} without a Method`);
  if (type === 'NTF') return { kind: 'notification', method, fields };
  // Without its key it cannot be acknowledged, so it must not look as if it had been taken.
  return key === undefined ? malformed('event without a key') : { kind: 'event', key, method, fields };
}

function replyOf(key: MessageKey, fields: Fields): Frame {
  const errCode = codeFrom(fields.get('ErrCode'));
  if (errCode === undefined) return malformed('reply without an ErrCode');
  return { kind: 'reply', key, errCode, errDesc: textOf(fields.get('ErrDesc')) ?? '', fields };
}

function keyOf(fields: Fields): MessageKey | undefined {
  const [seqId, msgId] = [fields.get('SeqId'), fields.get('MsgId')];
  if (typeof seqId !== 'number' || !Number.isSafeInteger(seqId)) return undefined;
  return typeof msgId === 'string' && msgId !== '' ? { seqId, msgId } : undefined;
}

export function snapshotOf(fields: Fields): AgentSnapshot {
  return {
    state: agentStateOf(fields.get('CurState')),
    word: wordingOf(fields.get('CurState')),
    since: wholeNumberOf(fields.get('StartTime')),
    mode: callModeOf(fields.get('CurMode')),
    extensionState: extensionStateOf(fields.get('CurExtState')),
    call: dialledCallOf(fields),
  };
}

function malformed(why: string): Frame {
  return { kind: 'malformed', why };
}
