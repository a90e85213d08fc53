import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfAgent, hopeOf, type Outlook } from '../../../src/domain/budget/chance-of-agent.ts';
import { callIdFrom, queueNameFrom } from '../../../src/domain/identity.ts';
import {
  agentEngaged,
  agentNamed,
  agentSeenFree,
  endingHeard,
  headAsked,
  headDenied,
  type KnownAgents,
  namedInVain,
  nobodyKnown,
} from '../../../src/domain/queue/known-agents.ts';
import { chanceOver, taught, untaught } from '../../../src/domain/queue/wrap-up.ts';
import { extension } from '../builders.ts';

const SUPPORT = queueNameFrom('support');
const SALES = queueNameFrom('sales');
const MINUTE = 60_000;

/** Support's caller was asked about in vain at this instant; every agent below was named an hour before. */
const DENIED_AT = 10_000_000;
const LONG_AGO = DENIED_AT - 3_600_000;

interface Shown {
  readonly inUse?: readonly string[];
  readonly setAside?: readonly string[];
}

/** A little after whatever was seen. */
const SOON = 60_000_000;

function outlook(known: KnownAgents, { inUse = [], setAside = [] }: Shown = {}, queue = SUPPORT): Outlook {
  const isInUse = (one: string) => inUse.includes(one);
  const isSetAside = (one: string) => setAside.includes(one);
  return { queue, known, extensions: { isInUse, isSetAside, nextInTurnAt: undefined } };
}

const serving = (...agents: readonly string[]) =>
  agents.reduce(
    (known, agent) => agentNamed(known, { queue: SUPPORT, extension: extension(agent), now: LONG_AGO }),
    nobodyKnown,
  );
const denied = (known: KnownAgents, at = DENIED_AT) => headDenied(known, SUPPORT, at);
const seenFree = (known: KnownAgents, agent: string, at: number) =>
  agentSeenFree(known, extension(agent), at);
const talking = (known: KnownAgents, agent: string, queue = SUPPORT) =>
  agentEngaged(known, callIdFrom(`of ${agent}`), { extension: extension(agent), queue, hasTalked: true });
const afterTalk = (known: KnownAgents, agent: string, at: number, queue = SUPPORT) =>
  endingHeard(talking(known, agent, queue), callIdFrom(`of ${agent}`), at);

/** Thirty lessons: it takes between 19 and 21 s. */
const twentySeconds = Array.from({ length: 30 }, () => ({ notBeforeMs: 19_000, byMs: 21_000 })).reduce(
  taught,
  untaught,
);
const knowing = (known: KnownAgents, queue = SUPPORT): KnownAgents => ({
  ...known,
  wrapUps: new Map(known.wrapUps).set(queue, twentySeconds),
});

/** The chance that somebody whose return is awaited for so long on the average has come. */
const come = (passedMs: number, meanMs: number) => 1 - Math.exp(-passedMs / meanMs);
const either = (one: number, other: number) => 1 - (1 - one) * (1 - other);

describe('the chance that an agent is named, before any has been', () => {
  it('is certain where nobody was ever asked about: anybody may be free', () => {
    expect(chanceOfAgent(outlook(nobodyKnown), DENIED_AT)).toBe(1);
  });

  it('is none when a caller was asked about in vain just now, and grows: two thirds after half a minute', () => {
    expect(chanceOfAgent(outlook(denied(nobodyKnown)), DENIED_AT)).toBe(0);
    expect(chanceOfAgent(outlook(denied(nobodyKnown)), DENIED_AT + 30_000)).toBeCloseTo(1 - 1 / Math.E);
  });

  it('is told by the answers of the queue itself', () => {
    expect(chanceOfAgent(outlook(denied(serving('1001')), {}, SALES), DENIED_AT)).toBe(1);
  });
});

describe('the chance that an agent is named who is idle and was not', () => {
  const idle = denied(serving('1001'));

  it('is none just after the question, and grows: from a pause one comes back in about two minutes', () => {
    expect(chanceOfAgent(outlook(idle), DENIED_AT)).toBe(0);
    expect(chanceOfAgent(outlook(idle), DENIED_AT + 2 * MINUTE)).toBeCloseTo(
      either(come(2 * MINUTE, 2 * MINUTE), come(2 * MINUTE, 5 * MINUTE)),
    );
  });

  it('starts anew from any question about the head, whoever that named', () => {
    const again = headAsked(idle, SUPPORT, DENIED_AT + MINUTE);
    expect(chanceOfAgent(outlook(again), DENIED_AT + MINUTE)).toBe(0);
    expect(chanceOfAgent(outlook(denied(idle, DENIED_AT + 2 * MINUTE)), DENIED_AT + 2 * MINUTE)).toBe(0);
  });

  it('is no greater where they were named since, and could not take the call', () => {
    const again = agentNamed(idle, { queue: SUPPORT, extension: extension('1001'), now: DENIED_AT + 1 });
    const inVain = namedInVain(again, extension('1001'), DENIED_AT + 2);
    const later = DENIED_AT + MINUTE;
    expect(chanceOfAgent(outlook(inVain), later)).toBe(chanceOfAgent(outlook(idle), later));
    expect(hopeOf(outlook(inVain), later)).toBe('blind');
  });

  it('is greater where two are idle', () => {
    const two = denied(serving('1001', '1002'));
    const oneBack = come(MINUTE, 2 * MINUTE);
    expect(chanceOfAgent(outlook(two), DENIED_AT + MINUTE)).toBeCloseTo(
      either(either(oneBack, oneBack), come(MINUTE, 5 * MINUTE)),
    );
  });

  it('is certain where nobody was ever asked about in vain', () => {
    expect(chanceOfAgent(outlook(serving('1001')), DENIED_AT)).toBe(1);
  });
});

describe('the chance that an agent is named of whom there is a sign', () => {
  it.each([
    ['their phone showed them free', seenFree(denied(serving('1001')), '1001', DENIED_AT + 1)],
    [
      'the help desk named them, though not to the head',
      agentNamed(denied(serving('1001')), {
        queue: SUPPORT,
        extension: extension('1001'),
        now: DENIED_AT + 1,
      }),
    ],
  ])('is great at once when %s since the last question in vain', (_, known) => {
    const chance = chanceOfAgent(outlook(known), DENIED_AT + 1);
    expect(chance).toBeGreaterThan(0.9);
    expect(chance).toBeLessThan(1);
  });

  it.each([DENIED_AT, DENIED_AT - 1])(
    'is none when the sign is as old as that question, or older: %d',
    (at) => {
      const known = denied(seenFree(serving('1001'), '1001', at));
      expect(chanceOfAgent(outlook(known), DENIED_AT)).toBe(0);
    },
  );
});

describe('the chance that an agent is named whose call is over', () => {
  const at = DENIED_AT + 5_000;
  const after = knowing(afterTalk(denied(serving('1001')), '1001', at));

  it('is what was learned of the wrap-up', () => {
    expect(chanceOfAgent(outlook(after), at)).toBeLessThan(0.05);
    expect(chanceOfAgent(outlook(after), at + 15_000)).toBeLessThan(0.2);
    expect(chanceOfAgent(outlook(after), at + 23_000)).toBeGreaterThan(0.9);
  });

  it('is great at once where nothing was learned: few accounts have any wrap-up', () => {
    const known = afterTalk(denied(serving('1001')), '1001', at);
    expect(chanceOfAgent(outlook(known), at)).toBeLessThan(0.05);
    expect(chanceOfAgent(outlook(known), at + 300)).toBeGreaterThan(0.85);
  });

  it('is by the wrap-up of the queue whose caller they talked to', () => {
    const ofSales = afterTalk(denied(serving('1001')), '1001', at, SALES);
    expect(chanceOfAgent(outlook(knowing(ofSales, SALES)), at + 10_000)).toBeLessThan(0.2);
    expect(chanceOfAgent(outlook(knowing(ofSales, SUPPORT)), at + 10_000)).toBeGreaterThan(0.85);
  });

  it('is not yet what the phone says: free since the call is no sign', () => {
    expect(chanceOfAgent(outlook(seenFree(after, '1001', at + 1_000)), at + 1_000)).toBeLessThan(0.05);
  });

  it('starts anew from a question in vain: still wrapping up then, they are soon free', () => {
    const early = denied(after, at + 5_000);
    const late = denied(after, at + 18_000);
    expect(chanceOfAgent(outlook(early), at + 5_000)).toBe(0);
    expect(chanceOfAgent(outlook(late), at + 18_000)).toBe(0);
    expect(chanceOfAgent(outlook(early), at + 23_000)).toBeGreaterThan(0.85);
    expect(chanceOfAgent(outlook(late), at + 23_000)).toBeGreaterThan(0.85);
  });

  it('is the wrap-up’s and the pause’s together after a question in vain: either may have kept them', () => {
    const over = chanceOver(twentySeconds, 20_000, 5_000);
    const known = denied(after, at + 5_000);
    expect(over).toBeGreaterThan(0.2);
    expect(over).toBeLessThan(0.8);
    expect(chanceOfAgent(outlook(known), at + 20_000)).toBeCloseTo(
      either(either(over, come(15_000, 2 * MINUTE)), come(15_000, 5 * MINUTE)),
    );
  });

  it('is that of anyone in a pause, where they were not named after it must have been over', () => {
    const away = denied(after, at + 10 * MINUTE);
    const idle = denied(serving('1001'), at + 10 * MINUTE);
    expect(chanceOfAgent(outlook(away), at + 11 * MINUTE)).toBeCloseTo(
      chanceOfAgent(outlook(idle), at + 11 * MINUTE),
    );
  });
});

describe('an agent who cannot take a call', () => {
  const two = seenFree(denied(serving('1001', '1002')), '1001', DENIED_AT + 1);
  const minuteLater = DENIED_AT + MINUTE;

  it.each([
    ['talks to a caller of ours', outlook(talking(two, '1001'))],
    ['is in use on the PBX', outlook(two, { inUse: ['1001'] })],
    ['did not take the last call offered', outlook(two, { setAside: ['1001'] })],
  ])('counts for nothing, whatever the signs, while one of them %s', (_, seen) => {
    const onlyTheOther = either(come(MINUTE, 2 * MINUTE), come(MINUTE, 5 * MINUTE));
    expect(chanceOfAgent(seen, minuteLater)).toBeCloseTo(onlyTheOther);
  });

  it('leaves no chance at all where all who are known are in calls, however long ago the question was', () => {
    expect(chanceOfAgent(outlook(talking(two, '1001'), { inUse: ['1002'] }), DENIED_AT + 60 * MINUTE)).toBe(
      0,
    );
    expect(chanceOfAgent(outlook(talking(serving('1001'), '1001')), DENIED_AT)).toBe(0);
  });

  it('leaves the chance of somebody unknown where they were only set aside', () => {
    const seen = outlook(two, { setAside: ['1001', '1002'] });
    expect(chanceOfAgent(seen, DENIED_AT + 5 * MINUTE)).toBeCloseTo(1 - 1 / Math.E);
  });

  it('is no matter to a queue that they do not serve', () => {
    const seen = outlook(denied(serving('1001')), { inUse: ['1002'], setAside: ['1003'] });
    expect(chanceOfAgent(seen, minuteLater)).toBe(
      chanceOfAgent(outlook(denied(serving('1001'))), minuteLater),
    );
  });
});

describe('what the hope for an agent rests on', () => {
  const known = denied(serving('1001', '1002'));
  const sign = seenFree(known, '1001', DENIED_AT + 1);
  const ended = afterTalk(known, '1001', DENIED_AT + 1);

  it('is the time that has passed, where nothing was seen since the last question in vain', () => {
    expect(hopeOf(outlook(nobodyKnown), SOON)).toBe('blind');
    expect(hopeOf(outlook(known), SOON)).toBe('blind');
    expect(hopeOf(outlook(denied(sign, DENIED_AT + 1)), SOON)).toBe('blind');
  });

  it('is a sign of somebody free, also where nobody was ever asked about in vain', () => {
    expect(hopeOf(outlook(sign), SOON)).toBe('sign');
    expect(hopeOf(outlook(serving('1001')), SOON)).toBe('sign');
  });

  it('is the end of a call, also where their wrap-up outlasted a question', () => {
    expect(hopeOf(outlook(ended), SOON)).toBe('ended');
    expect(hopeOf(outlook(denied(ended, DENIED_AT + 5_000)), DENIED_AT + 60_000)).toBe('ended');
    expect(hopeOf(outlook(knowing(ended)), DENIED_AT + 1_000)).toBe('ended');
  });

  it('is the sign, where one is free and another’s call is over, whoever of them is known longer', () => {
    expect(hopeOf(outlook(seenFree(ended, '1002', DENIED_AT + 2)), SOON)).toBe('sign');
    expect(hopeOf(outlook(afterTalk(sign, '1002', DENIED_AT + 2)), SOON)).toBe('sign');
  });

  it('is nobody who cannot take the call, nor anybody of another queue', () => {
    expect(hopeOf(outlook(sign, { inUse: ['1001'] }), SOON)).toBe('blind');
    expect(hopeOf(outlook(sign, { setAside: ['1001'] }), SOON)).toBe('blind');
    expect(hopeOf(outlook(talking(sign, '1001')), SOON)).toBe('blind');
    expect(hopeOf(outlook(ended, { inUse: ['1001'] }), SOON)).toBe('blind');
    expect(hopeOf(outlook(sign, {}, SALES), SOON)).toBe('blind');
  });
});

const AGENTS = ['1001', '1002', '1003'] as const;

/** Whatever may be known at some instant: agents named, called, seen, questions in vain, and what the PBX shows. */
const anything = fc
  .record({
    steps: fc.array(
      fc.record({
        kind: fc.constantFrom('named', 'denied', 'talks', 'ended', 'free'),
        agent: fc.constantFrom(...AGENTS),
        queue: fc.constantFrom(SUPPORT, SALES),
        afterMs: fc.nat(40_000),
      }),
      { maxLength: 25 },
    ),
    inUse: fc.subarray([...AGENTS]),
    setAside: fc.subarray([...AGENTS]),
  })
  .map(({ steps, inUse, setAside }) => {
    let now = 0;
    let known = nobodyKnown;
    for (const { kind, agent, queue, afterMs } of steps) {
      now += afterMs;
      if (kind === 'named') known = agentNamed(known, { queue, extension: extension(agent), now });
      else if (kind === 'denied') known = headDenied(known, queue, now);
      else if (kind === 'talks') known = talking(known, agent, queue);
      else if (kind === 'ended') known = endingHeard(known, callIdFrom(`of ${agent}`), now);
      else known = seenFree(known, agent, now);
    }
    return { now, known, shown: { inUse, setAside } };
  });

describe('whatever is known of the agents, the chance', () => {
  it('is one, and never falls while nobody is asked and nothing is seen', () => {
    fc.assert(
      fc.property(anything, fc.array(fc.nat(120_000), { maxLength: 12 }), ({ now, known, shown }, later) => {
        const seen = outlook(known, shown);
        let at = now;
        let before = 0;
        for (const ms of [0, ...later]) {
          at += ms;
          const chance = chanceOfAgent(seen, at);
          expect(chance).toBeGreaterThanOrEqual(before - 1e-9);
          expect(chance).toBeLessThanOrEqual(1 + 1e-9);
          before = chance;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is none while all who are known of the queue are in use', () => {
    fc.assert(
      fc.property(anything, fc.nat(3_600_000), ({ now, known, shown }, later) => {
        fc.pre(known.members.has(SUPPORT));
        const seen = outlook(known, { ...shown, inUse: AGENTS });
        expect(chanceOfAgent(seen, now + later)).toBe(0);
        expect(hopeOf(seen, SOON)).toBe('blind');
      }),
    );
  });

  it('is none at the instant of a question in vain, nor looked back at from there', () => {
    fc.assert(
      fc.property(anything, fc.nat(60_000), ({ now, known, shown }, earlier) => {
        const seen = outlook(headDenied(known, SUPPORT, now), shown);
        expect(chanceOfAgent(seen, now)).toBeCloseTo(0, 9);
        expect(chanceOfAgent(seen, now - earlier)).toBeCloseTo(0, 9);
      }),
    );
  });

  it('is no less where the same agents can take more', () => {
    fc.assert(
      fc.property(anything, fc.nat(120_000), ({ now, known, shown }, later) => {
        const chance = chanceOfAgent(outlook(known, shown), now + later);
        for (const spared of [
          { ...shown, setAside: [] },
          { ...shown, inUse: [] },
        ])
          expect(chanceOfAgent(outlook(known, spared), now + later)).toBeGreaterThanOrEqual(chance - 1e-9);
      }),
    );
  });
});
