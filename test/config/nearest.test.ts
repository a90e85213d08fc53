import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestKeys, slipsBetween } from '../../src/config/nearest.ts';

const KNOWN = ['asterisk.host', 'asterisk.port', 'movidesk.token', 'movidesk.requestsPerMinute', 'http.port'];

test.each([
  ['asterisk.hots', ['asterisk.host']],
  ['token', ['movidesk.token']],
  ['asterisk.token', ['movidesk.token']],
  ['port', ['asterisk.port', 'http.port']],
  ['movidesk.requests_per_minute', ['movidesk.requestsPerMinute']],
  ['movidesk.requestPerMinut', ['movidesk.requestsPerMinute']],
  ['something.else', []],
])('someone who writes %s is shown %j', (written, shown) => {
  expect(nearestKeys(written, KNOWN)).toEqual(shown);
});

test.each([
  ['', '', 0],
  ['host', 'host', 0],
  ['hots', 'host', 1],
  ['hst', 'host', 1],
  ['hosst', 'host', 1],
  ['hast', 'host', 1],
  ['', 'host', 4],
  ['kitten', 'sitting', 3],
])('from %j to %j it takes %i slips', (left, right, slips) => {
  expect(slipsBetween(left, right)).toBe(slips);
});

test('slips are the same counted from either side, and never more than the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
      const slips = slipsBetween(left, right);
      expect(slips).toBe(slipsBetween(right, left));
      expect(slips).toBeLessThanOrEqual(Math.max(left.length, right.length));
      expect(slips === 0).toBe(left === right);
    }),
  );
});
