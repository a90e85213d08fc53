import { type ErrorCode, LineCounter, parseDocument } from 'yaml';
import { type Fault, ownFaults } from './yaml-faults.ts';

/** Where YAML could not be understood. `line` and `column` count from 1. */
export interface YamlFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

export type YamlText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly YamlFault[] };

// After the first few, faults of syntax follow from one another.
const FAULTS_SHOWN = 5;

// The library's own messages quote the file, and the line it cannot read may be the one with the token. So only its
// codes are used, and these are their words.
const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'is an alias (*name) without its anchor, or a text beginning with * that needs quotes',
  BAD_DQ_ESCAPE: 'has a backslash sequence that YAML does not know',
  BAD_INDENT: 'is not indented like its neighbours, or an earlier bracket is not closed',
  BAD_SCALAR_START: 'begins with a character that needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'has a second colon in one line: put the value in quotes',
  DUPLICATE_KEY: 'repeats a key that was already written in this group',
  MISSING_CHAR: 'lacks a closing quote or bracket, a colon, or a blank after one',
  MULTILINE_IMPLICIT_KEY: 'is a key over several lines: a colon or a closing quote is missing',
  MULTIPLE_DOCS: 'begins a second document; one file holds one',
  NON_STRING_KEY: 'is a key that is not text',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  TAB_AS_INDENT: 'is indented by a tab; YAML wants blanks',
  TAG_RESOLVE_FAILED: 'uses a tag (!name) that is not known here',
  UNEXPECTED_TOKEN: 'has something here that YAML does not expect',
};

/** The value of a YAML text, groups as `Map`s, so that no key (`__proto__`) can mean anything to JavaScript. */
export function readYaml(source: string): YamlText {
  const lines = new LineCounter();
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      stringKeys: true,
      // Ours are found below.
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: lines,
    });
    const faults = [...document.errors, ...document.warnings].map(({ code, pos }) => ({ code, at: pos[0] }));
    const all = faults.length > 0 ? faults : ownFaults(document);
    if (all.length > 0)
      return { ok: false, faults: all.slice(0, FAULTS_SHOWN).map((fault) => inWords(fault, lines)) };
    // A hundred uses of aliases are plenty; a file that multiplies them (a "billion laughs") is refused.
    const value: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 100 });
    return hasStoreysAbove(value, MOST_STOREYS) ? BEYOND_REASON : { ok: true, value };
  } catch {
    // Nesting beyond the stack, or aliases beyond the limit.
    return BEYOND_REASON;
  }
}

// Ours has three. The library takes a thousand, and whoever copies such a value (convict does) runs out of stack.
const MOST_STOREYS = 20;
const BEYOND_REASON: YamlText = {
  ok: false,
  faults: [{ line: 1, column: 1, problem: 'is nested or repeated beyond reason' }],
};

function hasStoreysAbove(value: unknown, most: number): boolean {
  const inner = value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : [];
  return inner.length > 0 && (most === 0 || inner.some((one) => hasStoreysAbove(one, most - 1)));
}

function inWords({ code, at }: Fault, lines: LineCounter): YamlFault {
  const { line, col } = lines.linePos(at);
  const problem = WORDS[code] ?? `is not YAML (${code})`;
  return { line: Math.max(line, 1), column: Math.max(col, 1), problem };
}
