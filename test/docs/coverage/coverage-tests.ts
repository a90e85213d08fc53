import { describe, expect, test } from 'vitest';
import { textOf } from '../../house/source-files.ts';
import { withCoverage } from './page.ts';
import type { Chapter, Proof, Row } from './row.ts';

interface Covered {
  /** By its path from the root of the repository. */
  readonly page: string;
  readonly script: string;
  readonly chapters: readonly Chapter[];
  /** How many rows each chapter must have. */
  readonly rowCounts: readonly number[];
}

/** What must be true of a page with a coverage table. */
export function coverageTests({ page: file, script, chapters, rowCounts }: Covered): void {
  const page = textOf(file);
  const cases = chapters.flatMap(({ rows }) =>
    rows.map((row) => ({ name: `${row.title} (${row.wire.join(', ')})`, row, test: row.test, use: row.use })),
  );

  test(`the table of what is covered is what the code says: run npm run ${script}`, () => {
    expect(page).toBe(withCoverage(page, script, chapters));
  });

  test('a row that was changed by hand would be noticed, and nothing else is touched', () => {
    const changed = page.replace('| client only |', '| used daily |');
    expect(changed).not.toBe(page);
    expect(withCoverage(changed, script, chapters)).toBe(page);
    const mended = page.replace(/^# .*$/m, '$&, mended');
    expect(mended).not.toBe(page);
    expect(withCoverage(mended, script, chapters)).toBe(mended);
  });

  test('everything in the document has a row', () => {
    expect(chapters.map(({ rows }) => rows.length)).toEqual(rowCounts);
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
}

function expectIn({ file, words }: Proof): void {
  expect(textOf(file)).toContain(words);
}

function textsOf({ title, wire, use, test: proof }: Row): readonly string[] {
  return [title, ...wire, proof.file, proof.words, ...(use === undefined ? [] : [use.purpose, use.file])];
}
