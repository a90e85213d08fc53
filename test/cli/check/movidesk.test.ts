import { expect, test } from 'vitest';
import { hasRoom, noRoom, tokenFinding } from '../../../src/cli/check/movidesk.ts';

const BASE = 'https://api.movidesk.com/public/v1';

test.each([
  ['accepted', '200', 'ok', /nothing was left behind/],
  ['refused', '401 no', 'FAIL', /^refused: 401 no$/],
  ['unclear', '404 what?', 'warn', /not refused, but not proven either/],
  ['throttled', '429', 'warn', /limit of requests is spent/],
  ['broken', '503', 'FAIL', /Movidesk itself fails/],
  ['unreachable', 'ECONNREFUSED', 'FAIL', /ECONNREFUSED/],
  ['silent', 'no answer within 10000 ms', 'FAIL', /no answer came/],
] as const)('%s', (verdict, cause, state, found) => {
  const finding = tokenFinding({ verdict, cause, aheadMs: undefined }, BASE);
  expect(finding).toMatchObject({ state, found: expect.stringMatching(found) });
});

test.each([
  ['getaddrinfo ENOTFOUND api.movidesk.com', /resolv\.conf/],
  ['ECONNREFUSED connect', /nobody listens/],
  ['ENETUNREACH', /routes/],
  ['CERT_HAS_EXPIRED certificate has expired', /ca-certificates/],
  ['no answer within 10000 ms', /firewall or proxy/],
])('unreachable by %s', (cause, remedy) => {
  const finding = tokenFinding({ verdict: 'unreachable', cause, aheadMs: undefined }, BASE);
  expect(finding).toMatchObject({ name: 'reachable', remedy: expect.stringMatching(remedy) });
});

test.each([
  [10, 0, true],
  [10, 8, true],
  [10, 9, false],
  [10, 10, false],
  // An account so small would otherwise never be looked at.
  [1, 0, true],
  [1, 1, false],
])('of %i requests a minute, %i spent: asked %s', (limit, spent, asked) => {
  expect(hasRoom(limit, spent)).toBe(asked);
});

test('where the minute is spent, that is said', () => {
  expect(noRoom(10, 9)).toMatchObject({
    state: 'skipped',
    found: expect.stringMatching(/^9 of 10 requests/),
  });
});
