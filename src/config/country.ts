import { quoted } from './mistake.ts';
import { type Refusal, type Rule, text } from './rules.ts';

const WANTED = 'the two capital letters of a country (ISO 3166-1), such as BR';

/** A country by its code. */
export function country(): Rule<string> {
  return text(WANTED, objectionToCountry);
}

// Codes that `Intl` has a name for, and no country: unions, test accents, and "somewhere".
const NO_COUNTRY: ReadonlySet<string> = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);
const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function objectionToCountry(value: string): Refusal | undefined {
  if (isCountry(value)) return undefined;
  const problem = `must be ${WANTED}, but is ${value === '' ? 'empty' : quoted(value)}`;
  const meant = meantBy(value);
  return {
    problem,
    remedy: meant === undefined ? `write ${WANTED}` : `the code of ${NAMES.of(meant)} is ${meant}`,
  };
}

/** A code that is right but for its case, or one that is no longer, or never was, the country's: UK, SU. */
function meantBy(value: string): string | undefined {
  if (!/^[A-Za-z]{2}$/.test(value)) return undefined;
  const code = currentCode(value.toUpperCase());
  return isCountry(code) ? code : undefined;
}

const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  !NO_COUNTRY.has(code) &&
  NAMES.of(code) !== undefined &&
  currentCode(code) === code;

const currentCode = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;
