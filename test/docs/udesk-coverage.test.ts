import { describe, expect, test } from 'vitest';
import { textOf } from '../house/source-files.ts';
import type { Proof, Row } from './udesk-coverage/row.ts';
import { coverage, withCoverage } from './udesk-coverage/table.ts';

const chapters = coverage();
const page = textOf('docs/udesk.md');
const cases = chapters.flatMap(({ rows }) =>
  rows.map((row) => ({ name: `${row.title} (${row.wire.join(', ')})`, row, test: row.test, use: row.use })),
);

test('the table of what is covered is what the code says: run npm run generate:udesk', () => {
  expect(page).toBe(withCoverage(page, chapters));
});

test('a row that was changed by hand would be noticed, and nothing else is touched', () => {
  const changed = page.replace('| client only |', '| used daily |');
  expect(changed).not.toBe(page);
  expect(withCoverage(changed, chapters)).toBe(page);
  const mended = page.replace('# Udesk', '# Udesk, mended');
  expect(withCoverage(mended, chapters)).toBe(mended);
});

test('everything in the document has a row: its operations, requests and events, and what it asks of us', () => {
  expect(chapters.map(({ rows }) => rows.length)).toEqual([57, 7, 10, 43, 3]);
});

test('no cell of the table is empty', () => {
  const lines = page.split('\n').filter((line) => line.startsWith('|'));
  expect(lines.filter((line) => /\|\s*(?=\|)/.test(line) || line.includes('undefined'))).toEqual([]);
  for (const { row } of cases) for (const text of textsOf(row)) expect(text.trim()).not.toBe('');
});

describe('what the table says is true', () => {
  test.each(cases)('of $name: its test is about it', ({ test: proof }) => {
    expectIn(proof);
  });

  test.each(cases.filter(({ use }) => use !== undefined))('of $name: it is used there', ({ use }) => {
    if (use !== undefined) expectIn(use);
  });
});

function expectIn({ file, words }: Proof): void {
  expect(textOf(file)).toContain(words);
}

function textsOf({ title, wire, use, test: proof }: Row): readonly string[] {
  return [title, ...wire, proof.file, proof.words, ...(use === undefined ? [] : [use.purpose, use.file])];
}
