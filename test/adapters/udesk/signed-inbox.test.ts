import { expect, test } from 'vitest';
import { NOBODY_NOW, STOP_NOTED } from '../../../src/adapters/udesk/callback-list.ts';
import { callbackSign } from '../../../src/adapters/udesk/signature.ts';
import { SignedInbox } from '../../../src/adapters/udesk/signed-inbox.ts';
import { UnknownWords } from '../../../src/adapters/udesk/unknown-words.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import type { HandedOut } from '../../../src/ports/lost-callers.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const SECRET = 'the application’s secret';
const ASKED = JSON.stringify({ app_id: APP_ID, ad_task_id: 'task-7', count: 1 });
const MINUTE_MS = 60_000;

const ANA: HandedOut = {
  callers: [{ callId: callIdFrom('pbx1-1.1'), number: '005511987650001' }],
  exhausted: true,
};

/** One run of the daemon's ear for Udesk; `heard` is what its relay was told, `handedOut` who was asked for callers. */
function anInbox(clock: ManualClock) {
  const log = new MemoryLog();
  const heard: unknown[][] = [];
  const handedOut: string[] = [];
  const inbox = new SignedInbox({
    ...{ appId: APP_ID, secret: SECRET, lostWithinMs: 3_600_000, clock, log },
    unknownWords: new UnknownWords(log),
    numberOf: () => undefined,
    relay: { hear: (...what) => void heard.push(what) },
    lostCallers: {
      async handOutLost({ task }) {
        handedOut.push(task);
        return ANA;
      },
    },
  });
  return { inbox, log, heard, handedOut };
}

/** The query with which Udesk signs what it sends at that moment. */
function signedAt(at: number) {
  const timestamp = String(at);
  const Sign = callbackSign({ appId: APP_ID, secret: SECRET, timestamp });
  return { Timestamp: timestamp, AppId: APP_ID, Sign };
}

const REFUSED = 'a request was refused that is not signed by Udesk';
const refusalsIn = (log: MemoryLog) =>
  log.lines.filter(({ message }) => message === REFUSED).map(({ level, facts }) => ({ level, ...facts }));

test('ten thousand requests that nobody signed are one line for the operator, and a minute later a count', async () => {
  const clock = new ManualClock();
  const { inbox, log } = anInbox(clock);
  for (let n = 0; n < 10_000; n++) expect(inbox.callback({}, `{"n":${n}}`)).toBe('refused');
  const first = { level: 'warn', what: 'callback', why: 'malformed' };
  expect(refusalsIn(log)).toEqual([first]);
  await clock.pass(MINUTE_MS);
  inbox.callback({}, '');
  expect(refusalsIn(log)).toEqual([first, { ...first, othersSince: 9_999 }]);
});

test('how many went unsaid stands in the next line, whenever that is', async () => {
  const clock = new ManualClock();
  const { inbox, log } = anInbox(clock);
  const refuse = () => inbox.callback({}, '');
  const line = { level: 'warn', what: 'callback', why: 'malformed' };
  for (let n = 0; n < 5; n++) refuse();
  await clock.pass(MINUTE_MS - 1);
  refuse();
  expect(refusalsIn(log)).toEqual([line]);
  await clock.pass(1);
  refuse();
  expect(refusalsIn(log)).toEqual([line, { ...line, othersSince: 5 }]);
  await clock.pass(60 * MINUTE_MS);
  refuse();
  expect(refusalsIn(log).at(-1)).toEqual(line);
});

test('another reason, and another thing that was asked for, is said at once', async () => {
  const clock = new ManualClock();
  const { inbox, log } = anInbox(clock);
  const forged = { ...signedAt(clock.now()), Sign: '0'.repeat(40) };
  for (let n = 0; n < 3; n++) {
    inbox.callback({}, '');
    inbox.callback(forged, '');
    await inbox.numbers({}, ASKED);
    await inbox.stop({}, ASKED);
  }
  expect(refusalsIn(log)).toEqual([
    { level: 'warn', what: 'callback', why: 'malformed' },
    { level: 'warn', what: 'callback', why: 'wrong-signature' },
    { level: 'warn', what: 'numbers', why: 'malformed' },
    { level: 'warn', what: 'stop', why: 'malformed' },
  ]);
});

test('which kind of break an agent is on is passed on with their state', () => {
  const clock = new ManualClock();
  const { inbox, heard } = anInbox(clock);
  const body = { event: 'acd_agent_state', AgentId: '7765', CurState: 'onBreak', CurStateSubId: 3 };
  expect(inbox.callback(signedAt(clock.now()), JSON.stringify(body))).toBe('taken');
  const { CurStateSubId: _, ...plain } = body;
  expect(inbox.callback(signedAt(clock.now()), JSON.stringify(plain))).toBe('taken');
  expect(heard).toEqual([
    [expect.objectContaining({ agentId: '7765' }), 'onBreak', 3],
    [expect.objectContaining({ agentId: '7765' }), 'onBreak', undefined],
  ]);
});

test('an event that nobody knows is acknowledged, and the operator sees it as Udesk has it', () => {
  const clock = new ManualClock();
  const { inbox, log } = anInbox(clock);
  inbox.callback({}, '{"event":"forged"}');
  expect(inbox.callback(signedAt(clock.now()), '{"event":"agent_promoted"}')).toBe('taken');
  const warnings = log.lines.filter(({ level, message }) => level === 'warn' && message !== REFUSED);
  expect(warnings.map(({ facts }) => facts)).toEqual([{ what: 'event', word: 'agent_promoted' }]);
});

test('a request that somebody kept takes nobody away after the daemon was restarted', async () => {
  const clock = new ManualClock();
  const before = anInbox(clock);
  await clock.pass(5_000);
  const kept = signedAt(clock.now());
  expect(await before.inbox.numbers(kept, ASKED)).toMatchObject({ results: [{ id: 'pbx1-1.1' }] });
  await clock.pass(1_000);
  const after = anInbox(clock);
  await clock.pass(1_000);
  expect(await after.inbox.numbers(kept, ASKED)).toEqual(NOBODY_NOW);
  // Nor does it with another body, which the signature does not cover.
  expect(await after.inbox.numbers(kept, ASKED.replace('1}', '100}'))).toEqual(NOBODY_NOW);
  expect(await after.inbox.stop(kept, ASKED.replace('1}', '2}'))).toEqual(STOP_NOTED);
  expect(after.log.lines).toEqual([]);
  expect(after.handedOut).toEqual([]);
  expect(await after.inbox.numbers(signedAt(clock.now()), ASKED)).toMatchObject({ exhausted: true });
  expect(after.handedOut).toEqual(['task-7']);
});

test('events from before the start are believed: hearing one twice changes nothing', async () => {
  const clock = new ManualClock();
  const sent = signedAt(clock.now());
  await clock.pass(1_000);
  const { inbox, heard } = anInbox(clock);
  inbox.callback(sent, '{"event":"acd_agent_state","AgentId":"7765","CurState":"idle"}');
  expect(heard).toHaveLength(1);
});

test('whoever sets the clock back does not keep Udesk from the callers', async () => {
  const clock = new ManualClock();
  const { inbox, handedOut } = anInbox(clock);
  await clock.pass(1_000);
  clock.setWallBy(-86_400_000);
  await inbox.numbers(signedAt(clock.now()), ASKED);
  expect(handedOut).toEqual(['task-7']);
});
