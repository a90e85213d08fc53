import { describe, expect, expectTypeOf, test } from 'vitest';
import { OPERATIONS } from '../../../src/adapters/ccai/operations.ts';
import { type CcaiRefusal, refusalFrom, sentenceOf } from '../../../src/adapters/ccai/refusal.ts';
import { REFUSALS } from '../../../src/adapters/ccai/refusals.ts';

const asIs = (text: string) => text;
const refusalOf = (message: string, status = 400) => refusalFrom(status, JSON.stringify({ message }), asIs);

/** Every message of the document, as its examples and its table of common answers have it. */
const DOCUMENTED: readonly (readonly [string, CcaiRefusal])[] = [
  ['Agent is not available to take this call', { code: 'agent-not-available' }],
  ['Agent email required', { code: 'agent-email-required' }],
  ['Not a valid agent email', { code: 'agent-email-not-valid' }],
  ['Agent does not have access to make calls', { code: 'agent-without-access' }],
  ['ticket_id or end_user_number required', { code: 'number-or-ticket-required' }],
  ['end_user_number is required', { code: 'end-user-number-required' }],
  ['end_user_number is not well-formed', { code: 'end-user-number-not-well-formed' }],
  ['end_user_number is not well formed', { code: 'end-user-number-not-well-formed' }],
  ['Contact not found', { code: 'contact-not-found' }],
  ['Invalid call type', { code: 'invalid-call-type' }],
  ['invalid call type - ensure call_type is supported', { code: 'invalid-call-type' }],
  [
    'Missing parameter - check to ensure that the required parameters have been added',
    { code: 'missing-parameter' },
  ],
  ['menu_id is required', { code: 'menu-required' }],
  ['menu_id is not well formed', { code: 'menu-not-well-formed' }],
  ['menu_id 9999 is not found', { code: 'menu-not-found', menuId: 9999 }],
  ['Only IVR and mobile menu IDs are permitted', { code: 'menu-not-ivr-or-mobile' }],
  ['Only mobile and web menu IDs are permitted', { code: 'menu-not-mobile-or-web' }],
  ["Menu is in 'after hours' state, can't accept incoming calls", { code: 'menu-in-after-hours' }],
  ["Menu is in 'manual redirection' state, can't accept calls", { code: 'menu-in-manual-redirection' }],
  ["Language 'fr' is not available", { code: 'language-not-available', lang: 'fr' }],
  ["Language 'xy' is not found", { code: 'language-not-found', lang: 'xy' }],
  ['scheduled_at is required', { code: 'scheduled-at-required' }],
  ['Resource not found - Please check your subdomain', { code: 'resource-not-found' }],
];

describe('every message of the document is a value', () => {
  test.each(DOCUMENTED)('%s', (message, refusal) => {
    expect(refusalOf(message)).toEqual(refusal);
  });

  test('each row of the table is one of them, and each may come from some operation', () => {
    const codes = Object.keys(REFUSALS).sort();
    expect([...new Set(DOCUMENTED.map(([, { code }]) => code))].sort()).toEqual(codes);
    const possible = Object.values(OPERATIONS).flatMap(({ refusals }) => [...refusals]);
    expect([...new Set<string>(possible)].sort()).toEqual(codes);
  });

  test.each(DOCUMENTED)(
    'whatever the case, the apostrophes and the stop at its end: %s',
    (message, refusal) => {
      const changed = `  ${message.toUpperCase().replaceAll("'", '’')}.`
        .replace('’FR’', "'fr'")
        .replace('’XY’', "'xy'");
      expect(refusalOf(changed)).toEqual(refusal);
    },
  );

  test.each(DOCUMENTED)('there is a sentence for a person: %s', (_message, refusal) => {
    expect(sentenceOf(refusal)).toMatch(/^[A-Z][^{}]+\.$/);
  });
});

test('what the message names is in the sentence, too', () => {
  expect(sentenceOf({ code: 'menu-not-found', menuId: 9999 })).toBe('There is no menu 9999.');
  expect(sentenceOf({ code: 'language-not-available', lang: 'fr' })).toContain('fr');
});

test.each([
  ['another message', 'The agent is on holiday'],
  ['one that only begins like one of them', 'Contact not found in the year 1900'],
  ['one that holds one of them', 'Error: Agent email required'],
  ['a menu that is no number', 'menu_id nine is not found'],
  ['a language that is none', "Language 'a, b' is not found"],
])('%s is told as it is', (_what, message) => {
  expect(refusalOf(message)).toEqual({ code: 'unknown', message });
});

test.each(['<html>Bad Request</html>', '', '[]', '"no"', '{"message":7}', '{"error":"no"}', '{"message":'])(
  'so is a body without a message: %s',
  (body) => {
    expect(refusalFrom(400, body, (text) => `«${text}»`)).toEqual({ code: 'unknown', message: `«${body}»` });
  },
);

test('a 404 is a wrong subdomain, unless it says something else that is known', () => {
  expect(refusalFrom(404, '<html>', asIs)).toEqual({ code: 'resource-not-found' });
  expect(refusalOf('no such thing', 404)).toEqual({ code: 'resource-not-found' });
  expect(refusalOf('menu_id 12 is not found', 404)).toEqual({ code: 'menu-not-found', menuId: 12 });
});

test('a message as long as an answer may be is looked through in no time', () => {
  const long = `Language '${'a'.repeat(64 * 1024)}`;
  const started = performance.now();
  expect(refusalOf(long)).toEqual({ code: 'unknown', message: long });
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('the types follow from the table', () => {
  expectTypeOf<Extract<CcaiRefusal, { code: 'menu-not-found' }>>().toEqualTypeOf<{
    readonly code: 'menu-not-found';
    readonly menuId: number;
  }>();
  expectTypeOf<Extract<CcaiRefusal, { code: 'language-not-found' }>['lang']>().toEqualTypeOf<string>();
  expectTypeOf<Extract<CcaiRefusal, { code: 'contact-not-found' }>>().toEqualTypeOf<{
    readonly code: 'contact-not-found';
  }>();
});
