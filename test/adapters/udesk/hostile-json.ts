import fc from 'fast-check';

// Split at blanks, for a list of forty words should not take forty lines.
const NAMES = [
  ...'MsgType SeqId MsgId Method ErrCode ErrDesc CurState OldState Reason DestNumber State event'.split(' '),
  ...'AgentId agent_id WorkId ExtState Extension CallId call_id category'.split(' '),
  ...['__proto__', 'constructor', 'toString', ''],
];
const WORDS = [
  ...'REQ REP EVT NTF ACK agentRinging agnetHangup agentStateChange getState call 000000'.split(' '),
  ...'acd_agent_state ext_state agent_call_mode_change user_hangup queue_full idle onBreak'.split(' '),
  ...['', '\u0000', '\ud800', '\r\n', '__proto__'],
];

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 4, -1, 1.5, 1e300, 2 ** 53, null, true, false) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);
const pairs = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 12 });

/** By hand, for only so can `__proto__` and a name that stands twice be said. */
function written(said: readonly (readonly [string, unknown])[]): string {
  return `{${said.map(([name, held]) => `${JSON.stringify(name)}:${JSON.stringify(held)}`).join()}}`;
}

const nested = fc
  .tuple(fc.constantFrom('[', '{"MsgType":', '{"a":['), fc.integer({ min: 1, max: 20_000 }))
  .map(([opening, times]) => opening.repeat(times));

/** Whatever somebody may write where a JSON object of Udesk's is expected. */
export const hostileText = fc.oneof(
  // Objects whose properties are those of the document, with anything in them.
  { weight: 6, arbitrary: pairs.map(written) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: nested },
);

const message = { SeqId: fc.integer(), MsgId: fc.uuid() };
// A reply without its code is malformed, and codes are too rare among the other properties to be left to chance.
const head = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      MsgType: fc.constantFrom('EVT', 'EVT', 'NTF'),
      ...message,
      Method: fc.constantFrom(
        'agentRinging',
        'agnetHangup',
        'agentStateChange',
        'extensionStateChange',
        'new',
      ),
    }),
  },
  fc.record({ MsgType: fc.constant('REP'), ...message, ErrCode: fc.constantFrom('000000', '200001') }),
);

/** Whatever a server may send, except that it does not say `disconnect`. */
export const hostileFrame = fc.oneof(
  // A message of the document, with anything else in it, which may spoil it: of two with one name the last counts.
  fc.tuple(head, pairs).map(([first, more]) => written([...Object.entries(first), ...more])),
  hostileText,
);

/** A well-formed object as deep as this under the property that is named. */
export function deepUnder(name: string, levels: number): string {
  return `{"${name}":${'['.repeat(levels)}${']'.repeat(levels)}}`;
}
