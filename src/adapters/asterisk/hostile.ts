import type { Packet } from './packet.ts';

/**
 * Callers can write line breaks into the stream: forged headers in a packet of their own channel, or, in some 77
 * characters, a whole packet that speaks of somebody else's (`%0d%0a` in the user part of a SIP From; Asterisk keeps
 * 79 bytes). Two things they cannot do: take the rest of the true packet away, so that what names a channel stands twice
 * or is cut off; and fit all the headers that Asterisk always sends into so few characters. Hence: every header listed
 * here for an event must stand there exactly once.
 */
export function whyRefused(packet: Packet): string | undefined {
  const event = packet['event'];
  if (typeof event !== 'string') return 'event repeated';
  for (const header of required(event)) {
    const value = packet[header];
    if (value === undefined) return `${header} missing`;
    if (typeof value !== 'string') return `${header} repeated`;
  }
  for (const header of AT_MOST_ONCE) {
    const value = packet[header];
    if (value !== undefined && typeof value !== 'string') return `${header} repeated`;
  }
  if (event.endsWith('Complete')) {
    const foreign = Object.keys(packet).find((header) => !ENDS_LIST.has(header));
    if (foreign !== undefined) return `${foreign} at the end of a list`;
  }
  // No event that we read is an answer as well.
  if (packet['response'] !== undefined) return 'response in an event';
  return undefined;
}

// In the order in which Asterisk sends them; the same for every event about a channel.
const ABOUT_CHANNEL = [
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
];

const aboutChannel = (prefix: string) => ABOUT_CHANNEL.map((header) => prefix + header);

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  FullyBooted: ['Privilege', 'Uptime', 'LastReload', 'Status'],
  UserEvent: ['Privilege', ...aboutChannel(''), 'UserEvent'],
  QueueCallerJoin: ['Privilege', ...aboutChannel(''), 'Queue', 'Position', 'Count'],
  DialBegin: ['Privilege', ...aboutChannel(''), ...aboutChannel('Dest'), 'DialString'],
  DialEnd: ['Privilege', ...aboutChannel(''), ...aboutChannel('Dest'), 'DialStatus'],
  BlindTransfer: [
    'Privilege',
    'Result',
    ...aboutChannel('Transferer'),
    ...aboutChannel('Transferee'),
    'IsExternal',
  ],
  AttendedTransfer: [
    'Privilege',
    'Result',
    ...aboutChannel('OrigTransferer'),
    ...aboutChannel('Transferee'),
    'DestType',
  ],
  Hangup: ['Privilege', ...aboutChannel(''), 'Cause', 'Cause-txt'],
  DeviceStateChange: ['Privilege', 'Device', 'State'],
  Status: [...aboutChannel(''), 'BridgeID', 'Application', 'Data', 'ActionID'],
  StatusComplete: ['EventList', 'ListItems', 'ActionID'],
  QueueParams: ['Queue', 'ActionID'],
  QueueMember: ['Queue', 'ActionID'],
  QueueEntry: ['Queue', 'Position', 'Channel', 'Uniqueid', 'CallerIDNum', 'Wait', 'ActionID'],
  QueueStatusComplete: ['EventList', 'ListItems', 'ActionID'],
};

const REQUIRED_BY_KEY = new Map(
  Object.entries(REQUIRED).map(([event, headers]) => [event, headers.map((header) => header.toLowerCase())]),
);

function required(event: string): readonly string[] {
  return REQUIRED_BY_KEY.get(event) ?? [];
}

// Beyond the required ones: what tells who is meant or what happened, where it stands at all.
const AT_MOST_ONCE = [
  'actionid',
  'agent',
  'context',
  'dialstatus',
  'exten',
  'extension',
  'file',
  'hangupcause',
  'linkedid',
  'queue',
  'size',
  'userevent',
  'uniqueid',
];

// An item torn apart by line breaks keeps its ActionID, which is its last header, and its second half could say that the
// list ends here. But it drags along what the item was about.
const ENDS_LIST = new Set([
  'event',
  'actionid',
  'eventlist',
  'listitems',
  'items',
  'timestamp',
  'systemname',
]);
