import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const E164 = /^\+[1-9][0-9]{6,14}$/;
const CHINA = '+86';
// What the document calls a landline number; a carrier's service number behind an area code may be shorter.
const LANDLINE = /^0[1-9][0-9]{8,10}$/;

/**
 * A number in E.164 as Udesk writes them ("PSTN Numbers" in the document): `0{area}{local}` for a Chinese landline, the
 * eleven digits of a Chinese mobile, `00{country}{national}` for all others. Nothing where it is no E.164, or one that the
 * document has no format for, as China's 400 and 95 numbers.
 */
export function udeskNumberOf(e164: string): string | undefined {
  if (!E164.test(e164)) return undefined;
  return e164.startsWith(CHINA) ? inChina(e164) : `00${e164.slice(1)}`;
}

function inChina(e164: string): string | undefined {
  const parsed = parsePhoneNumberFromString(e164);
  const type = parsed?.getType();
  if (type === 'MOBILE') return parsed?.nationalNumber;
  const landline = `0${parsed?.nationalNumber}`;
  return type === 'FIXED_LINE' && LANDLINE.test(landline) ? landline : undefined;
}
