import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LoadResult, loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import { schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { AMI_SECRET, Folder, fileWith, TOKEN } from './config-builder.ts';

// One folder for all runs: a thousand folders would be most of the time.
function eachIn<Value>(
  values: fc.Arbitrary<Value>,
  runs: number,
  look: (value: Value, folder: Folder) => void,
): void {
  using folder = new Folder();
  fc.assert(
    fc.property(values, (value) => look(value, folder)),
    { numRuns: runs },
  );
}

const loadText = (
  folder: Folder,
  content: string | Uint8Array,
  env: Record<string, string> = {},
): LoadResult => loadConfig({ file: folder.write('config.yaml', content), env });

function expectAnAnswer(result: LoadResult): void {
  if (result.ok) {
    expect(Object.isFrozen(result.config)).toBe(true);
    return;
  }
  expect(result.mistakes.length).toBeGreaterThan(0);
  const lines = formatMistakes(result.mistakes).split(/[\n\r\u2028\u2029\u0085]/);
  expect(lines).toHaveLength(result.mistakes.length);
  for (const { key, problem, remedy } of result.mistakes) {
    expect([key, problem, remedy].every((text) => text.length > 0)).toBe(true);
  }
}

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('node'), { maxLength: 3 }), tie('group')),
  group: fc.dictionary(
    fc.oneof(fc.constantFrom(...settingsOf(schema).flatMap(({ path }) => path.split('.'))), fc.string()),
    tie('node'),
    { maxKeys: 6 },
  ),
})).group;

const scraps = fc.constantFrom(
  ...[
    'asterisk',
    'movidesk',
    'queues',
    'token',
    'secret',
    ':',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a',
    '*a',
  ],
  ...[
    '!t',
    '|',
    '>',
    '"',
    "'",
    '#',
    '---',
    '...',
    '%YAML 1.1',
    '\t',
    '<<',
    '?',
    '\0',
    '\u2028',
    '~',
    '0x1',
    '.nan',
    '😀',
  ],
);

test('whatever bytes the file holds, the operator gets a configuration or mistakes, each in its line', () => {
  eachIn(fc.uint8Array({ maxLength: 200 }), 300, (bytes, folder) => expectAnAnswer(loadText(folder, bytes)));
});

test('whatever YAML is pieced together, the operator gets a configuration or mistakes', () => {
  eachIn(fc.array(scraps, { maxLength: 40 }), 500, (words, folder) => {
    expectAnAnswer(loadText(folder, words.join('')));
  });
});

test('whatever values stand under known keys, the operator gets a configuration or mistakes', () => {
  eachIn(tree, 300, (value, folder) => expectAnAnswer(loadText(folder, JSON.stringify(value))));
});

test('whatever the environment holds, the operator gets a configuration or mistakes', () => {
  const names = fc.constantFrom(...settingsOf(schema).map(({ path }) => environmentName(path)));
  eachIn(fc.dictionary(names, fc.string({ unit: 'binary' }), { maxKeys: 5 }), 300, (env, folder) => {
    expectAnAnswer(loadText(folder, fileWith(), env));
  });
});

test('a good file with any one character changed never shows a secret in a mistake', () => {
  const good = `asterisk:\n  secret: "${AMI_SECRET}"\nmovidesk:\n  token: ${TOKEN}\nqueues: [{ name: support, movideskQueueId: 1 }]\n`;
  const slip = fc.record({
    at: fc.nat(good.length),
    removed: fc.nat(2),
    added: fc.oneof(fc.constant(''), scraps, fc.string({ maxLength: 2 })),
  });
  eachIn(slip, 700, ({ at, removed, added }, folder) => {
    const result = loadText(folder, good.slice(0, at) + added + good.slice(at + removed));
    expectAnAnswer(result);
    const seen = result.ok ? inspect(result, { depth: null }) : formatMistakes(result.mistakes);
    // Half of a secret is as bad as the whole.
    for (const part of ['gh0st', 'the-ami', '155cac97', 'aa4cb8781']) expect(seen).not.toContain(part);
  });
});

// Laid out as the example file is.
const WITH_UDESK = `asterisk: { secret: "${AMI_SECRET}" }
movidesk: { token: ${TOKEN} }
queues: [{ name: support, movideskQueueId: 1 }]
udesk:
  enabled: true
  baseUrl: https://example.udesk.cn/ccapi/v2
  appId: 6f142ddb-47ed-442e-83e7-6d2574d77aa2
  sid: 123456789abcdef
  authToken: hushhush9f31
  secret: "mum-is-the-word"
  seats:
    - extension: "1001"
      agentId: "8001"
  callIdVariable: UDESK_CALL_ID
  events: [acd_agent_state]
`;

test('a good file with any one place in the group of Udesk changed never shows a secret in a mistake', () => {
  const start = WITH_UDESK.indexOf('udesk:');
  const slip = fc.record({
    at: fc.integer({ min: start, max: WITH_UDESK.length }),
    removed: fc.nat(2),
    added: fc.oneof(fc.constant(''), scraps, fc.string({ maxLength: 2 })),
  });
  using untouched = new Folder();
  expect(loadText(untouched, WITH_UDESK).ok).toBe(true);
  eachIn(slip, 300, ({ at, removed, added }, folder) => {
    const result = loadText(folder, WITH_UDESK.slice(0, at) + added + WITH_UDESK.slice(at + removed));
    expectAnAnswer(result);
    const seen = result.ok ? inspect(result, { depth: null }) : formatMistakes(result.mistakes);
    for (const part of ['hushh', '9f31', 'mum-is', 'the-word']) expect(seen).not.toContain(part);
  });
});

test('a configuration that is printed in any way shows no secret', () => {
  using folder = new Folder();
  const result = loadText(folder, fileWith());
  expect(result.ok).toBe(true);
  const printed = [JSON.stringify(result), inspect(result, { depth: null, showHidden: true })];
  expect(printed.join()).not.toContain(TOKEN);
  expect(printed.join()).not.toContain(AMI_SECRET);
});
