import { describe, expect, it } from 'vitest';
import { callIdFrom, queueNameFrom } from '../../../src/domain/identity.ts';
import {
  agentEngaged,
  agentNamed,
  agentSeenFree,
  endingHeard,
  freeSince,
  headDenied,
  type KnownAgents,
  nobodyKnown,
} from '../../../src/domain/queue/known-agents.ts';
import { taught, untaught } from '../../../src/domain/queue/wrap-up.ts';
import { extension } from '../builders.ts';

const SUPPORT = queueNameFrom('support');
const SALES = queueNameFrom('sales');
const CALL = callIdFrom('call');
const ANA = extension('1001');
const RUI = extension('1002');

const named = (known: KnownAgents, now: number) => agentNamed(known, { queue: SUPPORT, extension: ANA, now });
const anaNamed = named(nobodyKnown, 1_000);

describe('a phone that shows free again and again, while the help desk names nobody', () => {
  /** Each second it shows free, and somebody is asked about in vain; the instants that were taken for a sign. */
  function signsOf(
    known: KnownAgents,
    { seconds, queue = SUPPORT }: { seconds: number; queue?: typeof SALES },
  ) {
    const signs: number[] = [];
    let seen = known;
    for (let second = 1; second <= seconds; second += 1) {
      const asked = headDenied(seen, queue, 100_000 + second * 1_000 - 500);
      seen = agentSeenFree(asked, ANA, 100_000 + second * 1_000);
      if (seen !== asked) signs.push(second);
    }
    return { signs, seen };
  }

  it('is believed twice, and then once in two minutes: it would spend the whole limit', () => {
    expect(signsOf(anaNamed, { seconds: 600 }).signs).toEqual([1, 2, 122, 242, 362, 482]);
  });

  it('is believed afresh once they were named', () => {
    const { seen } = signsOf(anaNamed, { seconds: 60 });
    expect(signsOf(named(seen, 100_100), { seconds: 60 }).signs).toHaveLength(2);
  });

  it('is believed where nobody of their queues was asked about in vain', () => {
    const known = agentNamed(anaNamed, { queue: SALES, extension: RUI, now: 2_000 });
    expect(signsOf(known, { seconds: 60, queue: SALES }).signs).toHaveLength(60);
  });

  it('is not counted against them where nobody was asked about since the last time', () => {
    let known = headDenied(anaNamed, SUPPORT, 5_000);
    for (let at = 6_000; at < 16_000; at += 1_000) known = agentSeenFree(known, ANA, at);
    expect(freeSince(known, SUPPORT, ANA)).toBe(15_000);
  });
});

describe('a phone that shows free after a call of ours', () => {
  /** Lessons from one minute to three, evenly. */
  const spread = Array.from({ length: 40 }, (_, at) => ({
    notBeforeMs: 60_000 + at * 3_000,
    byMs: 63_000 + at * 3_000,
  })).reduce(taught, untaught);
  const engaged = agentEngaged(anaNamed, CALL, { extension: ANA, queue: SUPPORT, hasTalked: true });
  const ended = endingHeard(engaged, CALL, 10_000);
  const isSignAfter = (known: KnownAgents, ms: number) => agentSeenFree(known, ANA, 10_000 + ms) !== known;

  it('says nothing for a minute where no wrap-up was learned', () => {
    expect([59_999, 60_000].map((ms) => isSignAfter(ended, ms))).toEqual([false, true]);
  });

  it('says nothing until nearly every wrap-up would be over, by what was learned', () => {
    const known = { ...ended, wrapUps: new Map([[SUPPORT, spread]]) };
    expect([110_000, 150_000, 177_000].map((ms) => isSignAfter(known, ms))).toEqual([false, false, true]);
  });
});
