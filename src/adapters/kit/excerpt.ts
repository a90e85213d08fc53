/** Makes far-side text fit for a log: one line, at most 200 characters, nothing secret in it. */
export type Excerpt = (text: string) => string;

// Enough to recognise an error page or a message, short enough for a log line.
const EXCERPT_LENGTH = 200;

// Line breaks would forge log lines, escape sequences would paint the operator's terminal.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

// Servers like to echo the address they were asked for, and the token may travel in its query.
// No `?` before the `=`, or a page of question marks would cost quadratic time.
const QUERY = /\?[^\s"'<>?=]*=[^\s"'<>]*/g;

/**
 * An excerpt that leaves out these texts, in any case and however the far side escaped them.
 * The order matters: cutting first could leave half a secret standing.
 */
export function excerptWithout(secrets: readonly string[]): Excerpt {
  const spellings = secrets.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
  const secret = spellings.length === 0 ? undefined : new RegExp(spellings.map(literally).join('|'), 'giu');
  return (text) => {
    const line = text.toWellFormed().replace(CONTROLS, ' ').replace(QUERY, '?…');
    const safe = secret === undefined ? line : line.replace(secret, '***');
    return safe.trim().slice(0, EXCERPT_LENGTH).toWellFormed();
  };
}

function spellingsOf(secret: string): string[] {
  const text = secret.toWellFormed();
  if (text === '') return [];
  return [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
