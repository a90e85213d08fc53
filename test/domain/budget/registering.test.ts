import { describe, expect, it } from 'vitest';
import { askStarted } from '../../../src/domain/budget/ask-memory.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import {
  agentEngaged,
  agentNamed,
  agentSeenFree,
  endingHeard,
  headDenied,
  type KnownAgents,
} from '../../../src/domain/queue/known-agents.ts';
import { extension } from '../builders.ts';
import {
  ana,
  asked,
  denied,
  head,
  justSpent,
  knowingTwentySeconds,
  later,
  NOW,
  next,
  other,
  shownFree,
} from './some-spending.ts';

const newcomer = later.unasked().waiting();
const REGISTERED = 'newcomer later';

/** What is sent when a caller has come in behind the head, about whom the help desk was asked in vain so long ago. */
const behindHead = (
  msAgo: number,
  agents: KnownAgents = denied(msAgo),
  changes: Parameters<typeof next>[0] = {},
) => next({ calls: [head, newcomer], asks: asked(msAgo), agents, ...changes });

const talking = (known: KnownAgents, agent = ana, queue = head.queue) =>
  agentEngaged(known, callIdFrom('done'), { extension: agent, queue, hasTalked: true });

describe('a newcomer who is registered takes no agent from the head of their queue: they', () => {
  it('wait for the head’s next question as soon as an agent may well have come back since the last one', () => {
    const spent = justSpent(6);
    expect(behindHead(5_000, denied(5_000), { spent })).toBe(REGISTERED);
    expect(behindHead(28_000, denied(28_000), { spent })).toBe('blind head');
  });

  it('come right after a question in vain, however many agents are idle on the phone, and not seconds later', () => {
    const twenty = Array.from({ length: 20 }, (_, at) => extension(String(1001 + at)));
    const idle = (msAgo: number) =>
      twenty.reduce((known, member) => denied(msAgo, head, { known, member }), denied(msAgo));
    const spent = justSpent(6);
    expect(behindHead(2_000, idle(2_000), { spent })).toBe(REGISTERED);
    expect(behindHead(4_000, idle(4_000), { spent })).toMatch(/wait/);
  });

  it('wait though the question in vain was a moment ago, where an agent was seen free since', () => {
    const seen = agentSeenFree(denied(500), ana, NOW - 100);
    expect(behindHead(500, denied(500))).toBe(REGISTERED);
    expect(behindHead(500, seen)).toBe('wait 500');
  });

  it('wait while an ending is on its way that will set an agent of the queue free', () => {
    const known = talking(denied(1_100));
    expect(behindHead(1_100, known)).toBe(REGISTERED);
    expect(behindHead(1_100, known, { inFlight: new Set([callIdFrom('done')]) })).toMatch(/wait|nothing/);
  });

  it('do not wait for an ending that sets an agent of another queue free', () => {
    const rui = extension('1002');
    const known = talking(
      agentNamed(denied(1_100), { queue: other.queue, extension: rui, now: 0 }),
      rui,
      other.queue,
    );
    expect(behindHead(1_100, known, { inFlight: new Set([callIdFrom('done')]) })).toBe(REGISTERED);
  });

  it('wait where the wrap-up that was learned may be over when the question is heard, a second from now', () => {
    const endedAgo = (ms: number) => {
      const ended = endingHeard(talking(denied(60_000)), callIdFrom('done'), NOW - ms);
      return knowingTwentySeconds(headDenied(ended, head.queue, NOW - 4_000));
    };
    expect(behindHead(4_000, endedAgo(17_000))).toBe(REGISTERED);
    expect(behindHead(4_000, endedAgo(17_800))).toMatch(/wait/);
  });
});

describe('a newcomer whose first question failed', () => {
  it('is registered again at the even spacing', () => {
    const failedAgo = (ms: number) => askStarted(asked(1_100), newcomer.callId, NOW - ms);
    const calls = [head, later.asked().waiting()];
    expect(behindHead(1_100, denied(1_100), { calls, asks: failedAgo(8_571) })).toMatch(/wait/);
    expect(behindHead(1_100, denied(1_100), { calls, asks: failedAgo(8_572) })).toBe(REGISTERED);
  });
});

describe('a newcomer who is the head of their queue', () => {
  const first = { ...head, hearing: 'unasked' } as const;

  it('may have all permits but one where somebody is free for them, by all signs', () => {
    const wish = { calls: [first], agents: shownFree };
    expect(next({ ...wish, spent: justSpent(8) })).toBe('newcomer head');
    expect(next({ ...wish, spent: justSpent(9) })).toMatch(/wait/);
  });

  it('leaves the whole reserve where that is not likely', () => {
    const wish = { calls: [first], agents: denied(30_000) };
    expect(next({ ...wish, spent: justSpent(6) })).toBe('newcomer head');
    expect(next({ ...wish, spent: justSpent(7) })).toMatch(/wait/);
  });
});
