// Four digits tell two callers in a log apart and nobody who they are (LGPD: phone numbers are personal data).
const DIGITS_SHOWN = 4;

// What stands for a number that was withheld (the default of movidesk.anonymousNumber) or erased tells nothing of anybody.
// Any other text without a digit may be somebody's name in a SIP address.
const WORDS: ReadonlySet<string> = new Set(['anonymous', 'erased']);

/** How numbers may be shown. */
export function numbersShown(how: 'masked' | 'full'): (text: string) => string {
  return (text) => (how === 'masked' && !WORDS.has(text) ? maskNumber(text) : text);
}

/** The number with all but its last four characters starred; a shorter one whole in stars. */
export function maskNumber(number: string): string {
  const hidden = Math.max(number.length - DIGITS_SHOWN, number.length > DIGITS_SHOWN ? 0 : number.length);
  return '*'.repeat(hidden) + number.slice(hidden);
}
