import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COVERED_IN } from './coverage.ts';

test.each([...new Set(Object.values(COVERED_IN))])(
  'the chapter %s has a test that is held to it',
  (chapter) => {
    const file = new URL(`${chapter}.test.ts`, import.meta.url);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^covering\\(\\s*'${chapter}',`, 'm'));
  },
);
