import { expect, test } from 'vitest';
import { bearerToken } from '../../src/observe/http/token-check.ts';

test.each([
  ['Bearer a-token', 'a-token'],
  ['bearer   a-token  ', 'a-token'],
  ['Bearer two words', 'two words'],
  ['Bearer ', undefined],
  ['Basic a-token', undefined],
  [undefined, undefined],
])('the token in %j is %j', (authorization, token) => {
  expect(bearerToken(authorization)).toBe(token);
});

test('a header full of blanks costs no time: nobody may hold up callers with it', () => {
  const hostile = `Bearer a${' '.repeat(200_000)}b`;
  const startedAt = performance.now();
  bearerToken(hostile);
  // Trying every way to share the blanks out takes a minute.
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
