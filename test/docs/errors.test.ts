import { expect, test } from 'vitest';
import { sourcesUnder, textOf } from '../house/source-files.ts';
import { codesOnPage, errorsPage } from './errors/page.ts';

// The simulators speak for others, and a variable of the environment is no code.
const sources = [...sourcesUnder('src')].filter(([file]) => !/^src\/(?:simulators\/|cli\/demo)/.test(file));
const TABLES = /(?:store-fault|listen-fault|link-codes)\.ts$/;

/** Codes as the source gives them to the log: as texts. Those of Node and SQLite are the system's. */
const given = new Set(
  sources.flatMap(([, text]) =>
    [...text.matchAll(/'((?:AMI|STORE|HTTP|CFG|OUT)_[A-Z_]+)'/g)].map(([, code = '']) => code),
  ),
);
const inTables = codesOnPage.filter((code) => /^[A-Z]/.test(code));

test('the page of the codes is what the source says: run npm run generate:errors', () => {
  expect(textOf('docs/errors.md')).toBe(errorsPage());
});

test('every code that the source gives is on the page', () => {
  expect([...given].filter((code) => !codesOnPage.includes(code))).toEqual([]);
});

test('every code on the page is given somewhere, and not only in its table', () => {
  const elsewhere = sources.filter(([file]) => !TABLES.test(file)).map(([, text]) => text);
  const own = textOf('src/observe/http/listen-fault.ts');
  const isGiven = (code: string) => [...elsewhere, own].some((text) => text.includes(`'${code}'`));
  expect(inTables.filter((code) => !isGiven(code))).toEqual([]);
  expect(inTables.length).toBeGreaterThanOrEqual(16);
});

test('whatever goes into the log as `code` is one of these', () => {
  const logged = sources.flatMap(([file, text]) =>
    [...text.matchAll(/\bcode: '([A-Z][A-Z_]+)'/g)].map(([, code = '']) => `${file} ${code}`),
  );
  expect(logged.length).toBeGreaterThan(5);
  expect(logged.filter((one) => !codesOnPage.includes(one.split(' ')[1] ?? ''))).toEqual([]);
});

test('no meaning and no remedy is empty, breaks the table, or ends in a full stop', () => {
  const cells = errorsPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));
  expect(cells.filter(({ length }) => length !== 3)).toEqual([]);
  expect(cells.flat().filter((cell) => cell.trim() === '' || cell.endsWith('.'))).toEqual([]);
});
