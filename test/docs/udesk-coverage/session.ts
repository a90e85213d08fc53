import {
  AGENT_EVENT_METHODS,
  type AgentEvent,
  agentEventOf,
} from '../../../src/adapters/udesk/agent-events.ts';
import type { SessionRequest } from '../../../src/adapters/udesk/session-messages.ts';
import { COVERED_EVENTS, COVERED_REQUESTS } from '../../adapters/udesk/contract/coverage.ts';
import type { Chapter, Use } from '../coverage/row.ts';

interface Words {
  /** The document's heading. */
  readonly title: string;
  readonly use?: Use;
}

type RequestMethod = SessionRequest['Method'];
type EventKind = Exclude<AgentEvent['kind'], 'unknown'>;

const SESSION = 'src/adapters/udesk/agent-session.ts';
const SEAT_SESSION = 'src/adapters/udesk/seat-session.ts';
const AGENT = 'src/adapters/udesk/mirrored-agent.ts';

const REQUESTS: Readonly<Record<RequestMethod, Words>> = {
  login: {
    title: 'Check-In',
    use: {
      purpose: 'an agent’s phone is registered, and each connection that is made anew',
      file: SEAT_SESSION,
      words: 'session.login(',
    },
  },
  logout: {
    title: 'Check-Out (Go Offline)',
    use: { purpose: 'an agent’s phone is gone', file: SEAT_SESSION, words: 'session?.logout(' },
  },
  setState: {
    title: 'Set Busy, Set Idle, Away (Short Break)',
    use: { purpose: 'an agent’s phone changes its state', file: SEAT_SESSION, words: 'session.setState(' },
  },
  hangup: { title: 'Hang Up' },
  setCallMode: { title: 'Set Call Mode [WebRTC]' },
  dialout: { title: 'Outbound Call' },
  getState: {
    title: 'Get Current State',
    use: { purpose: 'after each login, then twice a minute', file: SESSION, words: 'this.getState()' },
  },
};

const EVENTS: Readonly<Record<EventKind, Words>> = {
  'agent-ringing': { title: 'Outbound Agent Phone Ringing' },
  'agent-answered': { title: 'Outbound Agent Off-Hook' },
  'user-ringing': { title: 'Outbound User Ringing' },
  'user-answered': { title: 'Outbound User Off-Hook' },
  'agent-hung-up': { title: 'Agent Hang Up' },
  'user-hung-up': { title: 'User Hang Up' },
  'agent-state-changed': {
    title: 'Agent State Change',
    use: {
      purpose: 'whether the agent can take a call, and whether that is their own choice',
      file: AGENT,
      words: "event.kind === 'agent-state-changed'",
    },
  },
  'call-mode-changed': { title: 'Agent Call Mode Change' },
  'extension-state-changed': { title: 'Extension State Change' },
  disconnect: {
    title: 'Server Disconnect',
    use: { purpose: 'the session is left alone', file: SESSION, words: "event.kind !== 'disconnect'" },
  },
};

const REQUEST_METHODS = Object.keys(REQUESTS).filter((name): name is RequestMethod => name in REQUESTS);
const EVENT_KINDS = Object.keys(EVENTS).filter((kind): kind is EventKind => kind in EVENTS);

export const requestsChapter: Chapter = {
  title: 'Requests of an agent’s session',
  unused: 'client only',
  rows: REQUEST_METHODS.map((method) => ({
    title: REQUESTS[method].title,
    wire: [method],
    use: REQUESTS[method].use,
    test: { file: contractOf(COVERED_REQUESTS[method]), words: `session.${method}(` },
  })),
};

export const eventsChapter: Chapter = {
  title: 'Events of an agent’s session',
  unused: 'read and acknowledged; nothing follows',
  rows: EVENT_KINDS.map((kind) => ({
    title: EVENTS[kind].title,
    wire: methodsOf(kind),
    use: EVENTS[kind].use,
    // It goes through all of them, and fails where one did not arrive.
    test: { file: contractOf(COVERED_EVENTS[kind]), words: 'Object.keys(COVERED_EVENTS)' },
  })),
};

function methodsOf(kind: EventKind): readonly string[] {
  return AGENT_EVENT_METHODS.filter((method) => agentEventOf(method, new Map()).kind === kind);
}

function contractOf(chapter: string): string {
  return `test/adapters/udesk/contract/${chapter}.test.ts`;
}
