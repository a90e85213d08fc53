import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { highestAllowed } from '../../src/domain/budget/allowance.ts';
import { TestAuthority } from '../certificates/authority.ts';
import { configOf, Folder, fileWith, load } from '../config/config-builder.ts';
import { sourcesUnder, textOf } from '../house/source-files.ts';
import { loudMessages } from './log-messages.ts';
import { fencesOf, shapeOf } from './page-shape.ts';
import { codeIn, commandsTypedIn } from './typed.ts';

const english = textOf('README.md');
const portuguese = textOf('README.pt-BR.md');

describe('README.pt-BR.md says what README.md says', () => {
  test('the same headings, tables, code and links, paragraph by paragraph', () => {
    const shape = shapeOf(english);
    expect(shape.length).toBeGreaterThan(100);
    expect(withoutLanguage(shapeOf(portuguese))).toEqual(withoutLanguage(shape));
  });

  test('each leads to the other before anything else', () => {
    expect(shapeOf(english)[1]).toBe('text (README.pt-BR.md)');
    expect(shapeOf(portuguese)[1]).toBe('text (README.md)');
  });

  test('no sentence was left in English', () => {
    const sentences = new Set(proseOf(english));
    expect(sentences.size).toBeGreaterThan(50);
    expect(proseOf(portuguese).filter((line) => sentences.has(line))).toEqual([]);
  });
});

describe('what would be noticed', () => {
  const page = '# A\n\nSee `x` and [b](b.md).\n\n- one\n- two `y`\n\n| a | b |\n|---|---|\n| `z` | c |\n';

  test('its shape', () => {
    const table = ['row of 2', 'row of 2', 'row of 2 `z`'];
    expect(shapeOf(page)).toEqual(['#', 'text (b.md) `x`', '-', '- `y`', ...table]);
  });

  test.each([
    ['# A', '## A'],
    ['`x`', '`w`'],
    ['(b.md)', '(c.md)'],
    ['- one\n', ''],
    ['| `z` | c |', '| `z` |'],
    ['| `z` | c |\n', ''],
    ['- one', '```\n- one\n```'],
  ])('%s, and there %s', (here, there) => {
    expect(shapeOf(page.replace(here, there))).not.toEqual(shapeOf(page));
  });

  test('words and their order are free', () => {
    expect(shapeOf('Veja [c](b.md) e `x`.')).toEqual(shapeOf('See `x` and\n[b](b.md).'));
  });
});

test('README.md names every command that looks at what the daemon did', () => {
  const named = new Set(commandsTypedIn(codeIn(english)).map((words) => words.split(' ')[0]));
  expect([...named].sort()).toEqual(['calls', 'check', 'config', 'demo', 'help', 'outbox', 'replay']);
});

test('what README.md quotes of the log is said there so', () => {
  const quoted = codeIn(english).filter((code) => /^[a-z]+(?:,? [a-z]+){4,}$/.test(code));
  const said = loudMessages(sourcesUnder('src'));
  expect(quoted.length).toBeGreaterThanOrEqual(3);
  expect(quoted.filter((words) => !said.some((message) => message.startsWith(words)))).toEqual([]);
});

const yamlIn = (text: string): readonly string[] =>
  fencesOf(text)
    .filter((fence) => fence.startsWith('```yaml\n'))
    .map((fence) => fence.split('\n').slice(1, -1).join('\n'));

const PLACE = '/etc/asterisk-movidesk/';

/** The files that an example names, in a place of the test's; `lay` makes a whole configuration of it. */
function loadedWithFiles(example: string, lay: (yaml: string) => string) {
  using folder = new Folder();
  for (const [, name = ''] of example.matchAll(/\/etc\/asterisk-movidesk\/([a-z-]+(?:\.pem)?)/g))
    folder.write(name, name.endsWith('.pem') ? new TestAuthority().certificate : 'hush-hush');
  return configOf(load({ yaml: lay(example.replaceAll(PLACE, `${folder.path}/`)) }));
}

describe('an admin who copies the configuration of README.md', () => {
  const examples = yamlIn(english);

  test('has enough with the first one', () => {
    expect(english.indexOf(examples[0] ?? '?')).toBeGreaterThan(english.indexOf('### 4. '));
    const { asterisk, movidesk, queues } = loadedWithFiles(examples[0] ?? '', (yaml) => yaml);
    expect([asterisk.secret, movidesk.token].map((secret) => secret.reveal())).toEqual([
      'hush-hush',
      'hush-hush',
    ]);
    expect(queues).toMatchObject([{ name: 'support', movideskQueueId: 1 }]);
  });

  test('has a PBX over TLS with the second', () => {
    const { asterisk } = loadedWithFiles(examples[1] ?? '', laidOverTheLeast);
    expect(asterisk).toMatchObject({ host: 'pbx.example.com', port: 5039 });
  });

  test('has a limit by the hour with the third, and there is no other', () => {
    const { movidesk } = loadedWithFiles(examples[2] ?? '', laidOverTheLeast);
    expect(highestAllowed(movidesk.requestsPerMinute)).toBe(30);
    expect(examples).toHaveLength(3);
  });
});

/** `…` stands for whatever else the reader needs. */
const laidOverTheLeast = (yaml: string): string => fileWith(parse(yaml.replaceAll(/,? …/g, '')));

/** The shape without the way to the other language. */
const withoutLanguage = (shape: readonly string[]): readonly string[] => shape.toSpliced(1, 1);

/** Lines and cells of four words and more, without code and links. */
function proseOf(text: string): readonly string[] {
  const lines = text.replace(/^```[\s\S]*?^```$/gm, '').split(/[\n|]/);
  const bare = lines.map((line) => line.replace(/`[^`]*`|\([^)]*\)|<[^>]*>/g, '').trim());
  return bare.filter((line) => (line.match(/\p{L}{2,}/gu) ?? []).length >= 4);
}
