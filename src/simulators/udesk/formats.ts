import { type Format, problem } from './fields.ts';

/** Text that fits the pattern; `what` says in words what it should be. */
function textLike(pattern: RegExp, what: string): Format<string> {
  return {
    read(value, field) {
      if (typeof value !== 'string') return problem(field, 'type', 'is not a string');
      return pattern.test(value) ? { value, problems: [] } : problem(field, 'value', `is not ${what}`);
    },
  };
}

function numberLike(fits: (value: number) => boolean, what: string): Format<number> {
  return {
    read(value, field) {
      if (typeof value !== 'number') return problem(field, 'type', 'is not a number');
      return fits(value) ? { value, problems: [] } : problem(field, 'value', `is not ${what}`);
    },
  };
}

// "Data Format Conventions" of the document.
const LANDLINE = '0[1-9]\\d{8,10}';
const MOBILE = '1\\d{10}';
const INTERNATIONAL = '00[1-9]\\d{6,17}';
const AGENT_SIP = '9\\d{9}[1-9]\\d{3}';
export const PSTN_NUMBER = new RegExp(`^(?:${LANDLINE}|${MOBILE}|${INTERNATIONAL}|${AGENT_SIP})$`);

export const text = textLike(/^/, 'text');
export const agentId = textLike(/^\d{1,32}$/, 'at most 32 digits');
export const workId = textLike(/^\w{1,32}$/, 'at most 32 letters or digits');
export const extension = textLike(/^[1-9]\d{3}$/, 'four digits of which the first is not 0');
export const queueId = textLike(/^9\d{3}$/, 'four digits of which the first is 9');
export const digits = textLike(/^\d+$/, 'digits');
export const phoneNumber = textLike(PSTN_NUMBER, 'a number as Udesk writes them');
export const email = textLike(/^[^@\s]+@[^@\s]+$/, 'an e-mail address');
export const url: Format<string> = { ...textLike(/^(?:https?:\/\/\S+)?$/, 'an http URL'), mayBeEmpty: true };
export const callbackUrl = textLike(/^https?:\/\/\S+$/, 'an http URL');
export const dtmf = textLike(/^\d$/, 'one key, 0 to 9');

/** Whatever the sender likes. */
export const anything: Format<unknown> = { read: (value) => ({ value, problems: [] }) };

export const boolean: Format<boolean> = {
  read: (value, field) =>
    typeof value === 'boolean' ? { value, problems: [] } : problem(field, 'type', 'is not a boolean'),
};

export function oneOf<const Word extends string | number>(...words: readonly Word[]): Format<Word> {
  return {
    read(value, field) {
      const found = words.find((word) => word === value);
      if (found !== undefined) return { value: found, problems: [] };
      return problem(field, 'value', `is none of ${words.join(', ')}`);
    },
  };
}

export function numberBetween(least: number, most: number): Format<number> {
  return numberLike((value) => value >= least && value <= most, `between ${least} and ${most}`);
}

export function integerBetween(least: number, most: number): Format<number> {
  const fits = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  return numberLike(fits, `a whole number between ${least} and ${most}`);
}

/** An instant in a body; the document has milliseconds there in text and examples. */
export const instantMs = numberLike(
  (value) => Number.isInteger(value) && value > 1e11,
  'milliseconds since 1970',
);

/** The first format that fits. */
export function either<One, Other>(one: Format<One>, other: Format<Other>): Format<One | Other> {
  return {
    read(value, field) {
      const reading = one.read(value, field);
      return reading.value === undefined ? other.read(value, field) : reading;
    },
  };
}
