import { CALL_EVENT_NAMES } from '../../../src/adapters/udesk/call-event-names.ts';
import type { CallbackEvent } from '../../../src/adapters/udesk/callback-events.ts';
import type { UdeskInbox } from '../../../src/ports/udesk-inbox.ts';
import type { Chapter, Proof, Row, Use } from '../coverage/row.ts';

interface EventWords {
  /** The document's category, or its headline where it has none. */
  readonly title: string;
  readonly names: readonly string[];
  readonly use?: Use;
  readonly test: Proof;
}

type EventKind = Exclude<CallbackEvent['kind'], 'unknown' | 'unreadable'>;

const INBOX = 'src/adapters/udesk/signed-inbox.ts';
const EVERY_NAME = 'test/adapters/udesk/contract/callback-events.test.ts';

const named = (name: string): Proof => ({ file: EVERY_NAME, words: `'${name}'` });

const EVENTS: Readonly<Record<EventKind, EventWords>> = {
  'agent-state': {
    title: 'agent_state',
    names: ['acd_agent_state'],
    use: {
      purpose: 'whether the agent can take a call, and whether that is their own choice',
      file: INBOX,
      words: "event.kind === 'agent-state'",
    },
    test: named('acd_agent_state'),
  },
  'extension-state': { title: 'ext_state', names: ['ext_state'], test: named('ext_state') },
  'call-mode': {
    title: 'agent_call_mode',
    names: ['agent_call_mode_change'],
    test: named('agent_call_mode_change'),
  },
  call: {
    title: 'call',
    names: CALL_EVENT_NAMES,
    test: { file: EVERY_NAME, words: '...CALL_EVENT_NAMES' },
  },
  // A headline, and no name.
  queue: {
    title: 'Queue Status Change Events',
    names: ['queue…'],
    test: { file: 'test/adapters/udesk/callback-events.test.ts', words: 'queue_state_change' },
  },
};

const eventRows = Object.values(EVENTS).flatMap(({ title, names, use, test }) =>
  names.map((name): Row => ({ title, wire: [name], use, test })),
);

export const callbackEventsChapter: Chapter = {
  title: 'Events that Udesk sends to our callback address',
  unused: 'understood; nothing follows but a line of the debug log',
  rows: eventRows,
};

const LIST_TEST = 'test/adapters/udesk/callback-list-served.test.ts';

const REQUESTS: Readonly<Record<keyof UdeskInbox, Row>> = {
  callback: {
    title: 'Callback Authentication',
    wire: ['POST udesk/callback'],
    use: { purpose: 'takes the events above', file: INBOX, words: 'callback(query' },
    test: { file: 'test/observe/udesk-room.test.ts', words: '/udesk/callback' },
  },
  numbers: {
    title: 'Get Auto Dialing Task Numbers',
    wire: ['POST udesk/cc_ad_task/numbers'],
    use: { purpose: 'hands out lost callers', file: INBOX, words: 'async numbers(query' },
    test: { file: LIST_TEST, words: 'askForNumbers(' },
  },
  stop: {
    title: 'Automatic Dialing Task Stop Notification',
    wire: ['POST udesk/cc_ad_task/stop'],
    use: { purpose: 'is noted', file: INBOX, words: 'async stop(query' },
    test: { file: LIST_TEST, words: 'tellStopped(' },
  },
};

export const servedChapter: Chapter = {
  title: 'Requests of Udesk that the daemon serves',
  unused: 'not served',
  rows: Object.values(REQUESTS),
};
