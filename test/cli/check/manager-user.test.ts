import { expect, test } from 'vitest';
import type { ManagerUserFacts } from '../../../src/adapters/asterisk/manager-user-facts.ts';
import { managerUserFindings, type Needs } from '../../../src/cli/check/manager-user.ts';
import { versionFinding } from '../../../src/cli/check/pbx-version.ts';

// What a real PBX says is tried in test/asterisk/check-manager.test.ts; here stands what that one cannot be.
const FACTS: ManagerUserFacts = {
  actions: new Set(['getvar', 'setvar', 'redirect', 'status', 'ping']),
  hears: ['all'],
  channelVariables: undefined,
  filters: { form: 'named', devices: ['PJSIP/', 'Custom:DND'], missing: [] },
};
const NEEDS: Needs = {
  username: 'movidesk',
  version: '22.10.1',
  hasAsteriskQueues: true,
  hasHints: false,
  makesCalls: false,
  devices: ['PJSIP/{extension}', 'Custom:DND{extension}'],
  linkedCallVariable: undefined,
};
const finding = (name: string, facts: Partial<ManagerUserFacts>, needs: Partial<Needs> = {}) =>
  managerUserFindings({ ...FACTS, ...facts }, { ...NEEDS, ...needs }).find((one) => one.name === name);

test.each([
  ['20.9.0', 'FAIL'],
  ['16.30.1', 'FAIL'],
  ['20.10.0', 'ok'],
  [undefined, 'ok'],
])('filters by name on Asterisk %s', (version, state) => {
  expect(finding('eventfilter', {}, { version })).toMatchObject({ state });
});

test('filters by name that an old Asterisk ignores are told with the block to use instead', () => {
  expect(finding('eventfilter', {}, { version: '18.9.0' })).toMatchObject({
    found: 'Asterisk 18.9 does not know this form and lets every event through',
    remedy: expect.stringMatching(/the block for Asterisk before 20\.10/),
  });
  const old = { filters: { form: 'old', devices: [], missing: [] } } as const;
  expect(finding('eventfilter', old, { version: '18.9.0' })).toMatchObject({ state: 'ok' });
});

test.each([
  ['22.10.1', 'ok'],
  ['20.9.0', 'warn'],
  ['GIT-master-1234567', 'warn'],
  [undefined, 'warn'],
])('version %s', (version, state) => {
  expect(versionFinding(version)).toMatchObject({ state });
});

test('all that cannot be seen is said, with how to see it', () => {
  const blind = { actions: undefined, hears: undefined, channelVariables: undefined, filters: undefined };
  for (const name of ['rights to act', 'rights to hear', 'channelvars', 'eventfilter'])
    expect(finding(name, blind)).toMatchObject({
      state: 'warn',
      remedy: expect.stringMatching(/look yourself/),
    });
});

test('a user who hears all hears enough', () => {
  expect(finding('rights to hear', { hears: ['all'] })).toMatchObject({ state: 'ok' });
  expect(finding('rights to hear', { hears: [] })).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/system,call,user,agent/),
  });
});

const VARIABLES = [
  ...['MOVIDESK_QUEUE', 'MOVIDESK_CALL_ID', 'MOVIDESK_AGENT'],
  ...['MOVIDESK_RING_SECONDS', 'MOVIDESK_RECORDING'],
];

test('the line to write keeps what others wrote there', () => {
  expect(finding('channelvars', { channelVariables: ['CRM_ID', 'MOVIDESK_QUEUE'] })).toMatchObject({
    state: 'FAIL',
    remedy: expect.stringContaining(`channelvars = ${VARIABLES.join(',')},CRM_ID; then`),
  });
});

test('with a relay to Udesk its variable and its filters are needed as well, and without one they are not', () => {
  const facts = {
    channelVariables: VARIABLES,
    filters: { form: 'named', devices: ['PJSIP/', 'Custom:DND'], missing: ['Hold', 'Unhold'] },
  } as const;
  const withUdesk = { linkedCallVariable: 'UDESK_CALL_ID' };
  expect(finding('channelvars', facts)).toMatchObject({ state: 'ok' });
  expect(finding('eventfilter', facts)).toMatchObject({ state: 'ok' });
  expect(finding('channelvars', facts, withUdesk)).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/^UDESK_CALL_ID missing/),
    remedy: expect.stringContaining(`channelvars = ${VARIABLES.join(',')},UDESK_CALL_ID;`),
  });
  expect(finding('eventfilter', facts, withUdesk)).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/^the line on Hold and Unhold is not there/),
  });
  const both = { channelVariables: [...VARIABLES, 'UDESK_CALL_ID'] };
  expect(finding('channelvars', both, withUdesk)).toMatchObject({ state: 'ok' });
});

test('hints need an action of their own', () => {
  expect(finding('rights to act', {})).toMatchObject({ state: 'ok' });
  expect(finding('rights to act', {}, { hasHints: true })).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/ExtensionState/),
  });
});

test('the right to make calls is needed where agents call from Movidesk, and too much where they do not', () => {
  const may = { actions: new Set([...(FACTS.actions ?? []), 'originate']) };
  const name = 'rights it need not have';
  expect(finding(name, may)).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/make calls \(Originate\)/),
  });
  expect(finding('right to make calls', may)).toBeUndefined();
  expect(finding(name, may, { makesCalls: true })).toMatchObject({ state: 'ok' });
  expect(finding('right to make calls', may, { makesCalls: true })).toMatchObject({ state: 'ok' });
  expect(finding('right to make calls', {}, { makesCalls: true })).toMatchObject({
    state: 'FAIL',
    remedy: expect.stringMatching(/write = call,originate/),
  });
});
