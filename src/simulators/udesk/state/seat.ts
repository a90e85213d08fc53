/**
 * `idle`, `busy` and `onBreak` are the document's words. For the two others it has numbers alone, "In call" and "Not
 * available": their words are assumed.
 */
export type AgentState = 'offline' | 'idle' | 'busy' | 'onBreak' | 'inCall';

/** What an agent can be set to. */
export const SETTABLE_STATES = ['idle', 'busy', 'onBreak'] as const;
export type SettableState = (typeof SETTABLE_STATES)[number];

export type CallMode = 'voip' | 'cellphone';

/** The document numbers these; that events carry them as words is assumed. */
export type ExtensionState = 'idle' | 'busy' | 'online' | 'offline' | 'invalid';

/** Agent, seat: the document has both words for one thing. */
export interface Seat {
  readonly agentId: string;
  workId: string;
  name: string;
  mobile: string;
  email: string;
  role: 'agent' | 'leader';
  enable: boolean;
  readonly wrapUpTime: number;
  defSpNumber: string;
  readonly extensions: string[];
  readonly queues: Set<string>;
  callMode: CallMode;
  /** PSTN number or VOIP account, as the login said. */
  number: string;
  state: AgentState;
  subState: number;
  /** Since when in this state. */
  since: number;
}

export interface Extension {
  readonly number: string;
  readonly password: string;
  /** Company prefix and number, as a SIP phone registers. */
  readonly sipNumber: string;
  state: ExtensionState;
}

export type SeatFacts = Pick<Seat, 'agentId' | 'workId'> &
  Partial<Pick<Seat, 'name' | 'mobile' | 'email' | 'role' | 'enable' | 'wrapUpTime'>>;

export function newSeat(facts: SeatFacts, since: number): Seat {
  return {
    name: '',
    mobile: '',
    email: '',
    role: 'agent',
    enable: true,
    wrapUpTime: 0,
    ...facts,
    defSpNumber: '',
    extensions: [],
    queues: new Set(),
    callMode: 'voip',
    number: '',
    state: 'offline',
    subState: 0,
    since,
  };
}

export function isLoggedIn(seat: Seat): boolean {
  return seat.state !== 'offline';
}

// "State Enum Values": 0 ready, 1 ready for work, 2 locked, 3 in call, 4 not available. Which of them a busy agent or
// one on a break has is assumed.
const STATE_NUMBERS: Readonly<Record<AgentState, number>> = {
  idle: 0,
  busy: 2,
  inCall: 3,
  onBreak: 4,
  offline: 4,
};

export function stateNumber(state: AgentState): number {
  return STATE_NUMBERS[state];
}

const EXTENSION_STATES: readonly ExtensionState[] = ['idle', 'busy', 'online', 'offline', 'invalid'];

export function extensionStateNumber(state: ExtensionState): number {
  return EXTENSION_STATES.indexOf(state);
}
