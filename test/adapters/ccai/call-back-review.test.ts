import { describe, expect, test } from 'vitest';
import { type CallBackRules, reviewOf } from '../../../src/adapters/ccai/call-back-review.ts';
import type { Loss } from '../../../src/domain/call-back/loss.ts';
import type { CallBackRule } from '../../../src/domain/call-back/rule.ts';
import type { Instant } from '../../../src/domain/identity.ts';
import type { CallerHistory } from '../../../src/ports/caller-histories.ts';
import { MORNING } from '../../domain/builders.ts';
import { hoursOpen } from '../../domain/call-back/some-hours.ts';
import { aRule, SALES, SUPPORT } from '../../domain/call-back/some-rules.ts';
import { aHistory } from './call-back-platform.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WAITED: Loss = { queue: SUPPORT, ending: 'lost', reason: 'waited' };

// In São Paulo it is eight o'clock on a Monday.
const FROM_NINE = hoursOpen('09:00-18:00');
const FROM_SEVEN = hoursOpen('07:00-18:00');

const some = (rules: readonly CallBackRule[], changes: Partial<CallBackRules> = {}): CallBackRules => ({
  ...{ rules, hoursOf: () => undefined, delayMs: MINUTE_MS, onceWithinMs: HOUR_MS },
  ...changes,
});

const CALL_BACK = some([aRule('call-back')]);

/** In words: `tell`, `later 60 s: why`, `moot: why`. */
function reviewed(
  caller: Partial<CallerHistory>,
  { rules = CALL_BACK, now = MORNING + MINUTE_MS }: { rules?: CallBackRules; now?: Instant } = {},
): string {
  const review = reviewOf(WAITED, aHistory(caller), rules, now);
  if (review.kind === 'later') return `later ${review.afterMs / SECOND_MS} s: ${review.why}`;
  return review.kind === 'moot' ? `moot: ${review.why}` : review.kind;
}

describe('who was lost', () => {
  test('and has not been heard of since is called back, once the delay is over', () => {
    expect(reviewed({}, { now: MORNING })).toBe('later 60 s: they may call again');
    expect(reviewed({}, { now: MORNING + 59_001 })).toBe('later 0.999 s: they may call again');
    expect(reviewed({})).toBe('tell');
  });

  test('is called back at once where no delay is wanted', () => {
    expect(reviewed({}, { rules: { ...CALL_BACK, delayMs: 0 }, now: MORNING })).toBe('tell');
  });

  test('and is calling at this moment is not called into that call', () => {
    expect(reviewed({ isCalling: true })).toBe('later 10 s: they are calling at this moment');
    expect(reviewed({ isCalling: true }, { now: MORNING })).toBe(
      'later 10 s: they are calling at this moment',
    );
  });

  test('and was answered since is not called, though they are calling once more', () => {
    expect(reviewed({ isServed: true, isCalling: true })).toBe('moot: they were answered since');
  });

  test('and whom somebody else was given to call, for this call or since, is not called by two', () => {
    const GIVEN = 'moot: somebody else was asked to call them back';
    const rules = { ...CALL_BACK, onceWithinMs: 0 };
    expect(reviewed({ handedOutAt: MORNING }, { rules })).toBe(GIVEN);
    expect(reviewed({ handedOutAt: MORNING + 30 * SECOND_MS }, { rules })).toBe(GIVEN);
    expect(reviewed({ handedOutAt: MORNING - 1 }, { rules })).toBe('tell');
  });

  test('behind so many calls that nobody can tell whether they were answered is not called', () => {
    expect(reviewed({ isTooFarBack: true })).toBe(
      'moot: so many have called since that nobody knows whether they were answered',
    );
  });

  test('waits for the delay after they last called, whenever it was that they were lost', () => {
    const calledAgain = { lastCalledAt: MORNING + 50 * SECOND_MS };
    expect(reviewed(calledAgain)).toBe('later 50 s: they may call again');
    expect(reviewed(calledAgain, { now: MORNING + 110 * SECOND_MS })).toBe('tell');
  });

  test('and was lost anew since is left to what is decided of that', () => {
    const ANEW = 'moot: they were lost anew, and that decides';
    expect(reviewed({ isLostAnew: true })).toBe(ANEW);
    expect(reviewed({ isLostAnew: true }, { now: MORNING })).toBe(ANEW);
  });

  test('within a week is called back, and later no more', () => {
    expect(reviewed({}, { now: MORNING + 7 * DAY_MS })).toBe('tell');
    expect(reviewed({}, { now: MORNING + 7 * DAY_MS + 1 })).toBe('moot: they were lost more than a week ago');
  });
});

describe('a clock that was set', () => {
  test('back a little lengthens the wait by that little', () => {
    expect(reviewed({}, { now: MORNING - 30 * SECOND_MS })).toBe('later 60 s: they may call again');
    expect(reviewed({}, { now: MORNING + 30 * SECOND_MS })).toBe('later 30 s: they may call again');
  });

  test('back by hours does not keep a caller waiting for so long: nobody knows how long they have waited', () => {
    expect(reviewed({}, { now: MORNING - 2 * HOUR_MS })).toBe('tell');
  });

  test('back to before they were called back calls nobody again', () => {
    expect(reviewed({ calledBackAt: MORNING }, { now: MORNING - HOUR_MS })).toBe(
      'moot: they are called back already',
    );
  });
});

describe('the rules, as they are by now', () => {
  const NOT_WANTED = 'moot: no rule wants it any more';

  test.each([
    ['there is none any more', []],
    ['the one that matches says not to', [aRule('nothing'), aRule('call-back')]],
    ['none is about this queue', [aRule('call-back', { queues: [SALES] })]],
    ['none is about this ending', [aRule('call-back', { ending: 'canceled' })]],
    ['none is about this reason', [aRule('schedule', { reasons: ['closed', 'holiday'] })]],
  ])('nobody is called back where %s', (_what, rules) => {
    expect(reviewed({}, { rules: some(rules) })).toBe(NOT_WANTED);
  });

  test('whoever is to be called at the next opening is ordered that call as soon as the delay is over', () => {
    const rules = some([aRule('schedule')], { hoursOf: () => FROM_NINE });
    expect(reviewed({}, { rules })).toBe('tell');
  });
});

describe('who is lost again', () => {
  const ALREADY = 'moot: they are called back already';

  test('within the time that one call-back is enough for is not called back twice', () => {
    expect(reviewed({ calledBackAt: MORNING - HOUR_MS + MINUTE_MS + 1 })).toBe(ALREADY);
    expect(reviewed({ calledBackAt: MORNING - HOUR_MS + MINUTE_MS })).toBe('tell');
  });

  test('is called back each time where once is never enough', () => {
    expect(reviewed({ calledBackAt: MORNING }, { rules: { ...CALL_BACK, onceWithinMs: 0 } })).toBe('tell');
  });

  test('before the opening for which a call is ordered gets no second one, whatever the rule and the hours', () => {
    const atNine = { calledBackAt: MORNING + HOUR_MS };
    for (const wants of ['schedule', 'call-back'] as const)
      for (const hours of [undefined, FROM_SEVEN, FROM_NINE]) {
        const rules = some([aRule(wants)], { hoursOf: () => hours, onceWithinMs: 0 });
        expect(reviewed(atNine, { rules })).toBe(ALREADY);
      }
  });

  test('soon after the opening for which a call was ordered gets no second one, and gets it later', () => {
    const lostAt = (minutes: number) => ({ lostAt: MORNING + minutes * MINUTE_MS, calledBackAt: MORNING });
    const now = (minutes: number) => ({ now: MORNING + minutes * MINUTE_MS });
    expect(reviewed(lostAt(58), now(59))).toBe(ALREADY);
    expect(reviewed(lostAt(59), now(60))).toBe('tell');
  });

  test('outside the hours, having been called back at once, is called back when once is not enough any more', () => {
    const rules = some([aRule('call-back'), aRule('schedule')], { hoursOf: () => FROM_NINE });
    expect(reviewed({ calledBackAt: MORNING - 10 * HOUR_MS }, { rules })).toBe('tell');
  });

  test('soon after they were given to somebody else, for whatever call, is not called by two', () => {
    const GIVEN = 'moot: somebody else was asked to call them back';
    expect(reviewed({ handedOutAt: MORNING - HOUR_MS + MINUTE_MS + 1 })).toBe(GIVEN);
    expect(reviewed({ handedOutAt: MORNING - HOUR_MS + MINUTE_MS })).toBe('tell');
  });
});
