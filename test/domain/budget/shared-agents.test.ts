import { describe, expect, it } from 'vitest';
import { agentNamed, agentSeenFree } from '../../../src/domain/queue/known-agents.ts';
import { aCall, extension } from '../builders.ts';
import { ana, asked, denied, head, later, NOW, next, other } from './some-spending.ts';

describe('an agent who serves two queues', () => {
  const rui = extension('1002');
  const heads = { calls: [head, other], asks: asked(2_000) };
  const bothDenied = (member = ana) => denied(2_000, other, { known: denied(2_000), member });
  const anaFree = agentSeenFree(bothDenied(), ana, NOW - 100);

  it('is asked for once: while the question for one queue is on its way, they count as in use for the other', () => {
    expect(next({ ...heads, agents: anaFree })).toMatch(/^sign/);
    expect(next({ ...heads, agents: anaFree, inFlight: new Set([head.callId]) })).toMatch(/wait/);
    expect(next({ ...heads, agents: anaFree, inFlight: new Set([other.callId]) })).toMatch(/wait/);
  });

  it('keeps nobody from another who is free as well', () => {
    const known = agentNamed(anaFree, { queue: other.queue, extension: rui, now: NOW - 50 });
    expect(next({ ...heads, agents: known, inFlight: new Set([head.callId]) })).toBe('sign other');
  });

  it('is no matter to a queue for which they were never named', () => {
    const known = agentSeenFree(bothDenied(rui), ana, NOW - 100);
    expect(next({ ...heads, agents: known, inFlight: new Set([other.callId]) })).toBe('sign head');
  });

  it('is not taken by what is on its way of their own queue, or is no question', () => {
    const newcomer = later.unasked().waiting();
    const talking = aCall().withId('talking').inQueue('sales').talkingTo('1003');
    const calls = [...heads.calls, newcomer, talking];
    const inFlight = new Set([newcomer.callId, talking.callId]);
    expect(next({ ...heads, calls, agents: anaFree, inFlight })).toBe('sign head');
  });
});
