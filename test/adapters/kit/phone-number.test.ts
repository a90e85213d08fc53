import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callableFrom, e164From } from '../../../src/adapters/kit/phone-number.ts';

test.each([
  ['as E.164', '+5511987654321'],
  ['with the country and no plus', '5511987654321'],
  ['as it is dialled in the same city and state', '11987654321'],
  ['with the trunk prefix', '011987654321'],
  ['with a carrier’s code, 0 21 11 …', '02111987654321'],
  ['with another carrier’s code, 0 15 11 …', '01511987654321'],
  ['called collect, 90 21 11 …', '902111987654321'],
  ['as from abroad', '005511987654321'],
])('a Brazilian mobile is known %s', (_how, number) => {
  expect(e164From(number, 'BR')).toBe('+5511987654321');
});

test.each([
  ['a landline', '1132654321', '+551132654321'],
  ['a landline with the trunk prefix', '01132654321', '+551132654321'],
  ['a landline with a carrier’s code', '0211132654321', '+551132654321'],
  ['a landline with the country', '551132654321', '+551132654321'],
  ['a landline of area 55, which is no country here', '5532211234', '+555532211234'],
  ['a toll-free number', '08001234567', '+558001234567'],
  ['a caller from abroad', '+14155552671', '+14155552671'],
  ['a caller from abroad as trunks put it', '0014155552671', '+14155552671'],
  ['a caller from abroad whose country begins like a carrier of Brazil’s', '00212661234567', '+212661234567'],
  ['one dialled abroad by way of a carrier, 00 21 …', '002114155552671', '+14155552671'],
])('%s of the PBX is found', (_what, number, e164) => {
  expect(e164From(number, 'BR')).toBe(e164);
});

test.each([
  ['withheld', ''],
  ['withheld, in a word', 'anonymous'],
  ['withheld, in Asterisk’s word', '<unknown>'],
  ['erased', 'erased'],
  ['a name', 'Maria'],
  ['a number in letters', '0800FLOWERS'],
  ['a number and a word', '11987654321 x12'],
  ['two numbers', '11987654321;11987654322'],
  ['a lone plus', '+'],
  ['an extension of three digits', '190'],
  ['an extension of four digits', '1001'],
  ['an extension with a plus', '+1001'],
  ['without its area code', '987654321'],
  ['a landline without its area code', '32654321'],
  ['a mobile of before the ninth digit', '1187654321'],
  ['of an area that does not exist', '20987654321'],
  ['too long', '119876543210'],
  ['from abroad without a sign of it', '14155552671'],
  ['all zeros', '00000000000'],
  ['one whose area code would be filled in', '+67212345'],
  ['one whose last six digits hold a trunk zero', '+49040139'],
  ['digits of another script', '١١٩٨٧٦٥٤٣٢١'],
])('a caller whose number is %s cannot be called back', (_what, number) => {
  expect(e164From(number, 'BR')).toBeUndefined();
});

test.each(['8001', '95588', '110'])('%s is no number to be called back in China either', (number) => {
  expect(e164From(number, 'CN')).toBeUndefined();
});

test('the same digits are at home elsewhere where the configuration says so', () => {
  expect(e164From('01067654637', 'CN')).toBe('+861067654637');
  expect(e164From('13676546374', 'CN')).toBe('+8613676546374');
  expect(e164From('0471234567', 'FI')).toBe('+358471234567');
});

test.each([
  ['a mobile', '011987654321', '+5511987654321'],
  ['a landline', '1132654321', '+551132654321'],
  ['a toll-free number', '08001234567', '+558001234567'],
  ['a caller from abroad', '0014155552671', '+14155552671'],
  ['a British mobile', '+447400123456', '+447400123456'],
])('%s may be called by nobody’s hand', (_what, number, e164) => {
  expect(callableFrom(number, 'BR')).toBe(e164);
});

test.each([
  ['at premium rate at home', '09001234567', '+559001234567'],
  ['at premium rate at home, with the country', '559001234567', '+559001234567'],
  ['at premium rate in Britain', '+449061234567', '+449061234567'],
  ['at premium rate in Britain, as trunks put it', '00449061234567', '+449061234567'],
  ['at premium rate in America', '+19005551234', '+19005551234'],
  ['at premium rate of no country', '+979123456789', '+979123456789'],
  ['on a ship', '+870773123456', '+870773123456'],
  ['that is a person’s wherever they are', '+878101234567890', '+878101234567890'],
  ['on a satellite', '+881612345678', '+881612345678'],
  ['on a satellite, as trunks put it', '00881612345678', '+881612345678'],
  ['in an international network', '+88216123456', '+88216123456'],
  ['in another one', '+883510001234567', '+883510001234567'],
  ['of relief after a disaster', '+88812345678901', '+88812345678901'],
])('a number %s is called only where a person asks for it', (_what, number, e164) => {
  expect(callableFrom(number, 'BR')).toBeUndefined();
  expect(e164From(number, 'BR')).toBe(e164);
});

const AREAS = ['11', '21', '31', '47', '55', '61', '71', '85', '99'];
const CARRIERS = ['12', '14', '15', '21', '31', '41', '43'];
const aMobile = fc
  .tuple(fc.constantFrom(...AREAS), fc.integer({ min: 60_000_000, max: 99_999_999 }))
  .map(([area, local]) => `${area}9${local}`);

test('whatever the spelling, a Brazilian caller is one caller, and keeps their last six digits', () => {
  fc.assert(
    fc.property(aMobile, fc.constantFrom(...CARRIERS), (national, carrier) => {
      const e164 = `+55${national}`;
      const spellings = [e164, `55${national}`, `0055${national}`, national, `0${national}`];
      for (const spelling of [...spellings, `0${carrier}${national}`]) {
        expect(e164From(spelling, 'BR')).toBe(e164);
        expect(spelling.slice(-6)).toBe(e164.slice(-6));
      }
    }),
  );
});

test('whatever comes, it is nothing, or a number in E.164 that is known as itself in every country', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 22 });
  const anything = fc.oneof(
    fc.string(),
    digits,
    digits.map((text) => `+${text}`),
    digits.map((text) => `+55119${text}`),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom('BR' as const, 'CN' as const, 'US' as const), (number, country) => {
      const e164 = e164From(number, country);
      if (e164 === undefined) return;
      expect(e164).toMatch(/^\+[1-9][0-9]{6,14}$/);
      expect(e164.slice(-6)).toBe(number.slice(-6));
      expect(e164From(e164, 'DE')).toBe(e164);
    }),
    { numRuns: 2_000 },
  );
});
