import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { type LoadResult, loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import { schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { AMI_SECRET, Folder, fileWith, TOKEN } from '../config/config-builder.ts';
import { property } from './campaign.ts';
import { MONSTERS, slip, withSlips, yaml } from './config/yaml.ts';

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
});
afterAll(() => folder[Symbol.dispose]());

const load = (text: string | Uint8Array, env: Record<string, string> = {}): LoadResult =>
  loadConfig({ file: folder.write('config.yaml', text), env });

// As much as is read of a file.
const MOST_BYTES = 262_144;
// Two or three seconds on a machine that has nothing else to do.
const IN_TIME_MS = 20_000;
// Of those that are given here.
const LONGEST_PATH = 100_000;
// Nobody reads more, and a terminal does not show more.
const MOST_MISTAKES = 3_000;

property('whatever YAML is written, the operator gets a configuration, or each mistake with its remedy', {
  runs: 200,
  of: yaml,
  check: (text) => expectAnAnswer(load(text)),
});

property('however large and strange the file, the answer comes in time and is not endless', {
  runs: 4,
  of: fc.record({
    kind: fc.constantFrom(...Object.keys(MONSTERS)),
    bytes: fc.constantFrom(5_000, 60_000, MOST_BYTES - 200, MOST_BYTES + 1),
  }),
  check: ({ kind, bytes }) => {
    const startedAt = performance.now();
    const result = load(MONSTERS[kind]?.(bytes) ?? '');
    expect(performance.now() - startedAt).toBeLessThan(IN_TIME_MS);
    expectAnAnswer(result);
  },
});

// Laid out as the example file is, with the secrets among other keys.
const GOOD = `asterisk:
  host: 127.0.0.1
  port: 5038
  secret: ${AMI_SECRET}
  username: movidesk
movidesk:
  requestsPerMinute: 10
  token: "${TOKEN}"
  timeoutMs: 5000
queues:
  - name: support
    movideskQueueId: 1
    maxWaitSeconds: 600
http:
  port: 9095
log:
  level: info
`;
const PIECES = [AMI_SECRET, TOKEN].flatMap((secret) =>
  Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8)),
);

property('however a hand slips twice in a good file, no piece of a secret is shown', {
  runs: 300,
  of: fc.array(slip, { minLength: 1, maxLength: 2 }),
  check: (slips) => {
    const result = load(withSlips(GOOD, slips));
    expectAnAnswer(result);
    const shown = result.ok
      ? inspect(result, { depth: null, showHidden: true })
      : formatMistakes(result.mistakes);
    expect(PIECES.filter((piece) => shown.includes(piece))).toEqual([]);
  },
});

const NAMES = settingsOf(schema).flatMap(({ path }) => [
  environmentName(path),
  `${environmentName(path)}_FILE`,
]);
const environment = fc.dictionary(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...NAMES) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'ASTERISK_MOVIDESK_',
        'ASTERISK_MOVIDESK___PROTO__',
        '__proto__',
        'CREDENTIALS_DIRECTORY',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => `ASTERISK_MOVIDESK_${text}`) },
  ),
  fc.oneof(
    fc.constantFrom(
      ...[
        '',
        ' ',
        '0',
        '-1',
        '65536',
        '9'.repeat(400),
        'true',
        'TRUE',
        '1e3',
        '/',
        '/dev/null',
        '/dev/zero',
        '/proc/self/mem',
      ],
      ...[
        '/nowhere/at/all',
        '.',
        '..',
        '/tmp',
        'x'.repeat(100_000),
        '\0',
        '\n',
        'https://a:b@c/?d#e',
        'http://127.1/x',
      ],
      ...['[{name: a}]', '{', '*a', '- - - -', '__proto__', '{extension}', '{file}', '{{file}}'],
    ),
    fc.string({ unit: 'binary' }),
    yaml,
  ),
  { maxKeys: 6 },
);

property(
  'whatever the environment holds, the operator gets a configuration, or each mistake with its remedy',
  {
    runs: 120,
    of: fc.record({ env: environment, hasFile: fc.boolean() }),
    check: ({ env, hasFile }) => {
      if (hasFile) expectAnAnswer(load(fileWith(), env));
      else expectAnAnswer(loadConfig({ env: { ...env, ASTERISK_MOVIDESK_CONFIG: '' } }));
    },
  },
);

property(
  'whatever lies where the file should be, the operator gets a configuration, or each mistake with its remedy',
  {
    runs: 60,
    of: fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => () => load(bytes)),
      fc
        .constantFrom(
          '/dev/zero',
          '/dev/null',
          '/',
          '/proc/self/mem',
          '/dev/full',
          'relative',
          '\0',
          'x'.repeat(5_000),
        )
        .map((file) => () => loadConfig({ file, env: {} })),
      fc.constant(() => {
        mkdirSync(join(folder.path, 'folder'), { recursive: true });
        return loadConfig({ file: join(folder.path, 'folder'), env: {} });
      }),
    ),
    check: (read) => expectAnAnswer(read()),
  },
);

function expectAnAnswer(result: LoadResult): void {
  if (result.ok) {
    expect(Object.isFrozen(result.config)).toBe(true);
    return;
  }
  const { mistakes } = result;
  expect(mistakes.length).toBeGreaterThan(0);
  expect(mistakes.length).toBeLessThan(MOST_MISTAKES);
  for (const { key, problem, remedy } of mistakes) {
    expect([key, problem, remedy].every((text) => text.length > 0)).toBe(true);
  }
  const lines = formatMistakes(mistakes).split(/[\n\r\u2028\u2029\u0085]/);
  expect(lines).toHaveLength(mistakes.length);
  // The path of a file stands there as it was given; whatever else there is, is cut short.
  for (const line of lines) expect(line.length).toBeLessThan(LONGEST_PATH + 1_000);
}
