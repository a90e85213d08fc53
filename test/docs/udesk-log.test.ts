import { expect, test } from 'vitest';
import { sourcesUnder, textOf } from '../house/source-files.ts';

const page = textOf('docs/udesk.md');

// The message is the last text of a call; what was complained of stands at its beginning.
const LOGGED = /\blog\.(?:debug|info|warn|error)\((?:(?!\blog\.)[\s\S])*?(['`])((?:(?!\1).)+)\1,?\s*\);/g;
const COMPLAINED = /#complain\(\s*(')([^'\n]+)'/g;

/** What the log says of Udesk and of relays, as far as it is not filled in. */
function messages(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources.values()].flatMap((text) =>
    [...text.matchAll(LOGGED), ...text.matchAll(COMPLAINED)].flatMap(([, , message = '']) =>
      message.split(/\$\{[^}]*\}/).filter((part) => part !== ''),
    ),
  );
}

test('whatever the log says of Udesk stands on its page', () => {
  const sources = sourcesUnder('src/adapters/udesk', 'src/runtime/relays');
  const said = messages(sources);
  const calls = [...sources.values()].flatMap(
    (text) => text.match(/\blog\.(?:debug|info|warn|error)\(/g) ?? [],
  );
  expect(said.length).toBeGreaterThanOrEqual(calls.length);
  expect(said.filter((message) => !page.includes(message))).toEqual([]);
});

test('a line that is new would be noticed, however it is written', () => {
  const source = [
    "this.#log.warn({ agentId }, 'an agent went to lunch');",
    "log.error(\n  { cause },\n  'a far side went to lunch',\n);",
    'this.#parts.log.info(facts, `$' + '{what}; gone to lunch`);',
    "this.#complain('the list went to lunch', answer);",
  ].join('\n');
  expect(messages(new Map([['src/a.ts', source]]))).toEqual([
    'an agent went to lunch',
    'a far side went to lunch',
    '; gone to lunch',
    'the list went to lunch',
  ]);
});
