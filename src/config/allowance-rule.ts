import { type Rule, wholeNumber } from './rules.ts';

/** A limit, or limits by the time of day from which they hold; the entries of a table are looked at one by one later. */
export type AllowanceValue = number | ReadonlyMap<unknown, unknown>;

const MOST_ENTRIES = 24;

/** A number, or a table of times of day with one number each. */
export function numberOrHours(least: number, most: number): Rule<AllowanceValue> {
  const number = wholeNumber(least, most);
  return {
    wanted: `${number.wanted}, or a table of 1 to ${MOST_ENTRIES} times of day with one such number each`,
    check: (value) => {
      if (value instanceof Map) return checkedTable(value);
      const verdict = number.check(value);
      if (verdict.ok) return verdict;
      return { ok: false, refusal: { problem: verdict.refusal.problem, remedy: NUMBER_OR_TABLE } };
    },
    fromText: number.fromText,
    // Every entry of a table has one, and no number.
    isYaml: (text) => text.includes(':'),
  };
}

const NUMBER_OR_TABLE =
  'write such a number, without quotes, or a table of hours as in { "00:00": 10, "08:00": 30, "18:00": 10 }';

function checkedTable(value: Map<unknown, unknown>): ReturnType<Rule<AllowanceValue>['check']> {
  if (value.size > 0 && value.size <= MOST_ENTRIES) return { ok: true, value };
  const problem = value.size === 0 ? 'is an empty table' : `has ${value.size} entries`;
  return { ok: false, refusal: { problem, remedy: `write 1 to ${MOST_ENTRIES} times of day` } };
}
