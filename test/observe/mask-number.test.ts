import { expect, test } from 'vitest';
import { ERASED } from '../../src/adapters/sqlite/erased.ts';
import { schema } from '../../src/config/schema.ts';
import { numbersShown } from '../../src/observe/mask-number.ts';

test.each([
  ['5511987654321', '*********4321'],
  ['1001', '****'],
  ['joao.silva', '******ilva'],
  ['', ''],
])('the number "%s" is shown as "%s"', (number, shown) => {
  expect(numbersShown('masked')(number)).toBe(shown);
  expect(numbersShown('full')(number)).toBe(number);
});

test.each([ERASED, schema.movidesk.anonymousNumber.default])(
  'the word %s stands for no number, and is shown',
  (word) => {
    expect(numbersShown('masked')(word)).toBe(word);
  },
);
