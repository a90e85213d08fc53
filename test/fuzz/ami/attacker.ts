import fc from 'fast-check';
import {
  aboutChannel,
  dial,
  entered,
  hangup,
  hold,
  queueJoined,
  transferredAttended,
  transferredBlind,
  userEvent,
} from '../../adapters/asterisk/packets.ts';

/** A caller who writes line breaks into their own number, and so into every packet about their own channel. */
export const ATTACKER = '1795361999.66';
/** Short ones, such as a PBX gives out soon after its start, leave the most room. */
export const VICTIMS = ['1795361570.1', '1795361570.23', '1795361571.456'];
// Asterisk keeps so many of a caller's number (79 + the end mark), and of a dialled one.
export const MOST_BYTES = 79;

/** What it takes to forge each event that we read, in as few bytes as it takes. */
const ABOUT = [
  ...[
    'Privilege: call,all',
    'Channel: a',
    'ChannelState: 6',
    'ChannelStateDesc: a',
    'CallerIDNum',
    'CallerIDName',
  ],
  ...['ConnectedLineNum', 'ConnectedLineName', 'Language', 'AccountCode', 'Context', 'Exten', 'Priority: 1'],
  ...[`Uniqueid: ${VICTIMS[0]}`, 'Linkedid: a'],
];
const LIST_END = ['EventList: Complete', 'ListItems: 0'];
const RECIPES: Readonly<Record<string, readonly string[]>> = {
  Hangup: [...ABOUT, 'ChanVariable: MOVIDESK_QUEUE=a', 'Cause: 1', 'Cause-txt'],
  UserEvent: [...ABOUT, 'UserEvent: MovideskDial', 'DialStatus: B'],
  QueueCallerJoin: [...ABOUT, 'Queue: support', 'Position: 1', 'Count: 1'],
  DialBegin: [...ABOUT, 'DestChannel', 'ChanVariable: MOVIDESK_QUEUE=a', 'DialString'],
  DialEnd: [...ABOUT, 'DestChannel', 'ChanVariable: MOVIDESK_QUEUE=a', 'DialStatus: ANSWER'],
  BlindTransfer: ['Result: Success', 'IsExternal: Yes', `TransfereeUniqueid: ${VICTIMS[0]}`],
  AttendedTransfer: ['Result: Success', 'DestType: a', `TransfereeUniqueid: ${VICTIMS[0]}`],
  Hold: [...ABOUT, 'ChanVariable: UDESK_CALL_ID=a'],
  Unhold: [...ABOUT, 'ChanVariable: UDESK_CALL_ID=a'],
  DeviceStateChange: ['Privilege: call,all', 'Device: PJSIP/10', 'State: BUSY'],
  FullyBooted: ['Privilege: system,all', 'Uptime: 1', 'LastReload: 1', 'Status: Fully Booted'],
  Status: [...ABOUT.slice(1), 'BridgeID', 'Application', 'Data', 'ActionID: a'],
  StatusComplete: LIST_END,
  QueueEntry: [
    ...['Queue: support', 'Position: 1', 'Channel: a', `Uniqueid: ${VICTIMS[0]}`, 'CallerIDNum', 'Wait: 1'],
  ],
  QueueMember: ['Queue: support'],
  QueueStatusComplete: LIST_END,
  Shutdown: [],
};
const READ = Object.keys(RECIPES);

const victim = fc.constantFrom(...VICTIMS);
const line = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...READ).map((event) => `Event: ${event}`) },
  { weight: 3, arbitrary: victim.map((uniqueid) => `Uniqueid: ${uniqueid}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...ABOUT, 'Cause', 'Cause-txt', 'Queue', 'Position', 'Count', 'Wait'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...['Privilege: call,all', 'Privilege: user,all', 'Privilege: system,all', 'Privilege'],
      ...[
        'ChanVariable: MOVIDESK_QUEUE=a',
        'ChanVariable: MOVIDESK_AGENT=1002',
        'ChanVariable: UDESK_CALL_ID=a',
        'TransfererChanVariable: UDESK_CALL_ID=a',
        'TransfereeChanVariable: UDESK_CALL_ID=a',
        'OrigTransfererChanVariable: UDESK_CALL_ID=a',
        'TransfererChannel: PJSIP/1001',
        'Cause: 16',
        'Context: movidesk-agent',
      ],
      ...[
        'UserEvent: MovideskCall',
        'UserEvent: MovideskDial',
        'UserEvent: MovideskMessage',
        'Queue: support',
      ],
      ...[
        'Agent: 1001',
        'DialStatus: ANSWER',
        'DialStatus: B',
        'File: x.wav',
        'Size: 9',
        'Device: PJSIP/1001',
      ],
      ...['Device: PJSIP/10', 'State: BUSY', 'State: NOT_INUSE', 'Uptime: 1', 'Uptime: x', 'LastReload: 1'],
      ...['Status: Fully Booted', 'Status', 'Response: Success', 'Response: Error', 'Response: Follow'],
      ...[
        'Response:\rFollow',
        'Response:\u2028Follow',
        'ActionID: amv-1',
        'ActionID: close',
        'EventList: Complete',
      ],
      ...[
        'ListItems: 0',
        'Items: 0',
        'BridgeID: a',
        'Application: Queue',
        'Data: support',
        '__proto__: a',
        '5',
      ],
    ),
  },
);
const separator = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('\r\n', '\r\n\r\n') },
  { weight: 4, arbitrary: fc.constantFrom('\n', '\n\n') },
  { weight: 1, arbitrary: fc.constantFrom('\r', '\u2028', '\0', '\r\r\n', ' ') },
);
const pieced = fc
  .array(fc.tuple(separator, line), { minLength: 1, maxLength: 12 })
  .map((lines) => lines.flat().join(''));

/** A packet, or a stretch of it, in the fewest bytes: the best that can be done. */
const condensed = fc
  .record({
    event: fc.constantFrom(...READ),
    lineEnd: fc.constantFrom('\r\n', '\n'),
    isValueless: fc.boolean(),
    from: fc.oneof(fc.constant(0), fc.nat(16)),
    more: fc.array(line, { maxLength: 2 }),
    isOpening: fc.boolean(),
    isClosing: fc.boolean(),
  })
  .map(({ event, lineEnd, isValueless, from, more, isOpening, isClosing }) => {
    const headers = (RECIPES[event] ?? []).map((header) =>
      isValueless ? header.replace(VALUE, '') : header,
    );
    const opening = isOpening ? ['', '', `Event: ${event}`] : [''];
    const kept = isOpening ? headers.slice(0, from || headers.length) : headers.slice(from);
    return [...opening, ...kept, ...more, ...(isClosing ? ['', ''] : [])].join(lineEnd);
  });
// Of these the name alone says nothing.
const VALUE = /(?<!Uniqueid|Device|State|UserEvent|DialStatus|ChanVariable|Result): .*/;

/** What a caller may write where their number stands. */
export const number = fc.oneof(pieced, condensed).map(cut);

function cut(text: string): string {
  return Buffer.from(text).subarray(0, MOST_BYTES).toString();
}

const own = { uniqueid: ATTACKER };
const transfer = (event: string, other: string, last: string) => [
  `Event: ${event}`,
  'Privilege: call,all',
  'Result: Success',
  ...aboutChannel({ uniqueid: `${ATTACKER}1` }, other),
  ...aboutChannel(own, 'Transferee'),
  last,
];
/** The agent's channel that talks with them; `channelvars` names Udesk's calls, or does not, and this is none. */
const agent = { uniqueid: `${ATTACKER}1`, name: 'PJSIP/1001-0000002a', queue: '', exten: '' };
const talks = ['', undefined].map((linkedCall) => ({
  agent: { ...agent, linkedCall },
  caller: { ...own, linkedCall },
}));
/** Everything that Asterisk says of a channel, and we read. */
const TRUE_PACKETS: readonly (readonly string[])[] = [
  hangup(own),
  hangup({ ...own, queue: '' }),
  userEvent('SomebodyElses', own, 'Note: x'),
  entered(own),
  userEvent('MovideskDial', own, 'Agent: 1001', 'DialStatus: BUSY', 'HangupCause: 17'),
  userEvent('MovideskMessage', own, 'File: x.wav', 'Size: 100'),
  queueJoined(own, 'support'),
  dial('DialBegin', own, 'DialString: 1001'),
  dial('DialEnd', own, 'DialStatus: ANSWER'),
  transfer('BlindTransfer', 'Transferer', 'IsExternal: Yes'),
  transfer('AttendedTransfer', 'OrigTransferer', 'DestType: Bridge'),
  ...talks.flatMap((talk) => [
    hold('Hold', talk.agent),
    hold('Unhold', talk.agent),
    transferredBlind(talk, '1002'),
    transferredAttended(talk, 'Bridge'),
  ]),
];

// The number stands in more places than one: the dialled leg has it as what it is connected to, and a dialplan that takes
// anything for a number has it as what was dialled.
const PLACES = [
  // The last of their packets.
  ...['DialString', 'Note'],
  'CallerIDNum',
  'ConnectedLineNum',
  'Exten',
  'DestCallerIDNum',
  'DestConnectedLineNum',
  'TransfereeCallerIDNum',
  'TransfererConnectedLineNum',
  'OrigTransfererConnectedLineNum',
];

/** A packet of the attacker's own channel, with their text in one to three places. */
export const ownPacket: fc.Arbitrary<readonly string[]> = fc
  .record({
    packet: fc.constantFrom(...TRUE_PACKETS),
    first: number,
    others: fc.dictionary(fc.constantFrom(...PLACES), number, { maxKeys: 2 }),
    isEverywhere: fc.boolean(),
  })
  .map(({ packet, first, others, isEverywhere }) =>
    written(
      packet,
      (place) => others[place] ?? (place === 'CallerIDNum' || isEverywhere ? first : undefined),
    ),
  );

/** The packet with these texts in it, where there is such a place. */
export function written(
  packet: readonly string[],
  textOf: (place: string) => string | undefined,
): readonly string[] {
  return packet.map((header) => {
    const [place = ''] = header.split(': ');
    const text = PLACES.includes(place) ? textOf(place) : undefined;
    return text === undefined ? header : `${place}: ${text}`;
  });
}

export const bytesOf = (packets: readonly (readonly string[])[]): string =>
  packets.map((lines) => `${lines.join('\r\n')}\r\n\r\n`).join('');
