import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptWithout } from '../../../src/adapters/kit/excerpt.ts';

test('an excerpt is one line of at most 200 characters without escape sequences', () => {
  const excerpt = excerptWithout([]);
  expect(excerpt('a\r\n\u001b[31mb\u2028c\u0085d')).toBe('a [31mb c d');
  expect(excerpt('x'.repeat(500))).toHaveLength(200);
});

test('a secret is left out in any case and spelling, also where the cut would fall inside it', () => {
  const excerpt = excerptWithout(['Pa$$ "w/ö.rd']);
  expect(excerpt('it was Pa$$ "w/ö.rd, or pa$$ "W/Ö.RD')).toBe('it was ***, or ***');
  expect(excerpt(`a=${encodeURIComponent('Pa$$ "w/ö.rd')}`)).toBe('a=***');
  expect(excerpt(`${'x'.repeat(195)}Pa$$ "w/ö.rd`)).toBe(`${'x'.repeat(195)}***`);
});

test('an address that is echoed loses its query', () => {
  const excerpt = excerptWithout([]);
  expect(excerpt('no route for "/v1/lostCall?token=abc&id=3" here')).toBe(
    'no route for "/v1/lostCall?…" here',
  );
});

test('no text brings a secret through', () => {
  fc.assert(
    fc.property(fc.string(), fc.uuid(), fc.string(), (before, secret, after) => {
      const text = excerptWithout([secret])(before + secret.toUpperCase() + after);
      expect(text.toLowerCase()).not.toContain(secret);
      expect(text.length).toBeLessThanOrEqual(200);
    }),
  );
});

test('a page of question marks is done in linear time', () => {
  const startedAt = performance.now();
  excerptWithout(['secret'])('?'.repeat(64 * 1024));
  expect(performance.now() - startedAt).toBeLessThan(500);
});
