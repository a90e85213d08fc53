import { quoted } from './mistake.ts';

/** Why a value is not accepted, and what to do. Phrases as in `Mistake`. */
export interface Refusal {
  readonly problem: string;
  readonly remedy: string;
}

type Verdict<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** Which values a setting takes. */
export interface Rule<Value> {
  /** Completes the sentence "must be …". */
  readonly wanted: string;
  readonly check: (value: unknown) => Verdict<Value>;
  /** The value that an environment variable's text stands for; the text itself where it is none, for `check` to refuse. */
  readonly fromText: (text: string) => unknown;
  /** Whether an environment variable's text is YAML, for what is more than one value. Nothing: it never is. */
  readonly isYaml?: (text: string) => boolean;
}

const accepted = <Value>(value: Value): Verdict<Value> => ({ ok: true, value });
const refused = (problem: string, remedy: string): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { problem, remedy },
});
const asIs = (text: string): unknown => text;

export function wholeNumber(least: number, most: number): Rule<number> {
  const wanted = `a whole number from ${least} to ${most}`;
  return {
    wanted,
    check: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? accepted(value)
        : notWanted(wanted, value, 'write such a number, without quotes'),
    // More digits than this are no number that JavaScript keeps exactly.
    fromText: (text) => (/^-?[0-9]{1,15}$/.test(text) ? Number(text) : text),
  };
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };
const flagFromText = (text: string): unknown => (Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : text);

export function flag(): Rule<boolean> {
  const wanted = 'true or false';
  return {
    wanted,
    check: (value) =>
      typeof value === 'boolean'
        ? accepted(value)
        : notWanted(wanted, value, 'write true or false, without quotes'),
    fromText: flagFromText,
  };
}

export function oneOf<Choice extends string>(...choices: readonly Choice[]): Rule<Choice> {
  const wanted = `one of ${choices.join(', ')}`;
  return {
    wanted,
    check: (value) => {
      const choice = choices.find((candidate) => candidate === value);
      return choice === undefined ? notWanted(wanted, value, 'write one of these words') : accepted(choice);
    },
    fromText: asIs,
  };
}

export function list(wanted: string, least: number, most: number): Rule<readonly unknown[]> {
  return {
    wanted,
    check: (value) => {
      if (!Array.isArray(value))
        return notWanted(wanted, value, 'write one entry per line, each behind a dash');
      if (value.length < least) return refused('is an empty list', 'write at least one entry');
      return value.length > most
        ? refused(`has ${value.length} entries`, `write at most ${most}`)
        : accepted(value);
    },
    fromText: asIs,
    isYaml: () => true,
  };
}

/** Text in one line. `objection` says what else is wrong with it; it sees no control character. */
export function text(wanted: string, objection: (text: string) => Refusal | undefined): Rule<string> {
  return {
    wanted,
    check: (value) => {
      if (typeof value !== 'string') return notText(wanted, value);
      if (hasControlCharacter(value)) return refused(...CONTROL_CHARACTER);
      const refusal = objection(value);
      return refusal === undefined ? accepted(value) : { ok: false, refusal };
    },
    fromText: asIs,
  };
}

export function matching(wanted: string, pattern: RegExp): Rule<string> {
  return text(wanted, (value) =>
    pattern.test(value) ? undefined : notWanted(wanted, value, `write ${wanted}`).refusal,
  );
}

/** The rule, with the empty text accepted as "none". */
export function orEmpty<Value>(rule: Rule<Value>): Rule<Value | ''> {
  return {
    wanted: `${rule.wanted}, or empty`,
    check: (value) => (value === '' ? accepted(value) : rule.check(value)),
    fromText: rule.fromText,
  };
}

// A line of AMI is kept under 1,000 bytes (Asterisk 22 refused one of 1,500 bytes, took one of 990); this leaves room for the header's name.
const SECRET_BYTES = 512;

/** Text that no refusal may show. */
export function secretText(leastBytes = 1): Rule<string> {
  const wanted = `text of ${leastBytes} to ${SECRET_BYTES} bytes in one line`;
  return {
    wanted,
    check: (value) => {
      if (typeof value !== 'string') return notText(wanted, value);
      if (hasControlCharacter(value)) return refused(...CONTROL_CHARACTER);
      if (value.trim() !== value) return refused('begins or ends with a blank', 'remove the blank');
      const bytes = Buffer.byteLength(value);
      return bytes < leastBytes || bytes > SECRET_BYTES
        ? refused(`must be ${wanted}, but has ${bytes} bytes`, 'copy it again')
        : accepted(value);
    },
    fromText: asIs,
  };
}

// A line break in a value would forge a header in AMI or a line in the log; nothing of ours needs one.
const hasControlCharacter = (value: string): boolean => /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(value);
const CONTROL_CHARACTER = [
  'holds a line break or another control character',
  'write it in one line of visible characters',
] as const;

function notWanted(wanted: string, value: unknown, remedy: string): ReturnType<typeof refused> {
  return refused(`must be ${wanted}, but is ${described(value)}`, remedy);
}

// The value is not shown: of a secret that YAML took for a number nothing may be seen.
function notText(wanted: string, value: unknown): ReturnType<typeof refused> {
  return typeof value === 'number' || typeof value === 'boolean'
    ? refused(
        `must be text, but is a ${typeof value}`,
        'put the value in quotes, so that YAML takes it as text',
      )
    : notWanted(wanted, value, `write ${wanted}`);
}

function described(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty' : quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`;
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return 'a group of keys';
}
