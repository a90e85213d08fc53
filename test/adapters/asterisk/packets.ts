/** Packets as Asterisk 22 sends them, for tests. */
export interface Channel {
  readonly name?: string;
  readonly uniqueid?: string;
  readonly number?: string;
  readonly context?: string;
  readonly exten?: string;
  readonly queue?: string;
  readonly agent?: string;
  readonly recording?: string;
  /** Another system's name of the call; where it is not given, `channelvars` does not list the variable. */
  readonly linkedCall?: string | undefined;
  /** The number of whom the channel is connected to. */
  readonly connected?: string;
}

export function aboutChannel(channel: Channel, prefix = ''): readonly string[] {
  const uniqueid = channel.uniqueid ?? '1795361570.0';
  return [
    `Channel: ${channel.name ?? 'PJSIP/trunk-00000000'}`,
    'ChannelState: 6',
    'ChannelStateDesc: Up',
    `CallerIDNum: ${channel.number ?? '5511987654321'}`,
    'CallerIDName: José \\"Zé\\" Silva',
    `ConnectedLineNum: ${channel.connected ?? '<unknown>'}`,
    'ConnectedLineName: <unknown>',
    'Language: en',
    'AccountCode: ',
    `Context: ${channel.context ?? 'movidesk-hold'}`,
    `Exten: ${channel.exten ?? 's'}`,
    'Priority: 1',
    `Uniqueid: ${uniqueid}`,
    `Linkedid: ${uniqueid}`,
    `ChanVariable: MOVIDESK_QUEUE=${channel.queue ?? 'support'}`,
    'ChanVariable: MOVIDESK_CALL_ID=',
    `ChanVariable: MOVIDESK_AGENT=${channel.agent ?? ''}`,
    'ChanVariable: MOVIDESK_RING_SECONDS=',
    `ChanVariable: MOVIDESK_RECORDING=${channel.recording ?? ''}`,
    ...(channel.linkedCall === undefined ? [] : [`ChanVariable: UDESK_CALL_ID=${channel.linkedCall}`]),
  ].map((line) => prefix + line);
}

export const hangup = (channel: Channel = {}) => [
  'Event: Hangup',
  'Privilege: call,all',
  ...aboutChannel(channel),
  'Cause: 16',
  'Cause-txt: Normal Clearing',
];

export const hold = (event: 'Hold' | 'Unhold', channel: Channel) => [
  `Event: ${event}`,
  'Privilege: call,all',
  ...aboutChannel(channel),
  ...(event === 'Hold' ? ['MusicClass: default'] : []),
];

/** Who leaves (twice, by the leg that asked the colleague), who is sent on, and to whom where anybody is there yet. */
export interface Transfer {
  readonly agent: Channel;
  readonly caller: Channel;
  readonly own?: Channel;
  readonly target?: Channel;
}

export const transferredBlind = ({ agent, caller }: Transfer, extension: string) => [
  'Event: BlindTransfer',
  'Privilege: call,all',
  'Result: Success',
  ...aboutChannel(agent, 'Transferer'),
  ...aboutChannel(caller, 'Transferee'),
  'IsExternal: Yes',
  'Context: from-agents',
  `Extension: ${extension}`,
];

export const transferredAttended = ({ agent, own = agent, caller, target }: Transfer, destType: string) => [
  'Event: AttendedTransfer',
  'Privilege: call,all',
  'Result: Success',
  ...aboutChannel(agent, 'OrigTransferer'),
  ...aboutChannel(own, 'SecondTransferer'),
  ...aboutChannel(caller, 'Transferee'),
  ...(target === undefined ? [] : aboutChannel(target, 'TransferTarget')),
  'IsExternal: No',
  `DestType: ${destType}`,
];

export const userEvent = (name: string, channel: Channel, ...body: string[]) => [
  'Event: UserEvent',
  'Privilege: user,all',
  ...aboutChannel(channel),
  `UserEvent: ${name}`,
  ...body,
];

export const entered = (channel: Channel = {}) =>
  userEvent('MovideskCall', channel, `Queue: ${channel.queue ?? 'support'}`);

export const dial = (event: 'DialBegin' | 'DialEnd', channel: Channel, last: string) => [
  `Event: ${event}`,
  'Privilege: call,all',
  ...aboutChannel(channel),
  ...aboutChannel({ uniqueid: '1795361570.1', queue: '', context: 'from-agents' }, 'Dest'),
  last,
];

export const queueJoined = (channel: Channel, asteriskQueue: string) => [
  'Event: QueueCallerJoin',
  'Privilege: agent,all',
  ...aboutChannel({ queue: '', ...channel }),
  `Queue: ${asteriskQueue}`,
  'Position: 1',
  'Count: 1',
];

export const deviceChanged = (device: string, state: string) => [
  'Event: DeviceStateChange',
  'Privilege: call,all',
  `Device: ${device}`,
  `State: ${state}`,
];

export interface Listed extends Channel {
  readonly application?: string;
  readonly data?: string;
  readonly bridge?: string;
  /** How long the channel has been there. */
  readonly seconds?: number;
}

/** A `Status` item without its ActionID, which the list puts in. */
export const status = (channel: Listed) => [
  'Event: Status',
  'Privilege: Call',
  ...aboutChannel(channel),
  'Type: PJSIP',
  `BridgeID: ${channel.bridge ?? ''}`,
  `Application: ${channel.application ?? 'MusicOnHold'}`,
  `Data: ${channel.data ?? 'default'}`,
  `Seconds: ${channel.seconds ?? 1}`,
  `Variable: MOVIDESK_QUEUE=${channel.queue === '' ? '(null)' : (channel.queue ?? 'support')}`,
  'Variable: MOVIDESK_CALL_ID=(null)',
  `Variable: MOVIDESK_AGENT=${channel.agent ?? '(null)'}`,
];

export const queueEntry = (uniqueid: string, asteriskQueue: string, position: number) => [
  'Event: QueueEntry',
  `Queue: ${asteriskQueue}`,
  `Position: ${position}`,
  'Channel: PJSIP/trunk-00000000',
  `Uniqueid: ${uniqueid}`,
  'CallerIDNum: unknown',
  'CallerIDName: unknown',
  'Wait: 3',
  'Priority: 0',
];
