import { expect, test } from 'vitest';
import { askingAddress } from '../../src/observe/http/asking-address.ts';

test.each([
  ['127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['::1', '203.0.113.7', '203.0.113.7'],
  ['::ffff:127.0.0.1', '2001:db8::7', '2001:db8::7'],
  ['127.0.0.1', '', undefined],
  // Not from this machine: anybody can write that they ask for somebody else.
  ['192.0.2.9', '203.0.113.7', undefined],
  ['::ffff:192.0.2.9', '203.0.113.7', undefined],
])('from %s, who says to ask for %j: believed is %j', (ip, forwarded, believed) => {
  const address = askingAddress({ ip, headers: { 'x-forwarded-for': forwarded } });
  expect(address).toEqual({ from: ip, ...(believed === undefined ? {} : { forwardedFor: believed }) });
});
