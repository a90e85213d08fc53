import type { Rule } from './rules.ts';
import { textList } from './text-list.ts';

// Far above any help desk; a limit so that a runaway list is refused, not served.
const MOST_ENTRIES = 1_000;
const ONE = /^[0-9]{2,20}$/;
const RANGE = /^([0-9]{2,20})-([0-9]{2,20})$/;

/** Extensions, and ranges of them. */
export const extensionList = (): Rule<readonly string[]> =>
  textList({
    wanted: `a list of at most ${MOST_ENTRIES} extensions, or ranges of them, in quotes: ["1001", "1100-1149"]`,
    most: MOST_ENTRIES,
    isOne: (text) => ONE.test(text) || isRange(text),
    noun: 'extension or range of extensions',
    remedy: 'write two to twenty digits in quotes, a range as "1100-1149" with as many digits on both sides',
  });

/** What dialled numbers may begin with. */
export const prefixList = (): Rule<readonly string[]> =>
  textList({
    wanted: `a list of at most ${MOST_ENTRIES} beginnings of numbers in quotes: ["01", "+55"]`,
    most: MOST_ENTRIES,
    isOne: (text) => /^\+?[0-9]{1,20}$|^\+$/.test(text),
    noun: 'beginning of a number',
    remedy: 'write digits in quotes, with + in front where the number has one',
  });

function isRange(text: string): boolean {
  const [, from = '', to = ''] = RANGE.exec(text) ?? [];
  // Of one length, texts of digits are in the order of their numbers.
  return from !== '' && from.length === to.length && from <= to;
}
