import { type Extension, extensionFrom } from '../identity.ts';

/** Who is to call whom, as somebody outside asked for it: nothing of it was looked at yet. */
export interface CallWish {
  /** The agent's extension. */
  readonly source: string | undefined;
  readonly destination: string | undefined;
}

export interface WishRules {
  /** Extensions, and ranges of them (`1100-1149`). */
  readonly extensions: readonly string[];
  /** What a number must begin with; none: anything. */
  readonly allowedPrefixes: readonly string[];
}

/** Why nobody is called. */
export type WishProblem =
  | 'no-source'
  | 'no-destination'
  /** The source is no extension at all. */
  | 'no-extension'
  | 'not-dialable'
  /** An extension, but none that may call. */
  | 'unknown-extension'
  | 'forbidden-number';

export type WishVerdict =
  | { readonly ok: true; readonly agent: Extension; readonly number: string }
  | { readonly ok: false; readonly why: WishProblem };

/**
 * What the wish comes to. Only digits and a leading plus pass: nothing that could be a feature code, a dial string or a
 * line of AMI.
 */
export function verdictOn({ source, destination }: CallWish, rules: WishRules): WishVerdict {
  if (source === undefined || source === '') return refused('no-source');
  if (destination === undefined || destination === '') return refused('no-destination');
  const agent = extensionFrom(source);
  if (agent === undefined) return refused('no-extension');
  const number = dialableNumber(destination);
  if (number === undefined) return refused('not-dialable');
  if (!isListed(agent, rules.extensions)) return refused('unknown-extension');
  const { allowedPrefixes: prefixes } = rules;
  const isAllowed = prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix));
  return isAllowed ? { ok: true, agent, number } : refused('forbidden-number');
}

export interface HearingRules {
  readonly supervisors: readonly string[];
  /** Who may be heard. */
  readonly extensions: readonly string[];
}

export type HearingVerdict =
  | { readonly ok: true; readonly supervisor: Extension; readonly agent: Extension }
  | { readonly ok: false; readonly why: WishProblem };

/** The same of a supervisor (the source) who wants to hear an agent (the destination). */
export function hearingVerdictOn(
  { source, destination }: CallWish,
  { supervisors, extensions }: HearingRules,
): HearingVerdict {
  if (source === undefined || source === '') return refused('no-source');
  if (destination === undefined || destination === '') return refused('no-destination');
  const supervisor = extensionFrom(source);
  if (supervisor === undefined) return refused('no-extension');
  const agent = extensionFrom(destination);
  if (agent === undefined) return refused('not-dialable');
  if (!isListed(supervisor, supervisors)) return refused('unknown-extension');
  return isListed(agent, extensions) ? { ok: true, supervisor, agent } : refused('forbidden-number');
}

const refused = (why: WishProblem): { readonly ok: false; readonly why: WishProblem } => ({ ok: false, why });

// What people write into numbers; `*` and `#` are not among it: they would make a feature code of a number.
const DECORATION = /[ .()/-]/g;
// Emergency numbers have three digits, and 20 are far above any numbering plan.
const DIALABLE = /^\+?[0-9]{3,20}$/;
// Much longer is no number with blanks in it.
const LONGEST_TEXT = 64;

/** The number as it is dialled: digits, with a plus in front where it has one. */
export function dialableNumber(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const number = text.replace(DECORATION, '');
  return DIALABLE.test(number) ? number : undefined;
}

/** Whether an extension is in a list of extensions and ranges of them. */
function isListed(extension: Extension, list: readonly string[]): boolean {
  return list.some((one) => {
    const [from = '', to = from] = one.split('-');
    // Of one length, texts of digits are in the order of their numbers.
    return extension.length === from.length && from <= extension && extension <= to;
  });
}
