import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentEventOf } from '../../../src/adapters/udesk/agent-events.ts';
import { frameOf, snapshotOf } from '../../../src/adapters/udesk/session-messages.ts';
import { deepUnder, hostileFrame } from './hostile-json.ts';
import { until } from './session-server.ts';
import { connected, loggedIn } from './session-world.ts';

const EVENT = '"MsgType":"EVT","SeqId":1,"MsgId":"m","Method":"userHangup"';

const MALFORMED: readonly (readonly [string, string | Buffer])[] = [
  ['no JSON', 'hello'],
  ['nothing', ''],
  ['half a message', `{${EVENT}`],
  ['a list', `[{${EVENT}}]`],
  ['a text', '"EVT"'],
  ['null', 'null'],
  ['binary', Buffer.from(`{${EVENT}}`)],
  ['more than 64 KB', `{${EVENT},"Reason":"${'x'.repeat(65_536)}"}`],
  ['more than 64 KB in letters of three bytes', `{${EVENT},"Reason":"${'话'.repeat(22_000)}"}`],
  ['nine levels', `{${EVENT},"Reason":${'['.repeat(8)}${']'.repeat(8)}}`],
  ['twenty thousand levels', deepUnder('Reason', 20_000)],
  ['a message of no type', '{"SeqId":1,"MsgId":"m","Method":"userHangup"}'],
  ['a type that a server does not send', '{"MsgType":"REQ","SeqId":1,"MsgId":"m","Method":"userHangup"}'],
  ['a type that is a list', '{"MsgType":["EVT"],"SeqId":1,"MsgId":"m","Method":"userHangup"}'],
  ['an event without a method', '{"MsgType":"EVT","SeqId":1,"MsgId":"m"}'],
  ['an event whose method is a number', '{"MsgType":"EVT","SeqId":1,"MsgId":"m","Method":7}'],
  ['an event whose number is text', '{"MsgType":"EVT","SeqId":"1","MsgId":"m","Method":"userHangup"}'],
  ['an event whose number is a fraction', '{"MsgType":"EVT","SeqId":1.5,"MsgId":"m","Method":"userHangup"}'],
  ['an event whose id is a number', '{"MsgType":"EVT","SeqId":1,"MsgId":2,"Method":"userHangup"}'],
  ['a reply without a code', '{"MsgType":"REP","SeqId":1,"MsgId":"message-1"}'],
  ['a reply whose code is an object', '{"MsgType":"REP","SeqId":1,"MsgId":"message-1","ErrCode":{}}'],
];

test.each(MALFORMED)('%s is ignored, and the operator is warned of it', async (_, frame) => {
  const { server, session, events, notifications, log } = await connected();
  server.sendRaw(frame);
  server.sendEvent('userHangup', { Reason: 'afterwards' });
  await until(() => events.length === 1);
  expect(events).toEqual([{ kind: 'user-hung-up', reason: 'afterwards' }]);
  expect(notifications).toEqual([]);
  expect(session.counters.malformedFrames).toBe(1);
  expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  expect(await session.getState()).toMatchObject({ ok: true });
});

test('eight levels and 64 KB are taken', () => {
  const reason = 'x'.repeat(65_536 - `{${EVENT},"Reason":""}`.length);
  expect(frameOf(`{${EVENT},"Reason":"${reason}"}`)).toMatchObject({ kind: 'event' });
  expect(frameOf(`{${EVENT},"Reason":${'['.repeat(7)}${']'.repeat(7)}}`)).toMatchObject({ kind: 'event' });
});

test('a message of more than a megabyte ends the connection, and another is made', async () => {
  const { server, session, clock } = await connected();
  server.sendRaw('x'.repeat(1024 * 1024 + 1));
  await until(() => session.status.kind === 'waiting');
  await clock.pass(500);
  await until(() => server.visits.length === 2);
});

test('a thousand malformed frames do not cost the session', async () => {
  const { server, session } = await loggedIn();
  for (let count = 0; count < 1_000; count += 1) server.sendRaw('{"MsgType":"REP"}');
  await until(() => session.counters.malformedFrames === 1_000);
  expect(await session.getState()).toMatchObject({ ok: true });
});

test('whatever is said becomes a frame, an event and a snapshot without a throw', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(hostileFrame, (text) => {
      const frame = frameOf(text);
      kinds.add(frame.kind);
      if (frame.kind === 'malformed') return;
      snapshotOf(frame.fields);
      if (frame.kind !== 'reply') expect(agentEventOf(frame.method, frame.fields).kind).not.toBe('');
    }),
    { numRuns: 3_000 },
  );
  // Frames that are all malformed would prove little.
  expect([...kinds].sort()).toEqual(['event', 'malformed', 'notification', 'reply']);
});

test('whatever is said, the session goes on: every event is acknowledged once, the next question answered', async () => {
  const { server, session, events } = await loggedIn();
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(hostileFrame, { minLength: 1, maxLength: 10 }), async (texts) => {
      for (const text of texts) server.sendRaw(text);
      sent += texts.filter((text) => frameOf(text).kind === 'event').length;
      expect(await session.getState()).toMatchObject({ ok: true });
    }),
    { numRuns: 150 },
  );
  expect(server.visits).toHaveLength(1);
  expect(events).toHaveLength(sent);
  expect(sent).toBeGreaterThan(20);
  expect(server.visit.messages.filter(({ MsgType }) => MsgType === 'ACK')).toHaveLength(sent);
});
