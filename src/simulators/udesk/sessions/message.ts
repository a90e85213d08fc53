import { isObject, parseJson } from '../../kit/json.ts';
import { isWithinWindow, unitOf } from '../signature.ts';

/** A message with a header that holds. */
export interface Message {
  readonly type: 'REQ' | 'ACK';
  readonly seqId: number;
  readonly msgId: string;
  readonly method: string;
  readonly timestamp: number;
  /** All but the header. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface ReadMessage {
  /** The parsed text, or the text itself. */
  readonly given: unknown;
  readonly message: Message | undefined;
  readonly breaches: readonly string[];
}

export interface Expected {
  readonly appId: string;
  readonly agentId: string;
  readonly now: number;
}

// Login repeats AppId and AgentId among its own: they are read with the header.
const HEADER = ['Ver', 'UA', 'SeqId', 'MsgId', 'MsgType', 'AppId', 'AgentId', 'Timestamp', 'Method'];

/** The text of a frame as a request or an acknowledgement, and all that is wrong with its header. */
export function readMessage(text: string, expected: Expected): ReadMessage {
  const given = parseJson(text);
  if (!isObject(given)) return { given: text, message: undefined, breaches: ['no JSON object'] };
  const type = given['MsgType'] === 'ACK' ? 'ACK' : 'REQ';
  const breaches = [
    ...commonBreaches(given, expected.now),
    ...(type === 'REQ' ? requestBreaches(given, expected) : []),
  ];
  if (breaches.length > 0) return { given, message: undefined, breaches };
  const fields = Object.fromEntries(Object.entries(given).filter(([name]) => !HEADER.includes(name)));
  const message = {
    type,
    seqId: Number(given['SeqId']),
    msgId: String(given['MsgId']),
    method: String(given['Method']),
    timestamp: Number(given['Timestamp']),
    fields,
  } as const;
  return { given, message, breaches };
}

function commonBreaches(given: Readonly<Record<string, unknown>>, now: number): string[] {
  const { Ver, SeqId, MsgId, MsgType, Timestamp, Method } = given;
  return [
    ...(Ver === '1.0' ? [] : ['Ver is not "1.0"']),
    ...(Number.isInteger(SeqId) ? [] : ['SeqId is no whole number']),
    ...(typeof MsgId === 'string' && MsgId !== '' ? [] : ['MsgId is missing']),
    ...(MsgType === 'REQ' || MsgType === 'ACK' ? [] : ['MsgType is neither REQ nor ACK']),
    ...(typeof Method === 'string' && Method !== '' ? [] : ['Method is missing']),
    ...timestampBreaches(Timestamp, now),
  ];
}

function timestampBreaches(timestamp: unknown, now: number): string[] {
  if (typeof timestamp !== 'number' || unitOf(timestamp) !== 'milliseconds') {
    return ['Timestamp is no number of milliseconds'];
  }
  return isWithinWindow(timestamp, now) ? [] : ['Timestamp is more than ten minutes off'];
}

function requestBreaches(given: Readonly<Record<string, unknown>>, { appId, agentId }: Expected): string[] {
  return [
    ...(given['AppId'] === appId ? [] : ['AppId is not the one of the session']),
    ...(given['AgentId'] === agentId ? [] : ['AgentId is not the one of the session']),
    ...(given['UA'] === undefined || typeof given['UA'] === 'string' ? [] : ['UA is no text']),
  ];
}
