/** Header names in lower case, as the parser gives them, and what their values look like. */
export type Shapes = ReadonlyMap<string, RegExp>;

const ANY = /^/;
const SOME = /./su;
const NUMBER = /^-?[0-9]{1,10}$/;
// AST_MAX_UNIQUEID is 150. Opaque beyond that: `systemname` stands in front of it.
const ID = /^[^\p{Cc}]{1,150}$/u;
const exactly = (text: string) => new RegExp(`^${text}$`);

// In the order in which Asterisk sends them; the same for every event about a channel.
const ABOUT_CHANNEL: readonly (readonly [header: string, shape: RegExp])[] = [
  ['Channel', SOME],
  ['ChannelState', NUMBER],
  ['ChannelStateDesc', SOME],
  ['CallerIDNum', ANY],
  ['CallerIDName', ANY],
  ['ConnectedLineNum', ANY],
  ['ConnectedLineName', ANY],
  ['Language', ANY],
  ['AccountCode', ANY],
  ['Context', ANY],
  ['Exten', ANY],
  ['Priority', NUMBER],
  ['Uniqueid', ID],
  ['Linkedid', ID],
];

const aboutChannel = (prefix: string): Readonly<Record<string, RegExp>> =>
  Object.fromEntries(ABOUT_CHANNEL.map(([header, shape]) => [prefix + header, shape]));

const ofClass = (name: string) => ({ Privilege: exactly(`${name},all`) });
const LIST_END = { EventList: exactly('Complete'), ListItems: NUMBER, ActionID: SOME };

// Every state that `ast_devstate_str` knows.
const DEVICE_STATE = /^(UNKNOWN|NOT_INUSE|INUSE|BUSY|INVALID|UNAVAILABLE|RINGING|RINGINUSE|ONHOLD)$/;

/** What Asterisk always sends: each header once, its value of this shape. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  FullyBooted: {
    ...ofClass('system'),
    Uptime: NUMBER,
    LastReload: NUMBER,
    Status: exactly('Fully Booted'),
  },
  UserEvent: { ...ofClass('user'), ...aboutChannel(''), UserEvent: SOME },
  QueueCallerJoin: {
    ...ofClass('agent'),
    ...aboutChannel(''),
    Queue: SOME,
    Position: NUMBER,
    Count: NUMBER,
  },
  DialBegin: { ...ofClass('call'), ...aboutChannel(''), ...aboutChannel('Dest'), DialString: ANY },
  DialEnd: { ...ofClass('call'), ...aboutChannel(''), ...aboutChannel('Dest'), DialStatus: SOME },
  BlindTransfer: {
    ...ofClass('call'),
    Result: SOME,
    ...aboutChannel('Transferer'),
    ...aboutChannel('Transferee'),
    IsExternal: SOME,
  },
  AttendedTransfer: {
    ...ofClass('call'),
    Result: SOME,
    ...aboutChannel('OrigTransferer'),
    ...aboutChannel('Transferee'),
    DestType: SOME,
  },
  Hold: { ...ofClass('call'), ...aboutChannel('') },
  Unhold: { ...ofClass('call'), ...aboutChannel('') },
  Hangup: { ...ofClass('call'), ...aboutChannel(''), Cause: NUMBER, 'Cause-txt': ANY },
  DeviceStateChange: { ...ofClass('call'), Device: SOME, State: DEVICE_STATE },
  Status: { ...aboutChannel(''), BridgeID: ANY, Application: ANY, Data: ANY, ActionID: SOME },
  StatusComplete: LIST_END,
  QueueParams: { Queue: SOME, ActionID: SOME },
  QueueMember: { Queue: SOME, ActionID: SOME },
  QueueEntry: {
    Queue: SOME,
    Position: NUMBER,
    Channel: SOME,
    Uniqueid: ID,
    CallerIDNum: ANY,
    Wait: NUMBER,
    ActionID: SOME,
  },
  QueueStatusComplete: LIST_END,
};

const keyed = (shapes: Readonly<Record<string, RegExp>>): Shapes =>
  new Map(Object.entries(shapes).map(([header, shape]) => [header.toLowerCase(), shape]));

const REQUIRED_OF = new Map(Object.entries(REQUIRED).map(([event, shapes]) => [event, keyed(shapes)]));
const NOTHING: Shapes = new Map();

/** What must stand in a packet of this event; nothing where it is none that we read. */
export function requiredOf(event: string): Shapes {
  return REQUIRED_OF.get(event) ?? NOTHING;
}

// These are short enough to be forged whole, but not in a place of their own: what follows the caller's number in the
// true packet follows them. So they hold nothing else. The first five are what manager.conf may add to every event
// (`timestampevents`, asterisk.conf's `systemname`, `debug`).
const MAY_HOLD_BESIDES = [
  'timestamp',
  'systemname',
  'sequencenumber',
  'line',
  'func',
  'file',
  'event',
  'items',
];
const HOLDS_NOTHING_ELSE: ReadonlySet<string> = new Set([
  'FullyBooted',
  'DeviceStateChange',
  'StatusComplete',
  'QueueStatusComplete',
]);

/** Whether something stands in the packet that Asterisk never puts there. */
export function holdsForeign(event: string, headers: readonly string[]): boolean {
  if (!HOLDS_NOTHING_ELSE.has(event)) return false;
  const known = requiredOf(event);
  return headers.some((header) => !known.has(header) && !MAY_HOLD_BESIDES.includes(header));
}
