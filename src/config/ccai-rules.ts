import { holidayFrom } from './opening-times.ts';
import { matching, type Rule, text } from './rules.ts';
import { textList } from './text-list.ts';

/** One label of a host name (RFC 1035); with each request it is the user's name as well. */
export const subdomain = (): Rule<string> =>
  matching('1 to 63 letters, digits and dashes', /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/);

export const language = (): Rule<string> =>
  matching('the two small letters of a language (ISO 639-1), such as pt', /^[a-z]{2}$/);

/** A number of the account's own: unlike a caller's it can be told with its country, and leaves nothing to be guessed. */
export function outboundNumber(): Rule<string> {
  const wanted = 'a telephone number with + and country in quotes';
  const remedy = 'write it as "+55 47 3300-0000"';
  // At most 15 digits (E.164).
  return text(wanted, (value) =>
    /^\+[0-9]{8,15}$/.test(plainNumber(value)) ? undefined : { problem: `must be ${wanted}`, remedy },
  );
}

/** What people put between the digits of a number is left out. */
export const plainNumber = (number: string): string => number.replace(/[ ().\u00a0/-]/g, '');

/** By its form alone: six digits and more have an area code, or are no caller's number. */
export const isNumber = (number: string): boolean => /^\+?[0-9]{6,20}$/.test(plainNumber(number));

/** Numbers of callers. */
export const numberList = (most: number): Rule<readonly string[]> =>
  textList({
    wanted: `a list of at most ${most} telephone numbers in quotes`,
    most,
    isOne: isNumber,
    noun: 'telephone number',
    remedy: 'write it in quotes, such as "+55 11 99999-0000"',
  });

/** Days on which nobody is there. */
export const holidayList = (most: number): Rule<readonly string[]> =>
  textList({
    wanted: `a list of at most ${most} days, 12-25 of every year, 2026-12-25 of that year alone`,
    most,
    isOne: (day) => holidayFrom(day) !== undefined,
    noun: 'day of the calendar',
    remedy: 'write month and day as "12-25", or year, month and day as "2026-12-25"',
  });
