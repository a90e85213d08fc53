// Four digits tell two callers in a log apart and nobody who they are (LGPD: phone numbers are personal data).
const DIGITS_SHOWN = 4;

/** The number with all but its last four characters starred; a shorter one whole in stars. */
export function maskNumber(number: string): string {
  const hidden = Math.max(number.length - DIGITS_SHOWN, number.length > DIGITS_SHOWN ? 0 : number.length);
  return '*'.repeat(hidden) + number.slice(hidden);
}
