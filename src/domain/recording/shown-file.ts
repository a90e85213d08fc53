// A run of digits, and whether it is the first half of a channel's identity (`1795361570.12`).
const DIGITS = /[0-9]{7,}(\.[0-9])?/g;
const DIGITS_SHOWN = 4;
// Of this century, and one that a month may have: local numbers begin with 20 as well.
const DAY =
  /^20[0-9]{2}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|[12][0-9]))$/;

/**
 * A recording's path as it may be logged: FreePBX writes callers' numbers into names. Seven digits or more are taken for
 * one, but for a channel's identity and a day (20261123); only the last four are kept.
 */
export function shownFile(path: string): string {
  return path.replace(DIGITS, (digits, identity: string | undefined) =>
    identity !== undefined || DAY.test(digits) ? digits : starred(digits),
  );
}

const starred = (digits: string): string =>
  '*'.repeat(digits.length - DIGITS_SHOWN) + digits.slice(-DIGITS_SHOWN);
