import fc from 'fast-check';
import { expect, test } from 'vitest';
import { e164From } from '../../../src/adapters/kit/phone-number.ts';
import { udeskNumberOf } from '../../../src/adapters/udesk/udesk-number.ts';

test.each([
  ['the document’s landline, in Beijing', '+861067654637', '01067654637'],
  ['a landline with an area of three digits', '+8675526509999', '075526509999'],
  ['the document’s mobile', '+8613676546374', '13676546374'],
  ['a Brazilian mobile', '+5511987654321', '005511987654321'],
  ['a Brazilian landline', '+551132654321', '00551132654321'],
  ['an American number', '+14155552671', '0014155552671'],
  ['a landline in Rome, whose zero belongs to it', '+390612345678', '00390612345678'],
  ['Hong Kong, which has a country code of its own', '+85223456789', '0085223456789'],
])('%s is written as Udesk has it', (_what, e164, number) => {
  expect(udeskNumberOf(e164)).toBe(number);
});

test.each([
  ['a Chinese number that is answered anywhere', '+864001234567'],
  ['a Chinese service number', '+8695588'],
  ['a Chinese number that nobody has', '+8600000000000'],
  ['no plus', '5511987654321'],
  ['a zero after the plus', '+0511987654321'],
  ['too long', '+5511987654321000'],
  ['nothing', ''],
])('Udesk has no way to write %s', (_what, e164) => {
  expect(udeskNumberOf(e164)).toBeUndefined();
});

// "PSTN Numbers" of the document.
const LANDLINE = /^0[1-9]\d{8,10}$/;
const MOBILE = /^1\d{10}$/;
const INTERNATIONAL = /^00[1-9]\d{6,14}$/;

test('whatever number a caller has, Udesk is given one of its three formats, with the number’s own last digits', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 12 });
  const chinese = fc.tuple(fc.constantFrom('10', '1', '13', '20', '400', '755', '95', ''), digits);
  const numbers = fc.oneof(
    chinese.map(([start, rest]) => `+86${start}${rest}`),
    digits.map((rest) => `+${rest}`),
  );
  fc.assert(
    fc.property(numbers, (text) => {
      const e164 = e164From(text, 'CN');
      const number = e164 && udeskNumberOf(e164);
      if (e164 === undefined || number === undefined) return;
      expect([LANDLINE, MOBILE, INTERNATIONAL].filter((format) => format.test(number))).toHaveLength(1);
      expect(INTERNATIONAL.test(number)).toBe(!e164.startsWith('+86'));
      expect(number.slice(-6)).toBe(e164.slice(-6));
    }),
    { numRuns: 3_000 },
  );
});
