/** How many digits a number has in all, by the country code it begins with. */
const LENGTHS: readonly (readonly [string, readonly [number, number]])[] = [
  ['1', [11, 11]],
  ['55', [12, 13]],
];

// E.164 has fifteen at most; no country is reached with fewer than eight, code included.
const ANY_LENGTH = [8, 15] as const;

/**
 * Assumed, since the document only shows what passes ("+1 859-657-9625", "+82-10-6861-2345") and what does not
 * ("123123", which has no country, and "+1 999-657-12", which is too short): a plus, a country, and as many digits as
 * that country has, however they are set apart. Whether the exchange exists is not asked, for "+1 205-123-4567"
 * passes, and no such exchange does.
 */
export function isWellFormed(number: string): boolean {
  if (!/^\+[1-9][\d ().-]*$/.test(number)) return false;
  const digits = digitsOf(number);
  const [, [least, most]] = LENGTHS.find(([code]) => digits.startsWith(code)) ?? ['', ANY_LENGTH];
  return digits.length >= least && digits.length <= most;
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, '');
}

export function isSameNumber(one: string, other: string): boolean {
  return digitsOf(one) === digitsOf(other);
}
