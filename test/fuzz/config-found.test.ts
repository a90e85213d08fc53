import { expect, test } from 'vitest';
import { formatMistakes } from '../../src/config/mistake.ts';
import { AMI_SECRET, load, mistakesOf, onlyMistake } from '../config/config-builder.ts';
import { MONSTERS } from './config/yaml.ts';

/** What the fuzzers found, each in its smallest form. */

test.each([
  ['maps', '{a: '.repeat(1_400) + '}'.repeat(1_400)],
  ['lists', '['.repeat(500) + ']'.repeat(500)],
])('%s as deep as the stack are a mistake, not a crash', (_, deep) => {
  // The library's own stack may give out first, which it tells once for each storey that it leaves.
  const [first] = mistakesOf(load({ yaml: `http: { port: ${deep}}` }));
  expect(first?.problem).toMatch(/nested/);
});

test('lists that aliases put into one another are no deeper than any', () => {
  const yaml = MONSTERS['aliases deep in one another']?.(50_000) ?? '';
  expect(onlyMistake(load({ yaml })).problem).toMatch(/nested/);
});

test.each(['!!binary aGk=', '!!set {a, b}', '!!omap [a: 1]', '!!timestamp 2001-12-14'])(
  'a value %s is told as what it is, at its place',
  (value) => {
    const { key, problem } = onlyMistake(load({ yaml: `log:\n  level: ${value}\n` }));
    expect(key).toMatch(/:2:\d+$/);
    expect(problem).toMatch(/tag/);
  },
);

test('a tag that says what YAML would have said anyway does no harm', () => {
  const mistakes = mistakesOf(load({ yaml: 'http:\n  port: !!int 9095\n  host: !!str localhost\n' }));
  expect(mistakes.map(({ key }) => key)).toEqual(['asterisk.secret', 'movidesk.token', 'queues']);
});

test.each([
  ['keys of a group', 30],
  ['keys of one queue', 30],
  ['queues of one key', 10],
  ['doubled keys', 5],
])('a file of %s is read in seconds, and %i mistakes are enough', (kind, most) => {
  const startedAt = performance.now();
  const mistakes = mistakesOf(load({ yaml: MONSTERS[kind]?.(250_000) ?? '' }));
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(mistakes.length).toBeLessThanOrEqual(most);
});

test('of twenty-five unknown keys twenty are told, and how many more there are', () => {
  const yaml = Array.from({ length: 25 }, (_, index) => `zzzz${index}: 1\n`).join('');
  const mistakes = mistakesOf(load({ yaml })).filter(({ key }) => key.startsWith('zzzz'));
  expect(mistakes).toHaveLength(21);
  expect(mistakes.at(-1)).toMatchObject({ key: 'zzzz20', problem: 'is not a known key, nor are 4 after it' });
});

test('a secret that has slipped into the line of another key is not shown with it', () => {
  const yaml = `asterisk:\n  port: 5038 secret ${AMI_SECRET}\n  host: "a  secret: ${AMI_SECRET}"\n`;
  const shown = formatMistakes(mistakesOf(load({ yaml })));
  expect(shown).toContain('"5038…"');
  expect(shown).not.toContain(AMI_SECRET);
});
