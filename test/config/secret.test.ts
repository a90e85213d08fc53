import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../src/config/secret.ts';

const secret = new Secret('hidden');

test.each([
  ['as text', () => String(secret)],
  ['inside a text', () => `token=${secret}`],
  ['joined to a text', () => 'token='.concat(JSON.stringify({ secret }))],
  ['as JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['by util.inspect', () => inspect({ nested: { secret } }, { depth: null, showHidden: true })],
  ['by util.format', () => format('%s %o %j', secret, secret, secret)],
  ['by its own keys', () => JSON.stringify({ ...secret })],
  ['by a clone', () => inspect(structuredClone(secret))],
])('whoever prints a secret %s does not see it', (_way, print) => {
  expect(print()).not.toContain('hidden');
});

test('stars do not betray how long the secret is', () => {
  expect(String(new Secret('x'))).toBe(String(new Secret('x'.repeat(100))));
});

test('whoever needs the secret asks for it by name', () => {
  expect(secret.reveal()).toBe('hidden');
});
