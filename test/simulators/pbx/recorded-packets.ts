/** Packets of a real Asterisk 22, with the variables of the dialplan contract: header names in their order. */
const CHANNEL_NAMES = [
  'Channel',
  'ChannelState',
  'ChannelStateDesc',
  'CallerIDNum',
  'CallerIDName',
  'ConnectedLineNum',
  'ConnectedLineName',
  'Language',
  'AccountCode',
  'Context',
  'Exten',
  'Priority',
  'Uniqueid',
  'Linkedid',
  'ChanVariable',
  'ChanVariable',
  'ChanVariable',
  'ChanVariable',
  'ChanVariable',
  'ChanVariable',
];
const channel = (prefix = ''): string[] => CHANNEL_NAMES.map((name) => prefix + name);
const bridge = (prefix = ''): string[] =>
  ['Uniqueid', 'Type', 'Technology', 'Creator', 'Name', 'NumChannels', 'VideoSourceMode'].map(
    (name) => `${prefix}Bridge${name}`,
  );

export const RECORDED = {
  dialBegin: ['Event', 'Privilege', ...channel(), ...channel('Dest'), 'DialString'],
  dialEnd: ['Event', 'Privilege', ...channel(), ...channel('Dest'), 'DialStatus'],
  dialFailed: ['Event', 'Privilege', ...channel(), 'UserEvent', 'Agent', 'DialStatus', 'HangupCause'],
  message: ['Event', 'Privilege', ...channel(), 'UserEvent', 'File', 'Status', 'Size'],
  hangup: ['Event', 'Privilege', ...channel(), 'Cause', 'Cause-txt'],
  hangupAfterSipFailure: ['Event', 'Privilege', ...channel(), 'Cause', 'Cause-txt', 'TechCause'],
  hold: ['Event', 'Privilege', ...channel(), 'MusicClass'],
  unhold: ['Event', 'Privilege', ...channel()],
  queueJoin: ['Event', 'Privilege', ...channel(), 'Queue', 'Position', 'Count'],
  blindTransfer: [
    'Event',
    'Privilege',
    'Result',
    ...channel('Transferer'),
    ...channel('Transferee'),
    ...bridge(),
    'IsExternal',
    'Context',
    'Extension',
  ],
  attendedTransfer: [
    'Event',
    'Privilege',
    'Result',
    ...channel('OrigTransferer'),
    ...bridge('Orig'),
    ...channel('SecondTransferer'),
    ...bridge('Second'),
    ...channel('Transferee'),
    ...channel('TransferTarget'),
    'IsExternal',
    'DestType',
    'DestBridgeUniqueid',
  ],
  status: [
    'Event',
    'Privilege',
    ...channel(),
    'Type',
    'DNID',
    'EffectiveConnectedLineNum',
    'EffectiveConnectedLineName',
    'TimeToHangup',
    'BridgeID',
    'Application',
    'Data',
    'Nativeformats',
    'Readformat',
    'Readtrans',
    'Writeformat',
    'Writetrans',
    'Callgroup',
    'Pickupgroup',
    'Seconds',
    'Variable',
    'Variable',
    'ActionID',
  ],
} as const;

/** A DialEnd as recorded, whole; what differs from call to call stands as `*`. */
export const DIAL_END = `Event: DialEnd
Privilege: call,all
Channel: *
ChannelState: 6
ChannelStateDesc: Up
CallerIDNum: 5511000000001
CallerIDName: A
ConnectedLineNum: 1001
ConnectedLineName: Ana Atendente
Language: en
AccountCode: 
Context: movidesk-agent
Exten: 1001
Priority: *
Uniqueid: *
Linkedid: *
ChanVariable: MOVIDESK_QUEUE=support
ChanVariable: MOVIDESK_CALL_ID=*
ChanVariable: MOVIDESK_AGENT=1001
ChanVariable: MOVIDESK_RING_SECONDS=10
ChanVariable: MOVIDESK_RECORDING=*
ChanVariable: UDESK_CALL_ID=
DestChannel: *
DestChannelState: 6
DestChannelStateDesc: Up
DestCallerIDNum: 1001
DestCallerIDName: Ana Atendente
DestConnectedLineNum: 5511000000001
DestConnectedLineName: A
DestLanguage: en
DestAccountCode: 
DestContext: from-agents
DestExten: 
DestPriority: 1
DestUniqueid: *
DestLinkedid: *
DestChanVariable: MOVIDESK_QUEUE=
DestChanVariable: MOVIDESK_CALL_ID=
DestChanVariable: MOVIDESK_AGENT=
DestChanVariable: MOVIDESK_RING_SECONDS=
DestChanVariable: MOVIDESK_RECORDING=
DestChanVariable: UDESK_CALL_ID=
DialStatus: ANSWER`;
