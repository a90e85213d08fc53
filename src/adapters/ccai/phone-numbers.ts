// Seven digits and more, with or without what stands between them on paper. Shorter ones are menus, agents and statuses,
// which a log needs.
const PHONE_NUMBER = /\+?\d(?:[\s().-]{0,3}\d){6,}/g;
// An excerpt has 200 characters at most: in one that may have been cut, the last digits may be the beginning of a number.
const PERHAPS_CUT_LENGTH = 190;
const LAST_DIGITS = /\+?\d[\d\s().-]*$/;

/** The excerpt without anything that could be somebody's number: also one that we never sent, in a spelling of theirs. */
export function withoutNumbers(excerpt: string): string {
  const text = excerpt.replace(PHONE_NUMBER, '***');
  return excerpt.length < PERHAPS_CUT_LENGTH ? text : text.replace(LAST_DIGITS, '***');
}
