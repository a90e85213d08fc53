import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../src/domain/identity.ts';
import { callIdFrom, queueNameFrom } from '../../../src/domain/identity.ts';
import {
  agentEngaged,
  agentNamed,
  agentReleased,
  agentSeenFree,
  endingHeard,
  freeSince,
  headAsked,
  headDenied,
  isEngaged,
  type KnownAgents,
  nobodyKnown,
  wrapUpOf,
} from '../../../src/domain/queue/known-agents.ts';
import { taught, untaught } from '../../../src/domain/queue/wrap-up.ts';
import { extension } from '../builders.ts';

const SUPPORT = queueNameFrom('support');
const SALES = queueNameFrom('sales');
const CALL = callIdFrom('call');
const OTHER_CALL = callIdFrom('other');
const ANA = extension('1001');
const RUI = extension('1002');

const named = (known: KnownAgents, now: number, queue = SUPPORT, agent = ANA) =>
  agentNamed(known, { queue, extension: agent, now });
const engaged = (known: KnownAgents, hasTalked: boolean, queue = SUPPORT) =>
  agentEngaged(known, CALL, { extension: ANA, queue, hasTalked });
const afterTalk = (known: KnownAgents, now: number, queue = SUPPORT) =>
  endingHeard(engaged(known, true, queue), CALL, now);

const anaNamed = named(nobodyKnown, 1_000);

describe('who serves a queue', () => {
  it('is whoever was named for it, and stays so', () => {
    const both = named(named(anaNamed, 2_000, SUPPORT, RUI), 3_000, SUPPORT, ANA);
    expect(both.members).toEqual(new Map([[SUPPORT, new Set([ANA, RUI])]]));
  });

  it('is known of each queue by itself: an agent may serve two', () => {
    const both = named(anaNamed, 2_000, SALES, ANA);
    expect(both.members.get(SUPPORT)).toEqual(new Set([ANA]));
    expect(both.members.get(SALES)).toEqual(new Set([ANA]));
    expect(anaNamed.members.get(SALES)).toBeUndefined();
  });

  it('is learned from a call found at the start when it ends: its agent may be named next', () => {
    expect([...(afterTalk(nobodyKnown, 1_000).members.values().next().value ?? [])]).toHaveLength(1);
  });
});

describe('the questions about the head of a queue', () => {
  it('are remembered with the latest one, and with the latest one in vain', () => {
    const known = headAsked(
      headDenied(headAsked(nobodyKnown, SUPPORT, 1_000), SUPPORT, 1_000),
      SUPPORT,
      9_000,
    );
    expect(known.askedAt.get(SUPPORT)).toBe(9_000);
    expect(known.deniedAt.get(SUPPORT)).toBe(1_000);
    expect(headDenied(known, SUPPORT, 9_000).deniedAt.get(SUPPORT)).toBe(9_000);
  });

  it('are in vain since the latest of them, though an older one was answered after it', () => {
    const known = headDenied(headDenied(nobodyKnown, SUPPORT, 9_000), SUPPORT, 5_000);
    expect(known.deniedAt.get(SUPPORT)).toBe(9_000);
  });

  it('say nothing of another queue', () => {
    const known = headDenied(headAsked(nobodyKnown, SUPPORT, 1_000), SUPPORT, 1_000);
    expect(known.askedAt.get(SALES)).toBeUndefined();
    expect(known.deniedAt.get(SALES)).toBeUndefined();
    const both = headDenied(headAsked(known, SALES, 4_000), SALES, 4_000);
    expect(both.askedAt.get(SUPPORT)).toBe(1_000);
    expect(both.deniedAt.get(SUPPORT)).toBe(1_000);
  });
});

describe('an agent who is kept busy by a call of ours', () => {
  it.each([false, true])(
    'is so from the offer until the help desk has heard of the ending: talked %s',
    (hasTalked) => {
      const busy = engaged(anaNamed, hasTalked);
      expect(isEngaged(anaNamed, ANA)).toBe(false);
      expect(isEngaged(busy, ANA)).toBe(true);
      expect(isEngaged(busy, RUI)).toBe(false);
      expect(isEngaged(endingHeard(busy, CALL, 9_000), ANA)).toBe(false);
    },
  );

  it('is free again when the offer came to nothing, and keeps what was last seen of them', () => {
    const released = agentReleased(engaged(anaNamed, false), CALL);
    expect(isEngaged(released, ANA)).toBe(false);
    expect(released.sights).toEqual(anaNamed.sights);
  });

  it('is free again when the caller is offered to somebody else', () => {
    const passedOn = agentEngaged(engaged(anaNamed, false), CALL, {
      extension: RUI,
      queue: SUPPORT,
      hasTalked: false,
    });
    expect(isEngaged(passedOn, ANA)).toBe(false);
    expect(isEngaged(passedOn, RUI)).toBe(true);
  });

  it('stays so while another call of theirs is not over', () => {
    const twice = agentEngaged(engaged(anaNamed, true), OTHER_CALL, {
      extension: ANA,
      queue: SALES,
      hasTalked: true,
    });
    expect(isEngaged(endingHeard(twice, CALL, 9_000), ANA)).toBe(true);
    expect(isEngaged(agentReleased(twice, CALL), ANA)).toBe(true);
  });

  it('is not freed, nor anybody seen, by a caller who never came to an agent', () => {
    const busy = engaged(anaNamed, true);
    expect(endingHeard(busy, OTHER_CALL, 9_000)).toBe(busy);
    expect(agentReleased(busy, OTHER_CALL)).toBe(busy);
  });
});

describe('what was last seen of an agent', () => {
  it('is that the help desk had them free, when it named them', () => {
    expect(anaNamed.sights.get(ANA)).toEqual({ kind: 'named', at: 1_000, queue: SUPPORT });
  });

  it('is that their call is over, once the help desk has heard so: the wrap-up of its queue follows', () => {
    expect(afterTalk(anaNamed, 9_000, SALES).sights.get(ANA)).toEqual({
      kind: 'ended',
      at: 9_000,
      queue: SALES,
    });
  });

  it('is a sign that they are free, when the caller hung up before they answered: no wrap-up follows', () => {
    const known = endingHeard(engaged(anaNamed, false), CALL, 9_000);
    expect(known.sights.get(ANA)).toEqual({ kind: 'sign', at: 9_000, queue: undefined });
  });

  it('is a sign that they are free, when their phone shows it; the latest counts', () => {
    const known = agentSeenFree(agentSeenFree(anaNamed, ANA, 5_000), ANA, 7_000);
    expect(known.sights.get(ANA)).toMatchObject({ kind: 'sign', at: 7_000, queue: undefined });
  });

  it('is no sign of a phone that was never named: it may be no agent’s', () => {
    expect(agentSeenFree(anaNamed, RUI, 5_000)).toBe(anaNamed);
  });

  it('is not changed by their phone when a call of ours has ended: they wrap up first', () => {
    const known = afterTalk(anaNamed, 9_000);
    expect(agentSeenFree(known, ANA, 9_500)).toBe(known);
  });

  it('is not changed by their phone while the help desk has not heard of the ending', () => {
    const known = engaged(anaNamed, true);
    expect(agentSeenFree(known, ANA, 9_500)).toBe(known);
  });

  it('is one for all queues that they serve', () => {
    const known = agentSeenFree(named(anaNamed, 2_000, SALES), ANA, 5_000);
    expect(freeSince(known, SUPPORT, ANA)).toBe(5_000);
    expect(freeSince(known, SALES, ANA)).toBe(5_000);
  });
});

describe('since when an agent may have been free for a caller', () => {
  it('is not known of whom nothing was ever seen', () => {
    expect(freeSince(headDenied(anaNamed, SUPPORT, 5_000), SUPPORT, RUI)).toBeUndefined();
  });

  it('is the last sign of it, where nobody was asked about in vain since', () => {
    expect(freeSince(anaNamed, SUPPORT, ANA)).toBe(1_000);
    expect(freeSince(agentSeenFree(headDenied(anaNamed, SUPPORT, 3_000), ANA, 5_000), SUPPORT, ANA)).toBe(
      5_000,
    );
  });

  it('is the last question in vain, where that came later, for the callers of that queue', () => {
    const known = headDenied(anaNamed, SUPPORT, 5_000);
    expect(freeSince(known, SUPPORT, ANA)).toBe(5_000);
    expect(freeSince(known, SALES, ANA)).toBe(1_000);
  });
});

describe('what an agent’s return teaches of the wrap-up', () => {
  const ended = afterTalk(anaNamed, 10_000);

  it('is that it was over when they were named', () => {
    const known = named(ended, 25_000);
    expect(wrapUpOf(known, SUPPORT)).toEqual(taught(untaught, { notBeforeMs: 0, byMs: 15_000 }));
  });

  it('is that it was not over when somebody was asked about in vain', () => {
    const known = named(headDenied(ended, SUPPORT, 18_000), 25_000);
    expect(wrapUpOf(known, SUPPORT)).toEqual(taught(untaught, { notBeforeMs: 8_000, byMs: 15_000 }));
  });

  it('is not lessened by a question in vain before their call was over', () => {
    const known = named(headDenied(ended, SUPPORT, 4_000), 25_000);
    expect(wrapUpOf(known, SUPPORT)).toEqual(taught(untaught, { notBeforeMs: 0, byMs: 15_000 }));
  });

  it('is of the queue whose caller they talked to, whichever they are named for next', () => {
    const denied = headDenied(headDenied(ended, SALES, 14_000), SUPPORT, 20_000);
    const known = named(denied, 25_000, SALES);
    expect(wrapUpOf(known, SUPPORT)).toEqual(taught(untaught, { notBeforeMs: 4_000, byMs: 15_000 }));
    expect(wrapUpOf(known, SALES)).toEqual(untaught);
  });

  it('is learned once: named again, they were merely free', () => {
    const once = named(ended, 25_000);
    expect(wrapUpOf(named(once, 40_000), SUPPORT)).toEqual(wrapUpOf(once, SUPPORT));
  });

  it.each([SUPPORT, SALES])('adds to what was learned of that queue before, named for %s next', (queue) => {
    const once = named(ended, 25_000);
    const twice = named(afterTalk(once, 60_000), 70_000, queue);
    const lesson = { notBeforeMs: 0, byMs: 10_000 };
    expect(wrapUpOf(twice, SUPPORT)).toEqual(taught(wrapUpOf(once, SUPPORT), lesson));
  });

  it('leaves what was learned of other queues', () => {
    const once = named(ended, 25_000);
    const twice = named(afterTalk(once, 60_000, SALES), 70_000);
    expect(wrapUpOf(twice, SUPPORT)).toEqual(wrapUpOf(once, SUPPORT));
    expect(wrapUpOf(twice, SALES)).not.toEqual(untaught);
  });

  it.each([
    ['they only rang', endingHeard(engaged(anaNamed, false), CALL, 10_000)],
    ['their phone showed them free', agentSeenFree(anaNamed, ANA, 10_000)],
    ['they were named before', anaNamed],
    ['nothing was known of them', nobodyKnown],
  ])('is nothing where %s', (_, known) => {
    expect(wrapUpOf(named(known, 25_000), SUPPORT)).toEqual(untaught);
  });
});

/** One thing that the help desk or the PBX shows. */
interface Shown {
  readonly kind: 'asked' | 'denied' | 'named' | 'engaged' | 'released' | 'ended' | 'free';
  readonly agent: string;
  readonly call: CallId;
  readonly queue: typeof SUPPORT;
  readonly hasTalked: boolean;
  readonly afterMs: number;
}

const shown = fc.record<Shown>({
  kind: fc.constantFrom('asked', 'denied', 'named', 'engaged', 'released', 'ended', 'free'),
  agent: fc.constantFrom('1001', '1002', '1003'),
  call: fc.constantFrom(CALL, OTHER_CALL, callIdFrom('third')),
  queue: fc.constantFrom(SUPPORT, SALES),
  hasTalked: fc.boolean(),
  afterMs: fc.nat(90_000),
});

function learning(
  known: KnownAgents,
  { kind, agent, call, queue, hasTalked }: Shown,
  now: number,
): KnownAgents {
  const who = extension(agent);
  switch (kind) {
    case 'asked':
      return headAsked(known, queue, now);
    case 'denied':
      return headDenied(known, queue, now);
    case 'named':
      return agentNamed(known, { queue, extension: who, now });
    case 'engaged':
      return agentEngaged(known, call, { extension: who, queue, hasTalked });
    case 'released':
      return agentReleased(known, call);
    case 'ended':
      return endingHeard(known, call, now);
    case 'free':
      return agentSeenFree(known, who, now);
  }
}

describe('whatever is shown of the agents', () => {
  it('nobody is free since an instant to come, or since before the last question in vain', () => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 40 }), (history) => {
        let now = 0;
        let known = nobodyKnown;
        for (const one of history) {
          now += one.afterMs;
          known = learning(known, one, now);
          const since = freeSince(known, one.queue, extension(one.agent));
          if (since === undefined) continue;
          expect(since).toBeLessThanOrEqual(now);
          expect(since).toBeGreaterThanOrEqual(known.deniedAt.get(one.queue) ?? 0);
        }
      }),
    );
  });

  it('an agent is kept busy by exactly the calls that have them and are not over', () => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 40 }), (history) => {
        const agentOf = new Map<CallId, string>();
        let known = nobodyKnown;
        for (const [at, one] of history.entries()) {
          known = learning(known, one, at);
          if (one.kind === 'engaged') agentOf.set(one.call, one.agent);
          if (one.kind === 'released' || one.kind === 'ended') agentOf.delete(one.call);
          const busy = new Set(agentOf.values());
          for (const agent of ['1001', '1002', '1003'])
            expect(isEngaged(known, extension(agent))).toBe(busy.has(agent));
        }
      }),
    );
  });

  it('what was known before stays as it was: a decision may still be looking at it', () => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 20 }), shown, (history, last) => {
        const known = history.reduce((before, one, at) => learning(before, one, at), nobodyKnown);
        const copy = structuredClone(known);
        learning(known, last, history.length);
        expect(known).toEqual(copy);
      }),
    );
  });
});
