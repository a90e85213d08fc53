import { describe, expect, test } from 'vitest';
import { type Message, until } from './session-server.ts';
import { connected } from './session-world.ts';

const CALL = {
  AgentNumber: '8001',
  DestNumber: '01067654637',
  DestNumberLoc: 'Beijing',
  SpNumber: '057126200670',
  CallDirection: 'out',
  UserData: 'order 5',
};
const READ_CALL = {
  agentNumber: '8001',
  destNumber: '01067654637',
  destNumberLocation: 'Beijing',
  spNumber: '057126200670',
  direction: 'out',
  userData: 'order 5',
};

const EVENTS: readonly (readonly [string, Message, Message])[] = [
  ['agentRinging', CALL, { kind: 'agent-ringing', call: READ_CALL }],
  ['agentAnswered', CALL, { kind: 'agent-answered', call: READ_CALL }],
  ['userRinging', CALL, { kind: 'user-ringing', call: READ_CALL }],
  ['userAnswered', CALL, { kind: 'user-answered', call: READ_CALL }],
  ['agnetHangup', { Reason: 'bye' }, { kind: 'agent-hung-up', reason: 'bye' }],
  ['agentHangup', { Reason: '' }, { kind: 'agent-hung-up', reason: undefined }],
  ['userHangup', { Reason: 'bye' }, { kind: 'user-hung-up', reason: 'bye' }],
  [
    'agentStateChange',
    { CurState: 'onBreak', CurStateSubId: 2, OldState: 'idle' },
    { kind: 'agent-state-changed', state: 'onBreak', oldState: 'idle', subState: 2, word: 'onBreak' },
  ],
  [
    'agentStateChange',
    { CurState: 3, OldState: '1' },
    { kind: 'agent-state-changed', state: 'inCall', oldState: 'idle', subState: undefined, word: '3' },
  ],
  [
    'agentCallModeChange',
    { CurContact: 'cellphone' },
    { kind: 'call-mode-changed', mode: 'cellphone', word: 'cellphone' },
  ],
  [
    'extensionStateChange',
    { CurState: 'offline', OldState: 'idle', Reason: 'gone' },
    {
      kind: 'extension-state-changed',
      state: 'offline',
      oldState: 'idle',
      reason: 'gone',
      word: 'offline',
    },
  ],
];

describe('an event is acknowledged and understood', () => {
  test.each(EVENTS)('%s %o', async (method, properties, event) => {
    const { server, events, clock } = await connected();
    server.sendEvent(method, properties, { SeqId: 41, MsgId: 'a-uuid' });
    await until(() => server.visit.messages.length === 1);
    expect(events).toEqual([event]);
    expect(server.visit.messages).toEqual([
      { Ver: '1.0', SeqId: 41, MsgId: 'a-uuid', MsgType: 'ACK', Timestamp: clock.now(), Method: method },
    ]);
  });
});

test('a state in words that nobody knows is unknown, and the words are kept for the log', async () => {
  const { server, events } = await connected();
  server.sendEvent('agentStateChange', { CurState: 'meditating', OldState: { of: 'mind' } });
  await until(() => events.length === 1);
  expect(events).toMatchObject([{ state: 'unknown', oldState: 'unknown', word: 'meditating' }]);
});

test('an event that the document does not have is acknowledged, handed on by its name, and counted', async () => {
  const { server, session, events } = await connected();
  server.sendEvent('agentPromoted', { To: 'leader' });
  await until(() => events.length === 1);
  expect(events).toEqual([{ kind: 'unknown', method: 'agentPromoted' }]);
  expect(session.counters.unknownMethods).toBe(1);
  await until(() => server.of('agentPromoted').length === 1);
});

test('a notification is handed on without an answer', async () => {
  const { server, notifications, events } = await connected();
  server.send({ MsgType: 'NTF', SeqId: 1, MsgId: 'n', Method: 'agentStateChange', CurState: 'busy' });
  server.sendEvent('userHangup');
  await until(() => server.visit.messages.length === 1);
  expect(notifications).toMatchObject([{ kind: 'agent-state-changed', state: 'busy' }]);
  expect(events).toMatchObject([{ kind: 'user-hung-up' }]);
  expect(server.visit.messages).toMatchObject([{ MsgType: 'ACK', Method: 'userHangup' }]);
});

test('events are handed on in the order in which they came', async () => {
  const { server, events } = await connected();
  const reasons = Array.from({ length: 50 }, (_, at) => `reason ${at}`);
  for (const Reason of reasons) server.sendEvent('userHangup', { Reason });
  await until(() => events.length === 50);
  expect(events.map((event) => 'reason' in event && event.reason)).toEqual(reasons);
});
