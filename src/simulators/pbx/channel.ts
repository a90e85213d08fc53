import type { DialplanThread } from './dialplan-thread.ts';
import { type HangupCause, UNKNOWN_CAUSE } from './hangup-cause.ts';
import type { Header } from './packet.ts';
import type { Voice } from './voice.ts';

export const ChannelState = { down: 0, ring: 4, ringing: 5, up: 6 } as const;
export type ChannelState = (typeof ChannelState)[keyof typeof ChannelState];

const STATE_TEXTS = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' } as const;

/** `channelvars` of manager.conf, the mark first: the event filter on Hangup depends on that order. */
const CHANNEL_VARIABLES = [
  'MOVIDESK_QUEUE',
  'MOVIDESK_CALL_ID',
  'MOVIDESK_AGENT',
  'MOVIDESK_RING_SECONDS',
  'MOVIDESK_RECORDING',
  'UDESK_CALL_ID',
] as const;

/** Where a caller is, in the words of whoever watches the simulator. */
export type Place = 'waiting' | 'ringing' | 'talking' | 'leaving' | 'fallback' | 'gone';

export interface Party {
  readonly number: string;
  readonly name: string;
}

export interface ChannelStart {
  readonly name: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly device: string;
  readonly state: ChannelState;
  readonly caller: Party;
  readonly connected?: Party;
  readonly context: string;
  readonly exten: string;
  readonly createdAt: number;
}

const NOBODY: Party = { number: '', name: '' };

/** One leg that the PBX holds. */
export class Channel {
  readonly name: string;
  readonly uniqueid: string;
  readonly device: string;
  readonly createdAt: number;
  readonly dialledNumber: string;
  linkedid: string;
  state: ChannelState;
  caller: Party;
  connected: Party;
  context: string;
  exten: string;
  priority = 1;
  application = '';
  applicationData = '';
  onHold = false;
  /** A phone's leg that carries a caller the daemon sent there. */
  isOffer = false;
  hangupCause: HangupCause = UNKNOWN_CAUSE;
  bridgeId: string | undefined;
  /** Absent on legs that only serve somebody else's Dial. */
  thread: DialplanThread | undefined;
  place: Place = 'waiting';
  voice: Voice | undefined;
  /** The other side of the bridge has left it for good. */
  onPeerGone: () => void = () => {};
  readonly variables = new Map<string, string>();
  private readonly handedOn = new Set<string>();

  constructor(start: ChannelStart) {
    this.name = start.name;
    this.uniqueid = start.uniqueid;
    this.linkedid = start.linkedid;
    this.device = start.device;
    this.state = start.state;
    this.caller = start.caller;
    this.connected = start.connected ?? NOBODY;
    this.context = start.context;
    this.exten = start.exten;
    this.dialledNumber = start.exten;
    this.createdAt = start.createdAt;
  }

  /** `__NAME` is handed on to every channel that this one dials, and on from there. */
  setVariable(expression: string, value: string): void {
    const name = expression.replace(/^_{1,2}/, '');
    this.variables.set(name, value);
    if (expression.startsWith('__')) this.handedOn.add(name);
    else this.handedOn.delete(name);
  }

  inheritFrom(parent: Channel): void {
    for (const name of parent.handedOn) this.setVariable(`__${name}`, parent.variables.get(name) ?? '');
  }
}

/** The snapshot every channel event carries, in Asterisk's order; `prefix` is `Dest`, `Transferee` … */
export function channelHeaders(channel: Channel, prefix = ''): Header[] {
  const headers: Header[] = [
    ['Channel', channel.name],
    ['ChannelState', String(channel.state)],
    ['ChannelStateDesc', STATE_TEXTS[channel.state]],
    ['CallerIDNum', numberText(channel.caller)],
    ['CallerIDName', nameText(channel.caller)],
    ['ConnectedLineNum', numberText(channel.connected)],
    ['ConnectedLineName', nameText(channel.connected)],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', String(channel.priority)],
    ['Uniqueid', channel.uniqueid],
    ['Linkedid', channel.linkedid],
    ...CHANNEL_VARIABLES.map(
      (name): Header => ['ChanVariable', `${name}=${channel.variables.get(name) ?? ''}`],
    ),
  ];
  return prefix === '' ? headers : headers.map(([name, value]): Header => [prefix + name, value]);
}

// Asterisk cuts both at 79 bytes (seen on 22.10).
const LONGEST_PARTY_BYTES = 79;

// The number passes as the carrier sent it, line breaks included: that hole is real, and the dialplan closes it.
function numberText(party: Party): string {
  return party.number === '' ? '<unknown>' : cut(party.number);
}

function nameText(party: Party): string {
  return party.name === '' ? '<unknown>' : escaped(cut(party.name));
}

function cut(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= LONGEST_PARTY_BYTES ? text : bytes.subarray(0, LONGEST_PARTY_BYTES).toString('utf8');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}
