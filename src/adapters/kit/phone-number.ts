import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Two letters, as `BR` (ISO 3166-1): where a number without a country is at home. */
export type Country = CountryCode;

// An extension of the PBX has up to five digits as a rule, and the carriers' service numbers no more. Twenty are more
// than any number with its prefixes: 15 (E.164), two of the international prefix, two of a carrier.
const NUMBER = /^\+?[0-9]{6,20}$/;

/**
 * A caller's number as the PBX has it, in E.164: `+` and at most 15 digits. Trunk prefixes and Brazil's carrier codes are
 * understood, and so is the number of a caller at home with the country's code and no `+`. Nothing where it is withheld,
 * an extension, without its area code, or no number that the country has given out. A number from abroad that bears
 * neither `+` nor `00` is nothing as well: taken for a foreign one, a mistyped one at home would ring at a stranger's.
 * The last six digits stay what they were, or it is nothing: by them the store finds the other spellings of a number.
 */
export function e164From(number: string, country: Country): string | undefined {
  return validFrom(number, country)?.number;
}

// ITU-T, List of E.164 assigned country codes: networks of satellites (870, 881), personal numbers wherever they are (878),
// international networks (882, 883), relief after disasters (888), premium rate (979). No place, and a rate that nobody knows.
const PLACELESS: ReadonlySet<string> = new Set(['870', '878', '881', '882', '883', '888', '979']);

/**
 * The same of a number that may be called without anybody having looked at it. A call that is missed on purpose, from a
 * number at which the call back is dear, is a known fraud (Wangiri): what is charged at premium rate, or has no place on
 * the map, is nothing.
 */
export function callableFrom(number: string, country: Country): string | undefined {
  const found = validFrom(number, country);
  return found === undefined || isDear(found) ? undefined : found.number;
}

function isDear(number: PhoneNumber): boolean {
  return PLACELESS.has(number.countryCallingCode) || number.getType() === 'PREMIUM_RATE';
}

function validFrom(number: string, country: Country): PhoneNumber | undefined {
  if (!NUMBER.test(number)) return undefined;
  return fromAbroad(number, country) ?? valid(number, country);
}

/**
 * 00 is the prefix that ITU-T E.164 recommends, and what trunks put in front whatever is dialled in the country itself:
 * in Brazil a carrier's code would have to follow, which no caller's number has.
 */
function fromAbroad(number: string, country: Country): PhoneNumber | undefined {
  return number.startsWith('00') ? valid(`+${number.slice(2)}`, country) : undefined;
}

/**
 * Short numbers of some countries come out with other last six digits: Norfolk Island's are given their area code
 * (+672 12345 is +672 3 12345), others lose a trunk 0 (+49 0 40139 is +49 40139). Such a one is nothing.
 */
function valid(number: string, country: Country): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: country, extract: false });
  if (parsed?.isValid() !== true) return undefined;
  return parsed.number.endsWith(number.slice(-6)) ? parsed : undefined;
}
