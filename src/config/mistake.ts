/**
 * Something in the configuration that a person must mend. `problem` and `remedy` are phrases without a full stop and
 * never hold the value of a secret.
 */
export interface Mistake {
  /** Path of the key (`queues[0].name`), name of the environment variable, or `file:line:column`. */
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
}

// What could break a line, hide text or turn its direction round on the operator's terminal.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
// Long enough to recognise a value by, short enough for one line of a terminal.
const SHOWN_CHARACTERS = 60;

/** The text in one line that is safe on a terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/**
 * The text in quotes, printable, its end cut off where it is long, and where a blank is: in `port: 5038 secret abc`, the
 * line break and the colon forgotten, all of it is the port, and no value of ours that is refused is known by more.
 */
export function quoted(text: string): string {
  const shown = text.slice(0, SHOWN_CHARACTERS).split(BLANK, 1)[0] ?? '';
  return shown.length < text.length ? `"${printable(shown)}…"` : `"${printable(text)}"`;
}
const BLANK = /(?<=\S)\s/;

/** One line per mistake, in the given order. */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  return mistakes.map(({ key, problem, remedy }) => printable(`${key}: ${problem}; ${remedy}.`)).join('\n');
}
