import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { schema } from '../../src/config/schema.ts';
import { Secret } from '../../src/config/secret.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { secretsIn } from '../../src/config/shown-values.ts';
import { fileWith, load, mistakesOf, WITH_ALL_SECRETS } from './config-builder.ts';

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

test('every secret that is given is among those that no line of the log may carry', () => {
  const paths = settingsOf(schema).flatMap(({ path, setting }) => (setting.secret ? [path] : []));
  const given = paths.map((path) => [environmentName(path), `not-a-secret-but-${path}`]);
  const loaded = load({ yaml: fileWith(WITH_ALL_SECRETS), env: Object.fromEntries(given) });
  if (!loaded.ok) throw new Error(JSON.stringify(mistakesOf(loaded)));
  expect(secretsIn(loaded.values)).toEqual(paths.map((path) => `not-a-secret-but-${path}`));
  const few = load({ yaml: fileWith() });
  expect(few.ok && secretsIn(few.values)).toHaveLength(2);
});

test('whoever needs the secret asks for it by name', () => {
  expect(secret.reveal()).toBe('hidden');
});
