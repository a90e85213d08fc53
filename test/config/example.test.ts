import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ccaiHoursSchema } from '../../src/config/ccai-hours-schema.ts';
import { ccaiRuleSchema } from '../../src/config/ccai-rule-schema.ts';
import { exampleConfig } from '../../src/config/example.ts';
import { groupDocs, queueSchema, schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { seatSchema } from '../../src/config/udesk-schema.ts';
import { configOf, load, mistakesOf } from './config-builder.ts';

const committed = readFileSync(new URL('../../config/example.yaml', import.meta.url), 'utf8');
const filled = committed
  .replace('secret: ""', 'secret: fake-secret')
  .replace('token: ""', 'token: fake-token');

const all = [schema, queueSchema, seatSchema, ccaiRuleSchema, ccaiHoursSchema].flatMap(settingsOf);

test('the example in the repository is what the schema says: run scripts/generate-example-config.ts', () => {
  expect(committed).toBe(exampleConfig());
});

test('the example as it stands lacks only the two secrets', () => {
  const keys = mistakesOf(load({ yaml: committed })).map(({ key }) => key);
  expect(keys).toEqual(['asterisk.secret', 'movidesk.token']);
});

test('an admin who fills in the two secrets has a configuration that loads', () => {
  const config = configOf(load({ yaml: filled }));
  expect(config.queues.map(({ name }) => name)).toEqual(['support']);
});

test('what the example shows as values are the defaults', () => {
  const shown = configOf(load({ yaml: filled }));
  const least =
    'asterisk: {secret: fake-secret}\nmovidesk: {token: fake-token}\nqueues: [{name: support, movideskQueueId: 1}]';
  expect(shown).toEqual(configOf(load({ yaml: least })));
});

test('a key that is shown as a comment also loads when the mark is removed', () => {
  // The two files would have to exist, and the authorities want TLS.
  const uncommented = filled.replace(/^( *)#(linkTemplate|hintContext|asteriskQueue):/gm, '$1$2:');
  const config = configOf(load({ yaml: uncommented }));
  expect(config.recordings.linkTemplate).toContain('{file}');
  expect(config.agents.hintContext).toBe('ext-local');
  expect(config.queues[0]?.asteriskQueue).toBe('support');
});

test('an admin who switches Udesk on and removes the marks has a relay', () => {
  const [before = '', udesk = '', after = ''] = filled.split(/^(?=udesk:|# Relay to CCAI)/m);
  const uncommented = udesk
    .replace('enabled: false', 'enabled: true')
    .replace(/#(authToken|secret): ""/g, '$1: fake-$1')
    .replace(/^ {2}#(?! |\w+File:)/gm, '  ')
    .replace(/^ {2}#(?= {2}( {2}\w+:|-))/gm, '  ');
  const config = configOf(load({ yaml: before + uncommented + after }));
  expect(config.udesk?.authToken.reveal()).toBe('fake-authToken');
  expect(config.udesk?.secret?.reveal()).toBe('fake-secret');
  expect(config.udesk).toMatchObject({
    baseUrl: 'https://example.udesk.cn/ccapi/v2',
    webSocketUrl: 'wss://example.udesk.cn/agent',
    appId: '6f142ddb-47ed-442e-83e7-6d2574d77aa2',
    sid: '123456789abcdef',
    seats: [{ extension: '1001', agentId: '8001' }],
    callbackUrl: 'https://pbx.example.com/udesk/callback',
  });
});

test('an admin who switches CCAI on and removes the marks has a relay', () => {
  const [before = '', ccai = ''] = filled.split(/^(?=ccai:)/m);
  const uncommented = ccai
    .replace('enabled: false', 'enabled: true')
    .replace('#token: ""', 'token: fake-token')
    .replace('#outboundToken: ""', 'outboundToken: fake-outbound-token')
    .replace(/^ {2}#(?! |\w+File:|baseUrl:)/gm, '  ')
    .replace(/^ {2}#(?= {2}( {2}\w+:|-))/gm, '  ')
    .replace(/^ {2}# {4}#(?=\w+:)/gm, '      ');
  const config = configOf(load({ yaml: before + uncommented }));
  expect(config.ccai).toMatchObject({
    baseUrl: 'https://example.ccai.example.com/apps/api/v1',
    rules: [{ queues: ['support'], reasons: ['nobody', 'waited'], wants: 'call-back' }],
    openingHours: [{ queue: 'support', hours: { timeZone: 'America/Sao_Paulo' } }],
  });
});

test('every key stands in the example with its environment variable', () => {
  for (const { path } of settingsOf(schema)) {
    expect(committed).toContain(environmentName(path));
    expect(committed).toMatch(new RegExp(`^ *#?${path.split('.').at(-1)}:`, 'm'));
  }
  for (const key of Object.keys(queueSchema)) expect(committed).toMatch(new RegExp(`^ *#?${key}:`, 'm'));
  for (const key of Object.keys(seatSchema)) expect(committed).toMatch(new RegExp(`^ {2}# {4}${key}:`, 'm'));
  for (const key of [...Object.keys(ccaiRuleSchema), ...Object.keys(ccaiHoursSchema)])
    expect(committed).toMatch(new RegExp(`^ {2}# {4}#?${key}:`, 'm'));
});

test('every default obeys its own rule', () => {
  const wrong = all.filter(({ setting }) => setting.default !== null && !setting.check(setting.default).ok);
  expect(wrong).toEqual([]);
});

test('every setting and every group says what it is', () => {
  for (const { setting } of all) expect(setting.doc).toMatch(/\.$|….*$/);
  for (const doc of Object.values(groupDocs)) expect(doc).toMatch(/\.$/);
});
