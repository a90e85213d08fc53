import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BREAKS } from './breaks.ts';

// That each is noticed is for `npm run simulate:breaks` to say; here only that it still breaks something.
test.each(BREAKS)('the code can still be broken on purpose: $what', ({ file, find, replace }) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  expect(text.split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
});
