import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALL_EVENT_NAMES } from '../../../src/adapters/udesk/call-event-names.ts';
import { callbackEventOf } from '../../../src/adapters/udesk/callback-events.ts';
import { deepUnder, hostileText } from './hostile-json.ts';

const read = (body: unknown) => callbackEventOf(JSON.stringify(body));

const NOBODY = {
  agentId: undefined,
  workId: undefined,
  extension: undefined,
  callId: undefined,
  queueId: undefined,
};

test('an agent’s change of state is understood with all that it says', () => {
  const body = {
    event: 'acd_agent_state',
    AppId: 'a54a8b77',
    AgentId: '7765',
    WorkId: '565',
    CurState: 'onBreak',
    CurStateSubId: 2,
    OldState: 'idle',
    StartTime: 1_566_298_669_326,
  };
  expect(read(body)).toEqual({
    ...NOBODY,
    kind: 'agent-state',
    agentId: '7765',
    workId: '565',
    state: 'onBreak',
    oldState: 'idle',
    subState: 2,
    word: 'onBreak',
  });
});

test.each([
  [0, 'idle'],
  [1, 'idle'],
  ['2', 'locked'],
  [3, 'inCall'],
  [4, 'offline'],
  [5, 'unknown'],
  ['idle', 'idle'],
  ['busy', 'busy'],
  ['onBreak', 'onBreak'],
  ['on_break', 'onBreak'],
  ['ONBREAK', 'onBreak'],
  ['In call', 'inCall'],
  ['Not available', 'offline'],
  ['Ready for work', 'idle'],
  ['', 'unknown'],
  [null, 'unknown'],
  [{ state: 'idle' }, 'unknown'],
  [true, 'unknown'],
])('the state %o reads %s', (CurState, state) => {
  expect(read({ event: 'acd_agent_state', CurState })).toMatchObject({ kind: 'agent-state', state });
});

test.each([
  [0, 'idle'],
  ['1', 'busy'],
  [2, 'online'],
  [3, 'offline'],
  [4, 'invalid'],
  [9, 'unknown'],
  ['Extension Offline', 'offline'],
])('the extension’s state %o reads %s', (ExtState, state) => {
  const event = read({ event: 'ext_state', Extension: 8001, ExtState, State: 'idle' });
  expect(event).toMatchObject({ kind: 'extension-state', extension: '8001', state });
});

test.each([
  ['voip', 'voip'],
  ['cellphone', 'cellphone'],
  ['pigeon', 'unknown'],
])('the call mode %s reads %s', (Contact, mode) => {
  const event = read({ event: 'agent_call_mode_change', AgentId: '10031', Contact });
  expect(event).toEqual({ ...NOBODY, kind: 'call-mode', agentId: '10031', mode, word: Contact });
});

describe('every call event of the document is understood', () => {
  test.each(CALL_EVENT_NAMES)('%s', (name) => {
    const body = { event: name, call_id: 'bc1cc555', agent_id: '111', caller: '0571', called: '176' };
    expect(read(body)).toMatchObject({
      kind: 'call',
      name,
      callId: 'bc1cc555',
      agentId: '111',
      numbers: { caller: '0571', called: '176' },
    });
  });

  test('there are as many as the document lists, and three that only its examples have', () => {
    expect(new Set(CALL_EVENT_NAMES).size).toBe(36 + 3);
  });
});

test('a call event has its numbers under each of the document’s names', () => {
  const body = {
    Event: 'user_hangup',
    CallId: 'bc1cc555-0b24-4e1c-9979-a514888ea495',
    DestNumber: '01086482889',
    SpNumber: '057128091649',
    AgentNumber: '90310468568975',
    called_display: '057126000000',
    HangupReason: 'normal',
    QueueId: 9008,
  };
  expect(read(body)).toMatchObject({
    kind: 'call',
    callId: 'bc1cc555-0b24-4e1c-9979-a514888ea495',
    queueId: '9008',
    reason: 'normal',
    numbers: {
      destNumber: '01086482889',
      spNumber: '057128091649',
      agentNumber: '90310468568975',
      calledDisplay: '057126000000',
      caller: undefined,
    },
  });
});

test.each(['AgentId', 'agent_id', 'agentId', 'agent_Id', 'AGENTID'])('an agent is found as %s', (name) => {
  expect(read({ event: 'hold_call', [name]: '111' })).toMatchObject({ agentId: '111' });
});

test('of two ways to write one thing the first counts', () => {
  expect(read({ event: 'hold_call', agent_id: '1', AgentId: '2' })).toMatchObject({ agentId: '1' });
});

test('the application that stands behind an agent’s id in the document’s example is cut off', () => {
  const AgentId = '7765@a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
  expect(read({ event: 'acd_agent_state', AgentId })).toMatchObject({ agentId: '7765' });
});

test.each(['event', 'Event', 'evt', 'event_name', 'EventType', 'Method', 'type', 'name'])(
  'the name of an event is found as %s',
  (place) => {
    expect(read({ [place]: 'hold_call' })).toMatchObject({ kind: 'call', name: 'hold_call' });
  },
);

test('a category alone is enough, where it holds one kind of event', () => {
  expect(read({ category: 'agent_state', State: 1 })).toMatchObject({ kind: 'agent-state', state: 'idle' });
  expect(read({ Category: 'ext_state', ExtState: 1 })).toMatchObject({ kind: 'extension-state' });
  expect(read({ category: 'agent_call_mode', Contact: 'voip' })).toMatchObject({ kind: 'call-mode' });
  expect(read({ category: 'call' })).toEqual({ kind: 'unknown', name: 'call' });
});

test('the seat’s own name is not taken for the event’s', () => {
  const event = read({ Name: 'Li', category: 'agent_state', CurState: 'busy' });
  expect(event).toMatchObject({ kind: 'agent-state', state: 'busy' });
});

test('an event of a queue is told with its queue', () => {
  const event = read({ event: 'queue_state_change', queue_id: '9008' });
  expect(event).toEqual({ ...NOBODY, kind: 'queue', name: 'queue_state_change', queueId: '9008' });
});

test('an event that nobody knows is told by its name', () => {
  expect(read({ event: 'agent_promoted', AgentId: '1' })).toEqual({
    kind: 'unknown',
    name: 'agent_promoted',
  });
});

test('an event without a name is told by what its properties are called, and by no value of theirs', () => {
  expect(read({ evtName: 'hold_call', AgentId: '1', '+5511987654321': 1 })).toEqual({
    kind: 'unreadable',
    why: 'without the name of an event: evtName, AgentId, +***',
  });
  expect(read({})).toEqual({
    kind: 'unreadable',
    why: 'without the name of an event: an empty object',
  });
});

test('a name that paints the terminal or fills the disk is made fit for a log', () => {
  const event = read({ event: `\u001b[2J\n${'x'.repeat(5_000)}` });
  expect(event.kind === 'unknown' && event.name).toMatch(/^\[2Jx|^\[2J x+$/);
  expect(event.kind === 'unknown' && event.name.length).toBeLessThanOrEqual(200);
});

test.each([
  ['no JSON', 'event=hold_call'],
  ['nothing', ''],
  ['a list', '[{"event":"hold_call"}]'],
  ['a number', '7'],
  ['a very deep object', deepUnder('event', 20_000)],
  ['a very long one', JSON.stringify({ event: 'hold_call', note: 'x'.repeat(70_000) })],
])('%s is unreadable', (_, body) => {
  expect(callbackEventOf(body)).toMatchObject({ kind: 'unreadable' });
});

test('whatever stands in a body, an event comes out, and nothing in it is but text and numbers', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(hostileText, (body) => {
      const event = callbackEventOf(body);
      kinds.add(event.kind);
      const { numbers = {}, ...rest } = { numbers: undefined, ...event };
      for (const value of [...Object.values(rest), ...Object.values(numbers)]) {
        expect(['string', 'number', 'undefined']).toContain(typeof value);
        if (typeof value === 'string') expect(value.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 5_000 },
  );
  expect([...kinds].sort()).toEqual([
    'agent-state',
    'call',
    'call-mode',
    'extension-state',
    'queue',
    'unknown',
    'unreadable',
  ]);
});

test('what else is in a body changes nothing', () => {
  const body = { event: 'acd_agent_state', AgentId: '1', CurState: 'busy' };
  const extra = fc.dictionary(
    fc.constantFrom('Foo', 'Timestamp', 'Sign', 'Email', 'Robot_Vars'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(extra, (more) => {
      fc.pre(JSON.stringify(more).length < 1_000);
      expect(read({ ...more, ...body })).toEqual(read(body));
    }),
    { numRuns: 300 },
  );
});
