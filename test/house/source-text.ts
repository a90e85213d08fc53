/** A source file in two readings: without its comments, and without its texts as well. Every character keeps its place. */
export interface SourceText {
  readonly uncommented: string;
  readonly code: string;
}

type Part = 'code' | 'comment' | 'text';

interface Token {
  readonly part: Part;
  readonly length: number;
}

// After one of these a slash begins a regular expression; after a value it divides.
const BEFORE_REGEXP = /(?:^|[([{,;=:?!&|+\-*%<>~^]|\b(?:return|typeof|case|of|in))\s*$/;
const STARTS: readonly (readonly [RegExp, Part])[] = [
  [/\/\/[^\n]*/y, 'comment'],
  [/\/\*[\s\S]*?\*\//y, 'comment'],
  [/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y, 'text'],
];
const REGEXP = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const TEMPLATE_TEXT = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*/y;

/**
 * Splits a source into code, comments and texts. Not a parser: it knows just enough not to take a quote in a regular
 * expression for a text, nor a link in a text for a comment.
 */
export function readSource(source: string): SourceText {
  let at = 0;
  let uncommented = '';
  let code = '';
  /** For each template that is open, how many braces are open in its expression. */
  const templates: number[] = [];
  const take = ({ part, length }: Token): void => {
    const piece = source.slice(at, at + length);
    const blank = piece.replace(/[^\n]/g, ' ');
    uncommented += part === 'comment' ? blank : piece;
    code += part === 'code' ? piece : blank;
    at += length;
  };
  const takeTemplateText = (): void => {
    take({ part: 'text', length: matchLength(TEMPLATE_TEXT, source, at) });
    const opensExpression = source.startsWith('${', at);
    take({ part: 'code', length: opensExpression ? 2 : 1 });
    if (opensExpression) templates.push(0);
  };
  while (at < source.length) {
    const token = tokenAt(source, at, code);
    const character = source[at];
    const depth = templates.at(-1);
    take(token);
    if (token.part !== 'code') continue;
    if (character === '`') takeTemplateText();
    else if (depth === undefined) continue;
    else if (character === '{') templates[templates.length - 1] = depth + 1;
    else if (character === '}' && depth > 0) templates[templates.length - 1] = depth - 1;
    else if (character === '}') {
      templates.pop();
      takeTemplateText();
    }
  }
  return { uncommented, code };
}

function tokenAt(source: string, at: number, codeBefore: string): Token {
  for (const [pattern, part] of STARTS) {
    const length = matchLength(pattern, source, at);
    if (length > 0) return { part, length };
  }
  if (source[at] === '/' && BEFORE_REGEXP.test(codeBefore.slice(-80))) {
    const length = matchLength(REGEXP, source, at);
    if (length > 0) return { part: 'text', length };
  }
  return { part: 'code', length: 1 };
}

function matchLength(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0].length ?? 0;
}
