import fc from 'fast-check';
import type { PbxEvent } from '../../../src/ports/pbx.ts';
import type { Recorded } from './recorded.ts';

/** Something that happened to a stretch of the stream: to a whole packet, to a header, to bytes. */
type Mishap =
  | { readonly kind: 'lost' | 'doubled' | 'late'; readonly packet: number }
  | { readonly kind: 'flip'; readonly packet: number; readonly at: number; readonly bit: number }
  | {
      readonly kind: 'bytes';
      readonly packet: number;
      readonly at: number;
      readonly removed: number;
      readonly added: Added;
    }
  | {
      readonly kind: 'header';
      readonly packet: number;
      readonly line: number;
      readonly header: HeaderMishap;
    };

/** Bytes, each as the character of its number, so many times over. */
interface Added {
  readonly bytes: string;
  readonly times: number;
}

type HeaderMishap =
  | { readonly to: 'lost' | 'doubled' | 'without value' | 'without blank' }
  | { readonly to: 'named'; readonly name: string }
  | { readonly to: 'saying'; readonly value: string };

/** A packet of the mutated stream; `told` is missing where something happened to it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly told: readonly PbxEvent[] | undefined;
}

export const END = '\r\n\r\n';

// Of the parser, of the emitter that it is, of JavaScript, of AMI.
const NAMES = [
  ...[
    'Event',
    'Response',
    'ActionID',
    'Uniqueid',
    'ChanVariable',
    'Variable',
    'Privilege',
    'EventList',
    'Queue',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    'then',
    '',
    ' ',
    '\u00a0Uniqueid',
  ],
];
const VALUES = [
  ...[
    'close',
    'error',
    'rawevent',
    'end',
    'connect',
    'response',
    'newListener',
    'removeListener',
    '__proto__',
  ],
  ...[
    'constructor',
    'Hangup',
    'UserEvent',
    'FullyBooted',
    'Shutdown',
    'StatusComplete',
    'Follows',
    'Goodbye',
    '',
  ],
  ...[
    'MovideskCall',
    'MovideskDial',
    'ANSWER',
    '-1',
    'NaN',
    '1e999',
    '9'.repeat(400),
    '__proto__=x',
    '=',
    'a=b=c',
  ],
];
const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const BYTES = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\n\n',
    END,
    '\r\r\n',
    '\n\r',
    '\0',
    ': ',
    ':',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\t',
    '\x1b[2J',
  ],
  ...['Event: close\r\n', 'ActionID: error\r\n', '__proto__: x\r\n__proto__: y\r\n', '--END COMMAND--\r\n'],
  ...[
    'Response: Follows\r\n',
    'Response:\rFollow\r\n',
    '\r\n\r\nResponse: Success\r\nMessage: will follow\r\n',
  ],
  ...['Asterisk Call Manager/1\r\n', 'Uniqueid: 1.1\r\n', 'Event: Hangup\r\n'],
].map(latin1);
// No UTF-8: invalid alone, overlong, a surrogate, the first half of something, above the last code point.
const NO_UTF8 = ['\xff', '\xc0\x80', '\xe0\x80\x8a', '\xed\xa0\x80', '\xe2\x82', '\xf5\x80\x80\x80'];

const times = (...counts: number[]) => fc.constantFrom(...counts);
const added: fc.Arbitrary<Added> = fc.oneof(
  fc.record({ bytes: fc.constantFrom(...BYTES, ...NO_UTF8), times: fc.constant(1) }),
  fc.record({
    bytes: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    times: fc.constant(1),
  }),
  // On both sides of what a line, and a packet, may have.
  fc.record({ bytes: fc.constant('x'), times: times(5_000, 60_000, 70_000, 200_000) }),
  fc.record({ bytes: fc.constant('A: b\r\n'), times: times(2_000, 30_000) }),
);

const packet = fc.nat(20);
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('lost' as const, 'doubled' as const, 'late' as const),
      packet,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('bytes' as const),
      packet,
      at: fc.nat(2_000),
      removed: fc.oneof(fc.constant(0), fc.nat(40), fc.nat(2_000)),
      added,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('flip' as const), packet, at: fc.nat(2_000), bit: fc.nat(7) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('header' as const),
      packet,
      line: fc.nat(40),
      header: fc.oneof(
        fc.record({
          to: fc.constantFrom(
            'lost' as const,
            'doubled' as const,
            'without value' as const,
            'without blank' as const,
          ),
        }),
        fc.record({ to: fc.constant('named' as const), name: fc.constantFrom(...NAMES) }),
        fc.record({
          to: fc.constant('saying' as const),
          value: fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: 'binary' })),
        }),
      ),
    }),
  },
);

/** Which stretch of which session, and what happens to it. */
export const mutation = fc.record({
  session: fc.nat(1_000),
  from: fc.nat(1_000),
  // Nine of ten packets tell nothing.
  isTelling: fc.boolean(),
  length: fc.integer({ min: 1, max: 12 }),
  mishaps: fc.array(mishap, { minLength: 1, maxLength: 4 }),
  cuts: fc.array(fc.nat(20_000), { maxLength: 3 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

export function mutated(
  sessions: readonly (readonly Recorded[])[],
  { session, from, isTelling, length, mishaps }: Mutation,
): Piece[] {
  const whole = sessions[session % sessions.length] ?? [];
  const starts = [...whole.keys()].filter((at) => !isTelling || (whole[at]?.told.length ?? 0) > 0);
  const start = starts[from % starts.length] ?? 0;
  let pieces: Piece[] = whole
    .slice(start, start + length)
    .map(({ text, told }) => ({ bytes: Buffer.from(text), told }));
  for (const one of mishaps) if (pieces.length > 0) pieces = befall(pieces, one.packet % pieces.length, one);
  return spilled(pieces);
}

function befall(pieces: readonly Piece[], at: number, mishap: Mishap): Piece[] {
  const [piece] = pieces.slice(at, at + 1);
  if (piece === undefined) return [...pieces];
  const others = pieces.toSpliced(at, 1);
  switch (mishap.kind) {
    case 'lost':
      return others;
    case 'doubled':
      return pieces.toSpliced(at, 0, piece);
    case 'late':
      return others.toSpliced(at + 2, 0, piece);
    case 'bytes':
      return pieces.toSpliced(at, 1, { bytes: edited(piece.bytes, mishap), told: undefined });
    case 'flip':
      return pieces.toSpliced(at, 1, { bytes: flipped(piece.bytes, mishap), told: undefined });
    case 'header':
      return pieces.toSpliced(at, 1, { bytes: rewritten(piece.bytes, mishap), told: undefined });
  }
}

function edited(bytes: Buffer, { at, removed, added }: Extract<Mishap, { kind: 'bytes' }>): Buffer {
  const from = at % (bytes.length + 1);
  const inserted = Buffer.from(added.bytes.repeat(added.times), 'latin1');
  return Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(from + removed)]);
}

function flipped(bytes: Buffer, { at, bit }: Extract<Mishap, { kind: 'flip' }>): Buffer {
  const copy = Buffer.from(bytes);
  const index = at % Math.max(1, copy.length);
  copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  return copy;
}

function rewritten(bytes: Buffer, { line, header }: Extract<Mishap, { kind: 'header' }>): Buffer {
  // Byte for byte, so that what is no UTF-8 stays what it is.
  const lines = bytes.toString('latin1').split('\r\n');
  const at = line % Math.max(1, lines.length - 2);
  const [name = '', ...rest] = (lines[at] ?? '').split(': ');
  lines.splice(at, 1, ...linesOf(name, rest.join(': '), header));
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function linesOf(name: string, value: string, header: HeaderMishap): string[] {
  switch (header.to) {
    case 'lost':
      return [];
    case 'doubled':
      return [`${name}: ${value}`, `${name}: ${value}`];
    case 'without value':
      return [name];
    case 'without blank':
      return [`${name}:${value}`];
    case 'named':
      return [`${header.name}: ${value}`];
    case 'saying':
      return [`${name}: ${latin1(header.value)}`];
  }
}

/** A packet whose end is lost runs into the next, which is then no more what it was. */
function spilled(pieces: readonly Piece[]): Piece[] {
  let isOpen = false;
  return pieces.map(({ bytes, told }) => {
    const isTouched = told === undefined || isOpen;
    isOpen = isTouched && !bytes.subarray(-END.length).equals(Buffer.from(END));
    return { bytes, told: isTouched ? undefined : told };
  });
}
