import { expect, test } from 'vitest';
import type { ExtensionFacts } from '../../../src/adapters/asterisk/extension-facts.ts';
import { extensionFindings, extensionsToLookAt, namedExtensions } from '../../../src/cli/check/extensions.ts';
import { configOf, fileWith, load } from '../../config/config-builder.ts';
import { extension } from '../../domain/builders.ts';

const UDESK = {
  ...{ enabled: true, baseUrl: 'https://example.udesk.cn/ccapi/v2', sid: '1', authToken: 'hush-token' },
  appId: '6f142ddb-47ed-442e-83e7-6d2574d77aa2',
  seats: [{ extension: '1001', agentId: '8001' }],
};

test('those that were named, else the seats of Udesk and whom the store knows, each once', () => {
  const withSeats = configOf(load({ yaml: fileWith({ udesk: UDESK }) }));
  const inStore = [extension('1002'), extension('1001')];
  expect(extensionsToLookAt(undefined, withSeats, inStore)).toEqual(['1001', '1002']);
  expect(extensionsToLookAt([extension('1009')], withSeats, inStore)).toEqual(['1009']);
  expect(extensionsToLookAt(undefined, { udesk: undefined }, [])).toEqual([]);
});

test.each([
  ['1001', ['1001']],
  ['1001, 1002', ['1001', '1002']],
])('--extension %s', (option, extensions) => {
  expect(namedExtensions(option)).toEqual(extensions);
});

test.each(['', '1', '1001,', 'PJSIP/1001', '1001;1002'])('--extension "%s" is refused', (option) => {
  expect(namedExtensions(option)).toMatch(/^--extension takes/);
});

const FACTS: ExtensionFacts = {
  ...{ extension: extension('1001'), device: 'PJSIP/1001', deviceState: 'NOT_INUSE' },
  ...{ dndDevice: 'Custom:DND1001', dndState: 'NOT_INUSE', hasHint: undefined },
};
const AGENTS = {
  device: 'PJSIP/{extension}',
  dndDeviceState: 'Custom:DND{extension}',
  hintContext: undefined,
};
const states = (facts: readonly Partial<ExtensionFacts>[], agents: object = {}) =>
  extensionFindings(
    facts.map((some) => ({ ...FACTS, ...some })),
    { ...AGENTS, ...agents },
  ).map(({ name, state }) => `${name} ${state}`);

test('one phone that is away is no matter, all of them are a warning, one that is not there is a FAIL', () => {
  expect(states([{}, { deviceState: 'UNAVAILABLE' }])).toContain('devices ok');
  expect(states([{ deviceState: 'UNAVAILABLE' }])).toContain('devices warn');
  expect(states([{}, { deviceState: 'INVALID' }])).toEqual(
    expect.arrayContaining(['devices FAIL', 'other devices ok']),
  );
});

test('of two agents, one away and one unknown to the PBX, both are told', () => {
  const away = { ...FACTS, dndDevice: '', deviceState: 'UNAVAILABLE' };
  const unknown = {
    ...{ ...FACTS, dndDevice: '', extension: extension('1002') },
    ...{ device: 'PJSIP/1002', deviceState: 'INVALID' },
  };
  expect(extensionFindings([away, unknown], AGENTS)).toMatchObject([
    { state: 'FAIL', found: expect.stringMatching(/no PJSIP\/1002: 1002 would/) },
    { state: 'warn', name: 'other devices', found: '1001 is not registered' },
  ]);
});

test('do not disturb: no such device, never set, set by one', () => {
  expect(states([{ dndState: 'INVALID' }])).toContain('do not disturb FAIL');
  expect(states([{ dndState: 'UNKNOWN' }])).toContain('do not disturb warn');
  expect(states([{ dndState: 'UNKNOWN' }, {}])).toContain('do not disturb ok');
  expect(states([{ dndDevice: '' }])).toEqual(['devices ok']);
});

test('hints are looked at where a context names them', () => {
  expect(states([{ hasHint: false }], { hintContext: 'hints' })).toContain('hints FAIL');
  expect(states([{ hasHint: true }], { hintContext: 'hints' })).toContain('hints ok');
});
