import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfAgent, type Outlook } from '../../../src/domain/budget/chance-of-agent.ts';
import { pollTiming } from '../../../src/domain/budget/poll-timing.ts';
import { callIdFrom, queueNameFrom } from '../../../src/domain/identity.ts';
import {
  agentEngaged,
  agentNamed,
  agentSeenFree,
  endingHeard,
  headDenied,
  type KnownAgents,
  nobodyKnown,
} from '../../../src/domain/queue/known-agents.ts';
import { taught, untaught } from '../../../src/domain/queue/wrap-up.ts';
import { extension } from '../builders.ts';

const SUPPORT = queueNameFrom('support');
const ANA = extension('1001');
const RUI = extension('1002');
const CALL = callIdFrom('call');

/** The caller was asked about in vain at this instant, and at no other unless told otherwise. */
const ASKED_AT = 10_000_000;
// A permit's price in lost milliseconds: with all ten there, and with the last one.
const CHEAP = 600;
const DEAR = 6_000;
// Half a second is as well as anything is known here.
const STEP = 500;
const LONGEST_LOOK = 60_000;

function outlook(known: KnownAgents, inUse: readonly string[] = []): Outlook {
  const isInUse = (one: string) => inUse.includes(one);
  return { queue: SUPPORT, known, extensions: { isInUse, isSetAside: () => false, nextInTurnAt: undefined } };
}

const serving = agentNamed(nobodyKnown, { queue: SUPPORT, extension: ANA, now: ASKED_AT - 3_600_000 });
const idle = headDenied(serving, SUPPORT, ASKED_AT);

/** Thirty lessons: it takes between 19 and 21 s. */
const twentySeconds = Array.from({ length: 30 }, () => ({ notBeforeMs: 19_000, byMs: 21_000 })).reduce(
  taught,
  untaught,
);

/** Ana's call ended at that instant. */
function afterTalk(endedAt: number): KnownAgents {
  const by = { extension: ANA, queue: SUPPORT, hasTalked: true };
  const ended = endingHeard(agentEngaged(serving, CALL, by), CALL, endedAt);
  return { ...ended, wrapUps: new Map([[SUPPORT, twentySeconds]]) };
}

function timing(known: KnownAgents, { since = ASKED_AT, now = ASKED_AT, priceMs = CHEAP } = {}) {
  return pollTiming(outlook(known), { since, now, priceMs });
}

/** What a caller has lost, so far as it is likely, between two instants: the sum that the rule speaks of. */
function lostMs(known: KnownAgents, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 10) sum += chanceOfAgent(outlook(known), at) * 10;
  return sum;
}

describe('a question about the head of a queue', () => {
  it('is due at once when an agent has become free', () => {
    const now = ASKED_AT + 3_000;
    const known = agentSeenFree(idle, ANA, now);
    expect(timing(known, { now, priceMs: DEAR })).toEqual({ at: now, isSure: true });
  });

  it('is due at once where nobody was ever asked about', () => {
    expect(timing(nobodyKnown, { since: -Infinity, priceMs: DEAR })).toEqual({ at: ASKED_AT, isSure: true });
  });

  it.each([CHEAP, DEAR, 15_000])(
    'is due when what was lost since the last one has come to its price: %d ms',
    (priceMs) => {
      const { at, isSure } = timing(idle, { priceMs });
      expect(isSure).toBe(false);
      expect(lostMs(idle, ASKED_AT, at)).toBeGreaterThanOrEqual(priceMs * 0.99);
      expect(lostMs(idle, ASKED_AT, at - STEP)).toBeLessThan(priceMs * 1.01);
    },
  );

  it('is due now, and not in the past, where that much was lost already', () => {
    const now = ASKED_AT + 40_000;
    expect(timing(idle, { now })).toEqual({ at: now, isSure: false });
  });

  it('is not due for what was lost before the last one, though that brought no news of agents', () => {
    const since = ASKED_AT + 30_000;
    const { at } = timing(idle, { since, now: since, priceMs: DEAR });
    expect(at).toBeGreaterThan(since);
    expect(lostMs(idle, since, at)).toBeGreaterThanOrEqual(DEAR * 0.99);
    expect(lostMs(idle, since, at - STEP)).toBeLessThan(DEAR * 1.01);
  });

  it('is due for what the last minute has lost, where the last one was long ago', () => {
    const now = ASKED_AT + 120_000;
    const lastMinute = lostMs(idle, now - LONGEST_LOOK, now);
    const enough = { since: -Infinity, now, priceMs: lastMinute * 0.97 };
    const tooDear = { since: -Infinity, now, priceMs: lastMinute * 1.1 };
    expect(timing(idle, enough).at).toBe(now);
    expect(timing(idle, tooDear).at).toBeGreaterThan(now);
    expect(timing(idle, { ...tooDear, since: ASKED_AT }).at).toBeGreaterThan(now);
  });

  it('is not due for the time in which all who are known were in calls', () => {
    const now = ASKED_AT + 120_000;
    const freed = headDenied(afterTalk(now - 1_000), SUPPORT, ASKED_AT);
    const look = { since: ASKED_AT, now, priceMs: DEAR };
    expect(timing(freed, look).at).toBeGreaterThan(now + 5_000);
    // Rui was there all the time.
    const beside = agentNamed(freed, { queue: SUPPORT, extension: RUI, now: ASKED_AT - 3_600_000 });
    expect(timing(beside, look).at).toBe(now);
  });

  it('is due when the wrap-up that was learned is almost certainly over', () => {
    const { at, isSure } = timing(headDenied(afterTalk(ASKED_AT - 1_000), SUPPORT, ASKED_AT), {
      priceMs: DEAR,
    });
    expect(isSure).toBe(true);
    expect(at - (ASKED_AT - 1_000)).toBeGreaterThan(19_000);
    expect(at - (ASKED_AT - 1_000)).toBeLessThan(23_000);
  });

  it('is due before that where permits are cheap: it is worth a try', () => {
    const known = headDenied(afterTalk(ASKED_AT - 1_000), SUPPORT, ASKED_AT);
    const cheap = timing(known, { priceMs: CHEAP });
    expect(cheap.at).toBeLessThan(timing(known, { priceMs: DEAR }).at);
    expect(cheap.isSure).toBe(false);
  });

  it('is not due while all who are known are in calls: it is looked at again in a minute', () => {
    const seen = outlook(idle, ['1001']);
    const now = ASKED_AT + 600_000;
    const look = { since: ASKED_AT, now, priceMs: CHEAP };
    expect(pollTiming(seen, look)).toEqual({ at: now + LONGEST_LOOK, isSure: false });
  });
});

interface Moment {
  readonly seen: Outlook;
  readonly look: { readonly since: number; readonly now: number; readonly priceMs: number };
}

/** Ana's call ended about when the caller was asked about in vain, who was then perhaps asked about once more, to no answer. */
const moments = ({ longestPassedMs }: { longestPassedMs: number }) =>
  fc
    .record({
      endedMs: fc.integer({ min: -60_000, max: 60_000 }),
      askedMs: fc.nat(100_000),
      passedMs: fc.nat(longestPassedMs),
      priceMs: fc.integer({ min: 1, max: 40_000 }),
      isBusy: fc.boolean(),
    })
    .map(({ endedMs, askedMs, passedMs, priceMs, isBusy }): Moment => {
      const since = ASKED_AT + Math.max(0, endedMs) + askedMs;
      const known = headDenied(afterTalk(ASKED_AT + endedMs), SUPPORT, ASKED_AT);
      return {
        seen: outlook(known, isBusy ? ['1001'] : []),
        look: { since, now: since + passedMs, priceMs },
      };
    });
const anyMoment = moments({ longestPassedMs: 200_000 });

describe('whatever is known of the agents, the instant named', () => {
  it('is not before now, and not after the time looked at', () => {
    fc.assert(
      fc.property(anyMoment, ({ seen, look }) => {
        const { at } = pollTiming(seen, look);
        expect(at).toBeGreaterThanOrEqual(look.now);
        expect(at).toBeLessThanOrEqual(look.now + LONGEST_LOOK + STEP);
      }),
    );
  });

  it('is no earlier where permits are dearer', () => {
    fc.assert(
      fc.property(anyMoment, fc.nat(20_000), ({ seen, look }, more) => {
        const dearer = pollTiming(seen, { ...look, priceMs: look.priceMs + more });
        // Where nothing is due within the time looked at, it is looked at again: that may be before the step is over.
        const { at } = pollTiming(seen, look);
        expect(dearer.at).toBeGreaterThanOrEqual(Math.min(at, look.now + LONGEST_LOOK));
      }),
    );
  });

  it('is called sure exactly where an agent is almost certainly free then', () => {
    fc.assert(
      fc.property(anyMoment, ({ seen, look }) => {
        const { at, isSure } = pollTiming(seen, look);
        if (isSure) expect(chanceOfAgent(seen, at)).toBeGreaterThanOrEqual(0.9);
        else expect(chanceOfAgent(seen, Math.max(look.now, at - STEP))).toBeLessThan(0.9);
      }),
    );
  });

  it('stands while time passes and nothing happens', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(moments({ longestPassedMs: 30_000 }), share, ({ seen, look }, passed) => {
        const first = pollTiming(seen, look);
        fc.pre(first.at < look.now + LONGEST_LOOK);
        // Within the minute looked back at, or some of what was lost is forgotten.
        const later = look.now + Math.floor(passed * (first.at - look.now));
        const now = Math.min(later, look.since + LONGEST_LOOK);
        expect(Math.abs(pollTiming(seen, { ...look, now }).at - first.at)).toBeLessThanOrEqual(2 * STEP);
      }),
    );
  });
});
