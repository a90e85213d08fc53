import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

export const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';
export const NUMBER = '554733990777';

/** What the far side sends, head and body, and what it does then. */
export interface Answer {
  readonly head: string;
  readonly body: Buffer;
  readonly framing: Framing;
  readonly afterwards: 'ends' | 'stays' | 'resets';
}

type Framing =
  | 'right'
  | 'until the end'
  | 'too short'
  | 'too long'
  | 'chunked'
  | 'chunks of another length'
  | 'both';

// What could do harm as an extension: in AMI, in a dialplan function, in a URL.
const EXTENSIONS = [
  ...['1001', '0', '1', '2', '3', '4', '5', '10', '01', '9'.repeat(20), '9'.repeat(21), '9'.repeat(5_000)],
  ...[
    '1001\r\nAction: Originate',
    '1001\nAction: Hangup\n\n',
    '1001\r\n\r\nAction: Command\r\nCommand: core stop now',
  ],
  ...[
    '1001\r',
    '1001\0',
    '1001,1002',
    '1001&1002',
    '1001@world',
    '1001/x',
    `\${SHELL(id)}`,
    '1001)',
    '../1001',
    '+1001',
  ],
  ...[
    '１００１',
    '١٠٠١',
    '1001\u00a0',
    '1001\u2028',
    '1 0 0 1',
    '1001 Ana',
    '1001\tAna',
    '-1',
    '1e3',
    '0x3e9',
    '1001.0',
  ],
  ...[
    '*78',
    '#',
    'h',
    's',
    'i',
    't',
    'null',
    'true',
    'undefined',
    'NaN',
    'Infinity',
    '__proto__',
    'constructor',
    '',
  ],
];
const SECRETS = [
  TOKEN,
  TOKEN.toUpperCase(),
  NUMBER,
  `+${NUMBER}`,
  `%2B${NUMBER}`,
  encodeURIComponent(`"${TOKEN}"`),
];

const word = fc.oneof(
  fc.constantFrom(...EXTENSIONS),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...SECRETS),
);
const jsonLeaf = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-0, 1001, 1e21, 5e-324)) },
  { weight: 1, arbitrary: fc.oneof(fc.boolean(), fc.constant(null)) },
);
const key = fc.oneof(
  fc.constantFrom(
    'ramal',
    'branchLine',
    'extension',
    'code',
    'status',
    'message',
    '__proto__',
    'toString',
    '',
  ),
  fc.string(),
);
const json = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    jsonLeaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 3 }),
  ),
})).node;

const nested = fc
  .tuple(fc.constantFrom(['[', ']'], ['{"a":', '}']), fc.constantFrom(10, 1_000, 20_000), fc.boolean())
  .map(
    ([[open = '', close = ''], depth, isClosed]) =>
      `${open.repeat(depth)}"1001"${isClosed ? close.repeat(depth) : ''}`,
  );

const text = fc.oneof(
  { weight: 6, arbitrary: json.map((value) => JSON.stringify(value) ?? '') },
  { weight: 4, arbitrary: word },
  { weight: 1, arbitrary: nested },
  { weight: 2, arbitrary: fc.array(word).map((words) => `<html>${words.join('<br>')}</html>`) },
  { weight: 1, arbitrary: word.map((one) => `\ufeff"${one}"`) },
  { weight: 1, arbitrary: fc.constantFrom(...SECRETS).map((one) => `${'x'.repeat(190)}${one}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...SECRETS).map((one) => `/asterisk_receivedCall?token=${one}&queueId=1`),
  },
);

/** What an answer may say, in the bytes in which it says it. */
export const body: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 12, arbitrary: text.map((one) => Buffer.from(one)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: word.map((one) => gzipSync(one)) },
  { weight: 1, arbitrary: word.map((one) => Buffer.from(one, 'utf16le')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(65_536, 65_537, 200_000).map((length) => Buffer.alloc(length, '1')),
  },
);

const status = fc.oneof(
  { weight: 6, arbitrary: fc.constant('200 OK') },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        '201 Created',
        '204 No Content',
        '206 Partial',
        '301 Moved',
        '304 Not Modified',
        '307 Elsewhere',
        '400 Bad',
      ],
      ...['401 Who', '403 No', '404 Not', '408 Slow', '429 Too Many', '500 Broken', '503 Away', '599 Odd'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '100 Continue',
      '101 Switching Protocols',
      '103 Early',
      '000 Nothing',
      '999 Beyond',
      'abc',
      '',
    ),
  },
);
const headerLine = fc.oneof(
  fc.constantFrom(
    ...[
      'Retry-After: 3',
      'Retry-After: -1',
      'Retry-After: 99999999999999999999',
      'Retry-After: Fri, 31 Dec 1999 23:59:59 GMT',
    ],
    ...[
      'Retry-After: Fri, 31 Dec 9999 23:59:59 GMT',
      'Retry-After: soon',
      'Retry-After:',
      'retry-after: 1\r\nRetry-After: 2',
    ],
    ...[
      `Location: https://elsewhere.example/?token=${TOKEN}`,
      `Location: /${TOKEN}`,
      'Location: a\r\nLocation: b',
    ],
    ...[
      'Content-Type: text/html; charset=utf-16',
      'Content-Encoding: gzip',
      'Content-Encoding: br',
      'Connection: close',
    ],
    ...[
      'Connection: upgrade\r\nUpgrade: h2c',
      'Keep-Alive: timeout=0',
      'Keep-Alive: timeout=99999999',
      'Trailer: x',
    ],
    ...[
      `X-Long: ${'x'.repeat(20_000)}`,
      ' folded',
      'no colon',
      ': no name',
      'X-\u0001: y',
      'Set-Cookie: a\r\nSet-Cookie: b',
    ],
  ),
  fc.string({ unit: 'binary' }).map((value) => `X-Any: ${value}`),
);

export const answer: fc.Arbitrary<Answer> = fc.record({
  head: fc
    .tuple(status, fc.array(headerLine, { maxLength: 3 }))
    .map(([line, headers]) => [`HTTP/1.1 ${line}`, ...headers].join('\r\n')),
  body,
  framing: fc.constantFrom<Framing>(
    ...(['right', 'right', 'right', 'until the end', 'too short', 'too long', 'chunked'] as const),
    ...(['chunks of another length', 'both'] as const),
  ),
  afterwards: fc.oneof(
    { weight: 30, arbitrary: fc.constant('ends' as const) },
    { weight: 5, arbitrary: fc.constant('resets' as const) },
    { weight: 1, arbitrary: fc.constant('stays' as const) },
  ),
});

export function bytesOf({ head, body: said, framing }: Answer): Buffer {
  const headers = {
    length: (off: number) => `\r\nContent-Length: ${said.length + off}`,
    chunked: '\r\nTransfer-Encoding: chunked',
  };
  const chunks = (length: number) => [
    Buffer.from(`${length.toString(16)}\r\n`),
    said,
    Buffer.from('\r\n0\r\n\r\n'),
  ];
  const [more, parts] = {
    right: [headers.length(0), [said]],
    'until the end': ['', [said]],
    'too short': [headers.length(-1), [said]],
    'too long': [headers.length(1), [said]],
    chunked: [headers.chunked, chunks(said.length)],
    'chunks of another length': [headers.chunked, chunks(said.length + 1)],
    both: [headers.length(0) + headers.chunked, chunks(said.length)],
  }[framing] as [string, Buffer[]];
  return Buffer.concat([Buffer.from(`${head}${more}\r\n\r\n`), ...parts]);
}
