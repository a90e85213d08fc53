import fc from 'fast-check';
import { queueSchema, schema } from '../../../src/config/schema.ts';
import { settingsOf } from '../../../src/config/setting.ts';

const KEYS = [...settingsOf(schema).flatMap(({ path }) => path.split('.')), ...Object.keys(queueSchema)];
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...KEYS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      '<<',
      'null',
      '~',
      '1',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

const scalar = fc.oneof(
  fc.constantFrom(
    ...[
      'true',
      'yes',
      '~',
      '.nan',
      '-.inf',
      '0x1f',
      '0o17',
      '1e999',
      '-0',
      '1_000',
      '2001-12-14',
      '12:30:45',
      '!!binary aGk=',
    ],
    ...[
      '!!set {a}',
      '!!js/function "x"',
      '!<tag:x> 1',
      '|\n  a\n  b',
      '>-\n  a',
      '"\\u0000"',
      '"\\ud800"',
      "'it''s'",
      '""',
    ],
    ...[
      '5038',
      '127.0.0.1',
      'movidesk',
      '[]',
      '{}',
      '*a',
      '&a 1',
      '<<: *a',
      '# x',
      '? a\n: b',
      '%YAML 1.1',
      '---',
      '...',
    ],
  ),
  fc.integer().map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => JSON.stringify(text)),
);

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list' | 'group'; readonly of: readonly (readonly [string, Node])[] };

const node = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalar.map((text): Node => ({ kind: 'text', text })),
    fc
      .record({
        kind: fc.constantFrom('list' as const, 'group' as const),
        of: fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }),
      })
      .map((made): Node => made),
  ),
})).node;

/** As blocks, with marks (`&a`, `*a`, `!t`) now and then. */
function written(made: Node, indent: string): string {
  if (made.kind === 'text') return ` ${made.text}\n`;
  const lines = made.of.map(([name, inner]) => {
    const head = made.kind === 'list' ? '-' : `${name}:`;
    return `${indent}${head}${written(inner, `${indent}  `)}`;
  });
  return `\n${lines.join('')}`;
}

/** YAML of a kind: known keys and others, values of all sorts, in blocks. */
export const yaml = fc
  .tuple(
    fc.constantFrom('', '---\n', '%YAML 1.2\n---\n', '\ufeff', '# x\n'),
    node,
    fc.constantFrom('', '...\n', '---\na: 1\n'),
  )
  .map(([head, made, tail]) => `${head}${written(made, '')}${tail}`);

// What somebody does to a good file in a hurry.
export interface Slip {
  readonly kind:
    | 'lost line'
    | 'doubled line'
    | 'moved line'
    | 'joined lines'
    | 'indented'
    | 'outdented'
    | 'typed';
  readonly line: number;
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

export const slip: fc.Arbitrary<Slip> = fc.record({
  kind: fc.constantFrom<Slip['kind']>(
    ...([
      'lost line',
      'doubled line',
      'moved line',
      'joined lines',
      'indented',
      'outdented',
      'typed',
      'typed',
      'typed',
    ] as const),
  ),
  line: fc.nat(40),
  at: fc.nat(60),
  removed: fc.nat(3),
  added: fc.oneof(
    fc.constantFrom(
      '',
      '',
      ':',
      ': ',
      ' ',
      '"',
      "'",
      '\n',
      '-',
      '#',
      '{',
      '}',
      '[',
      ']',
      '&',
      '*',
      '!',
      '|',
      '>',
      '\t',
      '?',
      ',',
    ),
    fc.string({ maxLength: 3 }),
  ),
});

export function withSlips(good: string, slips: readonly Slip[]): string {
  return slips.reduce(slipped, good.split('\n')).join('\n');
}

function slipped(lines: string[], { kind, line, at, removed, added }: Slip): string[] {
  const index = line % lines.length;
  const text = lines[index] ?? '';
  const place = at % (text.length + 1);
  switch (kind) {
    case 'lost line':
      return lines.toSpliced(index, 1);
    case 'doubled line':
      return lines.toSpliced(index, 0, text);
    case 'moved line':
      return lines.toSpliced(index, 1).toSpliced(at % lines.length, 0, text);
    case 'joined lines':
      return lines.toSpliced(index, 2, text + (lines[index + 1] ?? ''));
    case 'indented':
      return lines.with(index, `  ${text}`);
    case 'outdented':
      return lines.with(index, text.replace(/^ {1,2}/, ''));
    case 'typed':
      return lines.with(index, text.slice(0, place) + added + text.slice(place + removed));
  }
}

/** A file of that many bytes made of one thing over and over, in front of and behind something. */
export const MONSTERS: Readonly<Record<string, (bytes: number) => string>> = {
  'keys of a group': (bytes) => `{${numbered(bytes, (index) => `a${index},`)}}`,
  'lines of keys': (bytes) => numbered(bytes, (index) => `k${index}: 1\n`),
  'queues of one key': (bytes) => `queues:\n${'- {a: 1}\n'.repeat(bytes / 9)}`,
  'keys of one queue': (bytes) => `queues:\n- ${numbered(bytes, (index) => `k${index}: 1\n  `)}`,
  'doubled keys': (bytes) => 'a: 1\n'.repeat(bytes / 5),
  brackets: (bytes) => '['.repeat(bytes),
  'closed brackets': (bytes) => `queues: ${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`,
  braces: (bytes) => '{a: '.repeat(bytes / 4),
  dashes: (bytes) => '- '.repeat(bytes / 2),
  'question marks': (bytes) => '? '.repeat(bytes / 2),
  anchors: (bytes) => '&a '.repeat(bytes / 3),
  tags: (bytes) => '!a '.repeat(bytes / 3),
  aliases: (bytes) => `a: &a 1\nb: [${'*a,'.repeat(bytes / 3)}]`,
  'aliases of one another': (bytes) =>
    chained(bytes, (last, index) => `k${index}: &k${index} [${last},${last}]\n`),
  'aliases deep in one another': (bytes) =>
    chained(bytes, (last, index) => `k${index}: &k${index} ${'['.repeat(15)}${last}${']'.repeat(15)}\n`),
  'merge keys': (bytes) => `a: &a {b: 1}\nc:\n${'  <<: *a\n'.repeat(bytes / 9)}`,
  documents: (bytes) => '---\n'.repeat(bytes / 4),
  faults: (bytes) => '@: x\n'.repeat(bytes / 5),
  colons: (bytes) => 'a: '.repeat(bytes / 3),
  'an open quote': (bytes) => `a: "${'x\n'.repeat(bytes / 2)}`,
  'one long line': (bytes) => `a: ${'x'.repeat(bytes)}`,
  'one long key': (bytes) => `${'x'.repeat(bytes)}: 1`,
  'lines of one text': (bytes) => `a: ${'x\n  '.repeat(bytes / 4)}`,
  'blank lines': (bytes) => '\n'.repeat(bytes),
  comments: (bytes) => '#\n'.repeat(bytes / 2),
  tabs: (bytes) => `a:\n${'\t'.repeat(bytes)}`,
};

function numbered(bytes: number, one: (index: number) => string): string {
  let text = '';
  for (let index = 0; text.length < bytes; index += 1) text += one(index);
  return text;
}

function chained(bytes: number, one: (last: string, index: number) => string): string {
  return numbered(bytes, (index) => one(index === 0 ? '1' : `*k${index - 1}`, index));
}
