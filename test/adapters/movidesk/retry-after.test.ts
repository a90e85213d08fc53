import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../src/adapters/kit/retry-after.ts';
import { NOON } from './builders.ts';

test.each([
  ['7', 7_000],
  [' 0 ', 0],
  ['Tue, 01 May 2018 12:00:30 GMT', 30_000],
  ['Tue, 01 May 2018 11:00:00 GMT', 0],
  ['86400', 3_600_000],
  ['Fri, 01 Jan 2100 00:00:00 GMT', 3_600_000],
])('%s asks for %d ms', (header, expected) => {
  expect(retryAfterMs(header, NOON)).toBe(expected);
});

test.each([undefined, '', '-1', '1.5', 'soon', '2018-05-01', 'Xxx, 99 Zzz 2018 12:00:30 GMT'])(
  '%s asks for nothing we know',
  (header) => {
    expect(retryAfterMs(header, NOON)).toBeUndefined();
  },
);

test('no header asks for less than nothing or more than an hour', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.nat().map(String)), (header) => {
      const waitMs = retryAfterMs(header, NOON) ?? 0;
      expect(waitMs).toBeGreaterThanOrEqual(0);
      expect(waitMs).toBeLessThanOrEqual(3_600_000);
    }),
  );
});
