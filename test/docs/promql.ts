/** A metric as an expression names it. */
export interface Asked {
  readonly name: string;
  /** Of its braces: label, and the value where it is fixed. */
  readonly matchers: readonly { readonly label: string; readonly values: readonly string[] }[];
}

// Prometheus makes them itself, of every target.
const ITS_OWN: ReadonlySet<string> = new Set(['up']);
const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'unless',
  'by',
  'without',
  'on',
  'ignoring',
  'bool',
]);
const TEXT = /"((?:[^"\\]|\\.)*)"/;
const MATCHER = new RegExp(`([a-z_]+)\\s*(=~|!~|!=|=)\\s*${TEXT.source}`, 'g');
const GROUPS = /\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g;

/** The metrics that an expression names, as far as they are not Prometheus' own. Functions are told by their parenthesis. */
export function asked(expression: string): readonly Asked[] {
  const withoutGroups = expression.replace(GROUPS, ' ').replace(/\[[^\]]*\]/g, ' ');
  const names = /([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^}]*\}|\()?/g;
  const found: Asked[] = [];
  // What stands in braces is read with its name, so no label is taken for one.
  for (const [, name = '', rest = ''] of withoutGroups.matchAll(names)) {
    const isNumber = /^e[0-9]+$/.test(name);
    if (rest === '(' || isNumber || KEYWORDS.has(name) || ITS_OWN.has(name)) continue;
    const matchers = [...rest.matchAll(MATCHER)].map(([, label = '', , text = '']) => ({
      label,
      values: text.startsWith('$') ? [] : text.split('|'),
    }));
    found.push({ name, matchers });
  }
  return found;
}

/** The labels that an expression groups by. */
export function groupedBy(expression: string): readonly string[] {
  return [...expression.matchAll(GROUPS)].flatMap(([, labels = '']) =>
    labels.split(',').map((label) => label.trim()),
  );
}
