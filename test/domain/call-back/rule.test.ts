import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOSS_REASONS, type Loss, lossesIn } from '../../../src/domain/call-back/loss.ts';
import { reachOf } from '../../../src/domain/call-back/reach.ts';
import { type CallBackRule, ruleFor } from '../../../src/domain/call-back/rule.ts';
import { aRule, SALES, SUPPORT } from './some-rules.ts';

const CLOSED: Loss = { queue: SALES, ending: 'lost', reason: 'closed' };
const GAVE_UP: Loss = { queue: SALES, ending: 'canceled', reason: 'gave-up' };

describe('the rule for a lost caller', () => {
  it('is the first that means them', () => {
    const rules = [
      aRule('schedule', { queues: [SUPPORT] }),
      aRule('nothing', { reasons: ['closed'] }),
      aRule('call-back'),
    ];
    expect(ruleFor(rules, CLOSED)).toBe(rules[1]);
    expect(ruleFor(rules, GAVE_UP)).toBe(rules[2]);
    expect(ruleFor(rules, { ...CLOSED, queue: SUPPORT })).toBe(rules[0]);
  });

  it('is none where nobody wrote one for them', () => {
    expect(ruleFor([], CLOSED)).toBeUndefined();
    expect(ruleFor([aRule('call-back', { queues: [SUPPORT] })], CLOSED)).toBeUndefined();
  });

  it.each<[what: string, meant: Parameters<typeof aRule>[1], means: boolean]>([
    ['any loss', {}, true],
    ['their queue', { queues: [SUPPORT, SALES] }, true],
    ['other queues', { queues: [SUPPORT] }, false],
    ['their ending', { ending: 'lost' }, true],
    ['the other ending', { ending: 'canceled' }, false],
    ['their reason', { reasons: ['holiday', 'closed'] }, true],
    ['other reasons', { reasons: ['holiday'] }, false],
    ['their reason in other queues', { reasons: ['closed'], queues: [SUPPORT] }, false],
  ])('that means %s', (_what, meant, means) => {
    expect(ruleFor([aRule('call-back', meant)], CLOSED) !== undefined).toBe(means);
  });
});

describe('a caller who was gone when we looked again', () => {
  const UNSEEN: readonly Loss[] = [
    { queue: SALES, ending: 'lost', reason: 'unseen' },
    { queue: SALES, ending: 'canceled', reason: 'unseen' },
  ];

  it.each<[string, Parameters<typeof aRule>[1], means: boolean]>([
    ['that is about whatever reason', {}, false],
    ['that is about their queue', { queues: [SALES] }, false],
    ['that is about both endings, by not naming any', { ending: undefined }, false],
    ['that names other reasons', { reasons: ['gave-up', 'unreachable'] }, false],
    ['that names that reason', { reasons: ['unseen'] }, true],
    ['that names it among others', { reasons: ['gave-up', 'unseen'] }, true],
  ])('and a rule %s', (_what, meant, means) => {
    for (const loss of UNSEEN) expect(ruleFor([aRule('call-back', meant)], loss) !== undefined).toBe(means);
  });

  it('is left to the next rule that names them', () => {
    const rules = [aRule('nothing'), aRule('call-back', { reasons: ['unseen'] })];
    for (const loss of UNSEEN) expect(ruleFor(rules, loss)).toBe(rules[1]);
    expect(reachOf(rules, [SALES])[1]).toMatchObject({ queues: [SALES], takenBy: [] });
  });
});

describe('the reach of a rule', () => {
  it('is nothing behind one that takes all, and that one is named', () => {
    const [first, second] = reachOf([aRule('nothing'), aRule('call-back')], [SUPPORT, SALES]);
    expect(first).toMatchObject({ queues: [SUPPORT, SALES], takenBy: [] });
    expect(second).toMatchObject({ queues: [], takenBy: [0] });
  });

  it('is nothing behind several that take all of it between them', () => {
    const rules = [
      aRule('nothing', { ending: 'canceled' }),
      aRule('nothing', { queues: [SUPPORT] }),
      aRule('nothing', { queues: [SALES], ending: 'lost' }),
      aRule('call-back', { queues: [SALES] }),
    ];
    expect(reachOf(rules, [SUPPORT, SALES])[3]).toMatchObject({ queues: [], takenBy: [0, 2] });
  });

  it('is nothing, and nobody’s doing, where it contradicts itself', () => {
    const rule = aRule('call-back', { ending: 'canceled', reasons: ['closed'] });
    expect(reachOf([rule], [SUPPORT])).toEqual([{ rule, queues: [], takenBy: [] }]);
  });

  it('is what is left of it', () => {
    const rules = [aRule('nothing', { queues: [SUPPORT] }), aRule('call-back')];
    expect(reachOf(rules, [SUPPORT, SALES])[1]).toMatchObject({ queues: [SALES], takenBy: [0] });
  });

  const some = <Value>(...values: readonly Value[]) =>
    fc.option(fc.subarray([...values]), { nil: undefined });
  const rule: fc.Arbitrary<CallBackRule> = fc
    .record({
      queues: some(SUPPORT, SALES),
      ending: fc.constantFrom(undefined, 'lost' as const, 'canceled' as const),
      reasons: some(...LOSS_REASONS),
    })
    .map((meant) => aRule('call-back', meant));

  it('is whatever it is asked to decide, of all that can be lost', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        const losses = [SUPPORT, SALES].flatMap(lossesIn);
        const decided = rules.map((one) => losses.filter((loss) => ruleFor(rules, loss) === one));
        expect(reachOf(rules, [SUPPORT, SALES]).map(({ queues }) => queues)).toEqual(
          decided.map((its) => [...new Set(its.map(({ queue }) => queue))]),
        );
      }),
    );
  });
});
