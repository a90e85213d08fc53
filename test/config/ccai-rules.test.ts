import { describe, expect, test } from 'vitest';
import type { CallBackRule } from '../../src/domain/call-back/rule.ts';
import { ruleFor } from '../../src/domain/call-back/rule.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import { aRule, ccaiOf, LEAST, loadWithSales, OUTBOUND_TOKEN } from './ccai-builder.ts';
import { fileWith, load, mistakesOf, onlyMistake } from './config-builder.ts';

const ALWAYS = {
  monday: '00:00-24:00',
  tuesday: 'closed',
  wednesday: 'closed',
  thursday: 'closed',
  friday: 'closed',
};

interface Lists {
  readonly openingHours?: readonly unknown[];
}

/** The two queues with these rules, with opening hours for both unless told otherwise, and with more to do than the rules say. */
const withRules = (rules: readonly string[], { openingHours = [ALWAYS] }: Lists = {}) =>
  loadWithSales({ ...LEAST, rules: rules.map(aRule), openingHours, outboundToken: OUTBOUND_TOKEN });
const rulesOf = (...rules: readonly string[]): readonly CallBackRule[] => ccaiOf(withRules(rules)).rules;

test('a rule is read with all that it says', () => {
  const [rule] = rulesOf(
    `queue: [support, sales], ending: lost, reason: [nobody, waited], then: call-back, menuId: 9, scheduledMenuId: 12,
     alternativeMenuId: 10, lang: pt, alternativeLang: en, recordingPermission: granted, outboundNumber: "+55 47 3300-0000"`,
  );
  expect(rule).toEqual({
    queues: ['support', 'sales'],
    ending: 'lost',
    reasons: ['nobody', 'waited'],
    wants: 'call-back',
    order: {
      menuId: 9,
      scheduledMenuId: 12,
      alternativeMenuId: 10,
      lang: 'pt',
      alternativeLang: 'en',
      recordingPermission: 'granted',
      outboundNumber: '+554733000000',
    },
  });
});

test('of rules in the order of the file the first that matches decides', () => {
  const rules = rulesOf(
    'queue: sales, then: nothing',
    'reason: [closed, holiday], then: schedule, menuId: 12',
    'ending: lost, then: call-back, menuId: 9',
  );
  const decided = (queue: string, reason: 'closed' | 'waited' | 'gave-up') =>
    ruleFor(rules, {
      queue: queueNameFrom(queue),
      ending: reason === 'gave-up' ? 'canceled' : 'lost',
      reason,
    })?.wants;
  expect([decided('sales', 'closed'), decided('support', 'closed')]).toEqual(['nothing', 'schedule']);
  expect([decided('support', 'waited'), decided('support', 'gave-up')]).toEqual(['call-back', undefined]);
});

test('a rule that makes nothing of a loss needs no menu', () => {
  expect(rulesOf('then: nothing')).toEqual([
    { queues: undefined, ending: undefined, reasons: undefined, wants: 'nothing' },
  ]);
});

const REFUSED: readonly (readonly [rule: string, key: string, problem: RegExp])[] = [
  ['menuId: 9', 'then', /is missing/],
  ['then: ring, menuId: 9', 'then', /one of call-back, schedule, nothing/],
  ['then: call-back', 'menuId', /is missing while then is call-back/],
  ['then: schedule', 'menuId', /is missing while then is schedule/],
  ['then: call-back, menuId: "9"', 'menuId', /whole number/],
  ['then: call-back, menuId: -1', 'menuId', /from 0/],
  ['then: call-back, menuId: 9, ending: completed', 'ending', /one of lost, canceled/],
  ['then: call-back, menuId: 9, reason: busy', 'reason', /one of holiday, closed, nobody, waited/],
  ['then: call-back, menuId: 9, reason: [closed, busy]', 'reason', /place 2 that must be one of/],
  ['then: call-back, menuId: 9, reason: [closed, closed]', 'reason', /closed twice/],
  ['then: call-back, menuId: 9, reason: []', 'reason', /empty list/],
  ['then: call-back, menuId: 9, queue: two words', 'queue', /2 to 64 letters/],
  ['then: call-back, menuId: 9, lang: pt-BR', 'lang', /two small letters/],
  ['then: call-back, menuId: 9, alternativeLang: EN', 'alternativeLang', /two small letters/],
  ['then: call-back, menuId: 9, recordingPermission: yes', 'recordingPermission', /one of not-asked/],
  ['then: call-back, menuId: 9, outboundNumber: "4733000000"', 'outboundNumber', /with \+ and country/],
  ['then: call-back, menuId: 9, outboundNumber: 554733000000', 'outboundNumber', /is a number/],
  ['then: schedule, menuId: 9, scheduledMenuId: 12', 'scheduledMenuId', /no effect while then is schedule/],
  ['then: schedule, menuId: 9, outboundNumber: "+554733000000"', 'outboundNumber', /no effect/],
  ['then: call-back, menuId: 9, alternativeMenuId: 9', 'alternativeMenuId', /no effect/],
  ['then: schedule, menuId: 9, alternativeMenuId: 9', 'alternativeMenuId', /no effect/],
  [
    'then: call-back, menuId: 9, scheduledMenuId: 9, alternativeMenuId: 9',
    'alternativeMenuId',
    /no effect: it is the menu that it would stand in for/,
  ],
  ['then: call-back, menuId: 9, lang: pt, alternativeLang: pt', 'alternativeLang', /no effect/],
  ['then: call-back, menuId: 9, alternativeLang: en', 'alternativeLang', /no effect/],
  ['then: call-back, menuId: 9, language: pt', 'language', /not a known key/],
];

test.each(REFUSED)('a rule with %s is refused', (rule, key, problem) => {
  const mistake = onlyMistake(withRules(['queue: sales, then: nothing', rule]));
  expect(mistake.key).toBe(`ccai.rules[1].${key}`);
  expect(mistake.problem).toMatch(problem);
  expect(mistake.remedy).not.toBe('');
});

test.each([
  ['the menu of calls that are made at once', 9],
  ['the menu of calls that are scheduled after all', 12],
])('a rule whose alternative menu is only %s is taken: it is another one for the rest', (_what, menuId) => {
  const [rule] = rulesOf(`then: call-back, menuId: 9, scheduledMenuId: 12, alternativeMenuId: ${menuId}`);
  expect(rule).toMatchObject({ order: { alternativeMenuId: menuId } });
});

test('a rule that is no group is refused, and how one is written is said', () => {
  const result = loadWithSales({ ...LEAST, rules: ['call-back'] });
  expect(onlyMistake(result)).toMatchObject({
    key: 'ccai.rules[0]',
    remedy: expect.stringContaining('write then'),
  });
});

describe('a rule for a queue that nobody knows', () => {
  test('is refused with the nearest that is known', () => {
    expect(onlyMistake(withRules(['queue: suport, then: call-back, menuId: 9']))).toEqual({
      key: 'ccai.rules[0].queue',
      problem: 'names suport, which is none of queues',
      remedy: 'the nearest known one is support',
    });
  });

  test('is refused with all that are known, where none is near', () => {
    const { remedy } = onlyMistake(withRules(['queue: [sales, billing], then: call-back, menuId: 9']));
    expect(remedy).toBe('write one of support, sales');
  });

  test('is not spoken of where the list of queues itself is refused', () => {
    const ccai = { ...LEAST, rules: [aRule('queue: billing, then: call-back, menuId: 9')] };
    expect(onlyMistake(load({ yaml: fileWith({ queues: [], ccai }) })).key).toBe('queues');
  });
});

describe('a rule that can never decide', () => {
  test('is refused, and the earlier one that means all of it is named', () => {
    const result = withRules(['ending: lost, then: nothing', 'reason: closed, then: schedule, menuId: 9']);
    expect(onlyMistake(result)).toEqual({
      key: 'ccai.rules[1]',
      problem: 'can never decide: ccai.rules[0] before it already means all of it',
      remedy: 'move it up, or remove it',
    });
  });

  test('because several earlier ones mean all of it is refused, too', () => {
    const result = withRules([
      'queue: support, then: nothing',
      'queue: sales, ending: lost, then: nothing',
      'queue: sales, reason: gave-up, then: nothing',
      'then: call-back, menuId: 9',
    ]);
    expect(onlyMistake(result)).toMatchObject({
      key: 'ccai.rules[3]',
      problem: expect.stringContaining(
        'ccai.rules[0] and ccai.rules[1] and ccai.rules[2] before it already mean',
      ),
    });
  });

  test('because it contradicts itself is refused, and why is said', () => {
    const result = withRules(['ending: canceled, reason: closed, then: call-back, menuId: 9']);
    expect(onlyMistake(result)).toMatchObject({
      key: 'ccai.rules[0]',
      problem: expect.stringContaining('gave-up is always canceled'),
    });
  });
});

describe('a rule that schedules', () => {
  const SUPPORT_ONLY = { openingHours: [{ ...ALWAYS, queue: 'support' }] };

  test('is refused for a queue without opening hours, and the queue is named', () => {
    expect(onlyMistake(withRules(['then: schedule, menuId: 9'], SUPPORT_ONLY))).toEqual({
      key: 'ccai.rules[0].then',
      problem: 'needs opening hours, and sales has none',
      remedy: 'write them in ccai.openingHours',
    });
    expect(onlyMistake(withRules(['then: schedule, menuId: 9'], { openingHours: [] })).problem).toContain(
      'support, sales have none',
    );
  });

  test('may mean any queue where an earlier rule decides for those without hours', () => {
    const result = withRules(['queue: sales, then: nothing', 'then: schedule, menuId: 9'], SUPPORT_ONLY);
    expect(ccaiOf(result).rules).toHaveLength(2);
  });

  test('only after all needs the hours as well', () => {
    const result = withRules(['queue: sales, then: call-back, menuId: 9, scheduledMenuId: 12'], SUPPORT_ONLY);
    expect(onlyMistake(result).key).toBe('ccai.rules[0].scheduledMenuId');
  });

  test('is not what a call-back without a menu for it is', () => {
    expect(ccaiOf(withRules(['then: call-back, menuId: 9'], { openingHours: [] })).rules).toHaveLength(1);
  });
});

test('each mistake is told at once', () => {
  const result = withRules([
    'queue: suport, then: call-back',
    'then: schedule, outboundNumber: "+554733000000"',
  ]);
  expect(mistakesOf(result).map(({ key }) => key)).toEqual([
    'ccai.rules[0].menuId',
    'ccai.rules[1].menuId',
    'ccai.rules[1].outboundNumber',
    'ccai.rules[0].queue',
  ]);
});
