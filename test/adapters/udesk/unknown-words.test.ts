import { expect, test } from 'vitest';
import { callbackEventOf } from '../../../src/adapters/udesk/callback-events.ts';
import { UnknownWords } from '../../../src/adapters/udesk/unknown-words.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { until } from './session-server.ts';
import { connected } from './session-world.ts';

const warningsIn = ({ lines }: MemoryLog) =>
  lines
    .filter(({ level, message }) => level === 'warn' && message === 'not understood from Udesk')
    .map(({ facts }) => facts);

/** What the operator is warned of when Udesk calls us back with these. */
function warnedOf(...bodies: readonly unknown[]) {
  const log = new MemoryLog();
  const words = new UnknownWords(log);
  for (const body of bodies)
    words.look(callbackEventOf(typeof body === 'string' ? body : JSON.stringify(body)));
  return warningsIn(log);
}

test.each([
  ['an event', { event: 'agent_promoted' }, { what: 'event', word: 'agent_promoted' }],
  ['a state', { event: 'acd_agent_state', CurState: 'wrapUp' }, { what: 'agent-state', word: 'wrapUp' }],
  ['no state', { event: 'acd_agent_state' }, { what: 'agent-state', word: 'nothing' }],
  ['a phone', { event: 'ext_state', ExtState: 'melting' }, { what: 'extension-state', word: 'melting' }],
  ['a mode', { event: 'agent_call_mode', mode: 'pigeon' }, { what: 'call-mode', word: 'pigeon' }],
  ['no JSON', 'event=hold_call', { what: 'callback', why: 'not JSON' }],
])('%s that nobody knows is shown to the operator as Udesk has it', (_what, body, warning) => {
  expect(warnedOf(body)).toEqual([warning]);
});

test('nothing is said of what is understood', () => {
  const states = ['idle', 2, 'Not Available'].map((CurState) => ({ event: 'acd_agent_state', CurState }));
  expect(warnedOf(...states, { event: 'hold_call' }, { event: 'queue_x' })).toEqual([]);
});

test('a word is said once, whoever it is said of, and goes on in the debug log', () => {
  const log = new MemoryLog();
  const words = new UnknownWords(log);
  for (const agentId of ['1', '2']) words.say({ what: 'event', word: 'agent_promoted' }, agentId);
  expect(log.lines.map(({ level, facts }) => [level, facts['agentId']])).toEqual([
    ['warn', '1'],
    ['debug', '2'],
  ]);
});

test('a flood of words ends in the log, and in the memory, after a hundred', () => {
  const flood = Array.from({ length: 1_000 }, (_, n) => ({ event: `word_${n}` }));
  expect(warnedOf(...flood, ...flood)).toHaveLength(100);
});

test('no number of a person is in it', () => {
  const said = JSON.stringify(warnedOf({ event: 'call 5511987654321' }, { event: '123456' }));
  expect(said).not.toContain('11987654321');
  expect(said).toContain('call ***');
  expect(said).toContain('123456');
});

test('what an agent’s session says is shown as well, each once', async () => {
  const { server, session, log } = await connected();
  for (let n = 0; n < 2; n++) {
    server.sendRaw('hello');
    server.sendEvent('agentPromoted');
    server.sendEvent('agentStateChange', { CurState: 'meditating', OldState: 'idle' });
    server.send({ MsgType: 'NTF', Method: 'extensionStateChange', CurState: 'melting' });
  }
  server.answer('getState', () => ({ CurState: 'wrapUp' }));
  await session.getState();
  await until(() => session.counters.unknownMethods === 2);
  expect(warningsIn(log).map(({ agentId, ...facts }) => facts)).toEqual([
    { what: 'message', why: 'not JSON' },
    { what: 'event', word: 'agentPromoted' },
    { what: 'agent-state-changed', word: 'meditating' },
    { what: 'extension-state-changed', word: 'melting' },
    { what: 'snapshot', word: 'wrapUp' },
  ]);
});
