import { expect, test } from 'vitest';
import { sourcesUnder, textOf } from '../house/source-files.ts';
import { logMessages, SAID_OF_ONE } from './log-messages.ts';

const page = textOf('docs/udesk.md');

test('whatever the log says of Udesk stands on its page', () => {
  const sources = sourcesUnder('src/adapters/udesk', 'src/runtime/relays');
  const said = logMessages(sources);
  const calls = [...sources.values()].flatMap(
    (text) => text.match(/\blog\.(?:debug|info|warn|error)\(/g) ?? [],
  );
  expect(said.length).toBeGreaterThanOrEqual(calls.length);
  const others: readonly string[] = SAID_OF_ONE.ccai;
  expect(said.filter((message) => !others.includes(message) && !page.includes(message))).toEqual([]);
});

test('a line that is new would be noticed, however it is written', () => {
  const source = [
    "this.#log.warn({ agentId }, 'an agent went to lunch');",
    "log.error(\n  { cause },\n  'a far side went to lunch',\n);",
    'this.#parts.log.info(facts, `$' + '{what}; gone to lunch`);',
    "this.#complain('the list went to lunch', answer);",
  ].join('\n');
  expect(logMessages(new Map([['src/a.ts', source]]))).toEqual([
    'an agent went to lunch',
    'a far side went to lunch',
    '; gone to lunch',
    'the list went to lunch',
  ]);
});
