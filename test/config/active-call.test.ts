import { describe, expect, test } from 'vitest';
import { configOf, fileWith, load, mistakesOf } from './config-builder.ts';

const TOKEN = 'a-token-of-twenty-letters';
const ENABLED = {
  enabled: true,
  token: TOKEN,
  extensions: ['1001', '1100-1149'],
  dialContext: 'from-internal',
};
const read = (activeCall: object) => load({ yaml: fileWith({ activeCall }) });
const keysOf = (activeCall: object) => mistakesOf(read(activeCall)).map(({ key }) => key);

test('calls from Movidesk are off until somebody switches them on, and nothing is needed till then', () => {
  expect(configOf(load({ yaml: fileWith({}) })).activeCall).toBeUndefined();
  expect(configOf(read({ monitor: true, auth: 'basic' })).activeCall).toBeUndefined();
});

test('switched on, with what is needed', () => {
  const { activeCall } = configOf(read(ENABLED));
  expect(activeCall).toMatchObject({
    ...{ extensions: ['1001', '1100-1149'], dialContext: 'from-internal', allowedPrefixes: [] },
    ...{ callsPerMinute: 6, ringSeconds: 30, callerId: undefined, supervisors: undefined },
  });
  expect(activeCall?.access.kind === 'token' && activeCall.access.token.reveal()).toBe(TOKEN);
  expect(JSON.stringify(activeCall)).not.toContain(TOKEN);
});

test.each([
  [{ enabled: true }, ['activeCall.extensions', 'activeCall.dialContext', 'activeCall.token']],
  [{ ...ENABLED, auth: 'basic' }, ['activeCall.password']],
  [{ ...ENABLED, monitor: true }, ['activeCall.supervisors']],
  [{ ...ENABLED, token: 'short' }, ['activeCall.token']],
])('%j lacks %j', (activeCall, keys) => {
  expect(keysOf(activeCall)).toEqual(keys);
});

test('who asks for nothing needs nothing', () => {
  const { activeCall } = configOf(read({ ...ENABLED, auth: 'none', token: '' }));
  expect(activeCall?.access).toEqual({ kind: 'none' });
});

describe('lists', () => {
  test.each([['1'], [1001], ['1001-100'], ['1002-1001'], ['10a1'], ['1001 '], ['1001,1002'], ['-1001']])(
    '%j is no extension',
    (one) => {
      expect(keysOf({ ...ENABLED, extensions: [one] })).toContain('activeCall.extensions');
    },
  );

  test.each([['+'], ['0'], ['+55'], ['0055']])('%j is a beginning of a number', (one) => {
    expect(configOf(read({ ...ENABLED, allowedPrefixes: [one] })).activeCall?.allowedPrefixes).toEqual([one]);
  });

  test.each([[''], ['*'], ['#'], ['55 47'], [55], ['++']])('%j is none', (one) => {
    expect(keysOf({ ...ENABLED, allowedPrefixes: [one] })).toContain('activeCall.allowedPrefixes');
  });
});

test.each([
  ['user', 'a:b'],
  ['callerId', '55 47'],
  ['dialContext', 'a,b'],
  ['auth', 'digest'],
  ['callsPerMinute', 0],
  ['ringSeconds', 0],
])('%s does not take %j', (key, value) => {
  expect(keysOf({ ...ENABLED, [key]: value })).toContain(`activeCall.${key}`);
});
