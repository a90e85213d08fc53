import { expect, test } from 'vitest';
import { sourcesUnder, textOf } from '../house/source-files.ts';
import { logMessages, loudMessages } from './log-messages.ts';

const page = textOf('docs/operations.md');
const ofRelays = textOf('docs/udesk.md') + textOf('docs/ccai.md');

const sources = new Map(
  [...sourcesUnder('src')].filter(([file]) => !/^src\/(?:simulators\/|cli\/demo)/.test(file)),
);
// The page says what is always said; a gap that is filled in stands for itself.
const parts = (message: string) => message.split(/\$\{[^}]*\}/).filter((part) => part !== '');
const loud = loudMessages(sources).flatMap(parts);
const all = logMessages(sources);

/** The first cell of every row below a heading, as far as it is code. */
function quotedBelow(heading: string): readonly string[] {
  const [, rest = ''] = page.split(`\n${heading}\n`);
  const rows = (rest.split(/\n##+ /)[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
  );
}

test('every warning and every error of the log stands on the page, or on that of its relay', () => {
  const untold = loud.filter((message) => !page.includes(`\`${message}\``) && !ofRelays.includes(message));
  expect(untold).toEqual([]);
  expect(loud.length).toBeGreaterThanOrEqual(45);
});

test('no call to the log is overlooked', () => {
  for (const [file, text] of sources) {
    const calls = text.match(/\blog(?:\.(?:warn|error)|\[level\])\(/g)?.length ?? 0;
    expect(`${file} ${Math.min(calls, loudMessages(new Map([[file, text]])).length)}`).toBe(
      `${file} ${calls}`,
    );
  }
});

test.each([
  '### Errors: a person must act',
  '### Warnings: it hurts, and heals by itself',
  '### For information',
])('%s: the source says each of them, so', (heading) => {
  const quoted = quotedBelow(heading);
  expect(quoted.length).toBeGreaterThanOrEqual(10);
  const known = new Set([...loud, ...all]);
  expect(quoted.filter((message) => !known.has(message))).toEqual([]);
});

test('an error stands among the errors, and a warning among the warnings', () => {
  const told = (level: 'warn' | 'error') =>
    new Set(
      [...sources.values()].flatMap((text) => [
        ...loudMessages(
          new Map([['a', text.replaceAll(`log.${level === 'warn' ? 'error' : 'warn'}(`, 'nothing(')]]),
        ),
      ]),
    );
  const [errors, warnings] = [told('error'), told('warn')];
  expect(quotedBelow('### Errors: a person must act').filter((message) => !errors.has(message))).toEqual([]);
  expect(
    quotedBelow('### Warnings: it hurts, and heals by itself').filter((message) => !warnings.has(message)),
  ).toEqual([]);
});

test('why /readyz is down stands on the page as it is said', () => {
  const source = textOf('src/runtime/readiness.ts');
  const whys = [...source.matchAll(/\bdown\('([^']+)'\)/g)].map(([, why = '']) => why);
  expect(whys.length).toBeGreaterThanOrEqual(5);
  // Of what passes by itself the page says so in one row.
  const passing = ['it is stopping', 'it is starting'];
  expect(whys.filter((why) => !page.includes(`| ${why} |`) && !passing.includes(why))).toEqual([]);
  // What differs from one to the next stands there as dots.
  const open = [...source.matchAll(/\bdown\(`([^$`]+)\$\{/g)].map(([, why = '']) => why);
  expect(open.length).toBeGreaterThanOrEqual(1);
  expect(open.filter((why) => !page.includes(`| ${why}… |`))).toEqual([]);
});
