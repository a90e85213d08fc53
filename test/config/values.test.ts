import { expect, test } from 'vitest';
import { configOf, fileWith, load, onlyMistake, type Parts, SUPPORT } from './config-builder.ts';

/** A file in which the key at `path` (`group.key` or `key`) has this value. */
function parts(path: string, value: unknown): Parts {
  const [group = '', key] = path.split('.');
  return key === undefined ? { [group]: value } : { [group]: { [key]: value } };
}

const ACCEPTED: readonly (readonly [path: string, value: unknown])[] = [
  ['asterisk.name', 'A-b_9'],
  ['asterisk.name', 'x'.repeat(32)],
  ['asterisk.host', 'pbx.example.com'],
  ['asterisk.host', '::1'],
  ['asterisk.host', 'pbx_1'],
  ['asterisk.port', 1],
  ['asterisk.port', 65_535],
  ['asterisk.tls', true],
  ['asterisk.username', 'movidesk@pbx'],
  ['movidesk.baseUrl', 'https://api.movidesk.com/public/v1'],
  ['movidesk.baseUrl', 'http://127.0.0.1:8080/public/v1'],
  ['movidesk.baseUrl', 'http://localhost:8080'],
  ['movidesk.baseUrl', 'http://[::1]:8080'],
  ['movidesk.requestsPerMinute', 1],
  ['movidesk.requestsPerMinute', 6000],
  ['movidesk.timeZone', 'America/Manaus'],
  ['movidesk.timeZone', 'UTC'],
  ['movidesk.reportUnheard', false],
  ['movidesk.anonymousNumber', 'número oculto'],
  ['movidesk.anonymousNumber', '0'],
  ['movidesk.dateFormat', 'minutes'],
  ['movidesk.timeoutMs', 500],
  ['agents.device', 'SIP/{extension}'],
  ['agents.device', 'Local/{extension}@agents'],
  ['agents.dndDeviceState', 'Custom:DEVDND{extension}'],
  ['agents.hintContext', 'ext-local'],
  ['dialplan.holdContext', 'from-internal-custom'],
  ['failOpenAfterSeconds', 5],
  ['recordings.linkTemplate', 'https://pbx.example.com/{queue}/{extension}/{callId}/{file}?x=1'],
  ['recordings.linkTemplate', 'http://{callId}.example.com/'],
  ['recordings.linkTemplate', 'https://pbx/{date:yyyy/MM/dd}/{file}'],
  ['recordings.linkTemplate', 'https://pbx/{path}'],
  ['recordings.pathTemplate', '{date:yyyy/MM/dd}/{file}'],
  ['recordings.pathTemplate', '{queue}/{date:yyyy}-{date:MM}/{file}'],
  ['recordings.folder', '/var/spool/asterisk/movidesk'],
  ['store.path', '/tmp/bridge.db'],
  ['store.keepDays', 3650],
  ['http.host', '0.0.0.0'],
  ['http.port', 0],
  ['log.level', 'debug'],
  ['log.format', 'pretty'],
  ['log.phoneNumbers', 'full'],
];

test.each(ACCEPTED)('%s may be %j', (path, value) => {
  const config = configOf(load({ yaml: fileWith(parts(path, value)) }));
  const [group = '', key = ''] = path.split('.');
  const found: unknown = Reflect.get(config, group);
  const written = typeof found === 'object' && found !== null ? Reflect.get(found, key) : found;
  expect(written).toBe(value);
});

const REFUSED: readonly (readonly [path: string, value: unknown, problem: RegExp])[] = [
  ['asterisk.name', '', /but is empty/],
  ['asterisk.name', 'x'.repeat(33), /1 to 32/],
  ['asterisk.name', 'pbx.1', /"pbx\.1"/],
  ['asterisk.name', 7, /must be text, but is a number/],
  ['asterisk.name', null, /nothing after its colon/],
  ['asterisk.name', ['pbx1'], /but is a list/],
  ['asterisk.name', { a: 1 }, /but is a group/],
  ['asterisk.host', 'tcp://pbx', /host name/],
  ['asterisk.host', 'pbx:5038', /host name/],
  ['asterisk.host', '10.0.0.300', /host name/],
  ['asterisk.host', '', /host name/],
  ['asterisk.host', 'pbx\r\nAction: Logoff', /line break/],
  ['asterisk.port', 0, /from 1 to 65535/],
  ['asterisk.port', 65_536, /from 1 to 65535/],
  ['asterisk.port', '5038', /but is "5038"/],
  ['asterisk.port', '5038x', /but is "5038x"/],
  ['asterisk.port', 5038.5, /whole number/],
  ['asterisk.tls', 'yes', /true or false/],
  ['asterisk.tls', 1, /true or false/],
  ['asterisk.caFile', '/etc/ca.pem', /no effect while asterisk\.tls/],
  ['asterisk.caFile', 'ca.pem', /absolute path/],
  ['asterisk.username', 'a b', /1 to 79/],
  ['asterisk.secret', 'two\nlines', /line break/],
  ['asterisk.secret', 'nul\0', /line break or another control/],
  ['asterisk.secret', ' blank', /blank/],
  ['asterisk.secret', 'x'.repeat(513), /513 bytes/],
  ['asterisk.secret', 'é'.repeat(257), /514 bytes/],
  ['asterisk.secretFile', 'secret.txt', /not an absolute path/],
  ['movidesk.baseUrl', 'http://api.movidesk.com/public/v1', /token travels/],
  ['movidesk.baseUrl', 'http://127.0.0.1.example.com', /token travels/],
  ['movidesk.baseUrl', 'ftp://api.movidesk.com', /not an https/],
  ['movidesk.baseUrl', 'api.movidesk.com', /not an https/],
  ['movidesk.baseUrl', 'https:api.movidesk.com', /not an https/],
  ['movidesk.baseUrl', ' https://api.movidesk.com', /not an https/],
  ['movidesk.baseUrl', 'https://api.movidesk.com?token=1', /more than scheme/],
  ['movidesk.baseUrl', 'https://user:pass@api.movidesk.com', /more than scheme/],
  ['movidesk.requestsPerMinute', 0, /from 1 to 6000/],
  ['movidesk.requestsPerMinute', 6001, /from 1 to 6000/],
  ['movidesk.requestsPerMinute', 9.5, /whole number/],
  ['movidesk.requestsPerMinute', '10', /whole number/],
  ['movidesk.requestsPerMinute', null, /nothing after its colon/],
  ['movidesk.requestsPerMinute', [10, 30], /but is a list/],
  ['movidesk.requestsPerMinute', {}, /is an empty table/],
  ['movidesk.timeZone', '', /but is ""/],
  ['movidesk.timeZone', 'Sao Paulo', /IANA name .* but is "Sao…"/],
  ['movidesk.timeZone', 'BRT', /such as America\/Sao_Paulo/],
  ['movidesk.timeZone', '-03:00', /but is "-03:00"/],
  ['movidesk.timeZone', -3, /must be text/],
  ['movidesk.timeZone', 'America/Sao_Paulo\n', /line break/],
  ['movidesk.reportUnheard', 'true', /true or false/],
  ['movidesk.anonymousNumber', '', /but is empty/],
  ['movidesk.anonymousNumber', 'x'.repeat(129), /1 to 128/],
  ['movidesk.dateFormat', 'hours', /one of seconds, minutes/],
  ['movidesk.timeoutMs', 499, /from 500/],
  ['movidesk.timeoutMs', 60_001, /to 60000/],
  ['agents.device', 'PJSIP/1001', /same device for every agent/],
  ['agents.device', '{extension}', /such as PJSIP/],
  ['agents.device', 'PJSIP/{extension},30', /such as PJSIP/],
  ['agents.device', 'PJSIP/{extension})', /such as PJSIP/],
  ['agents.device', 'PJSIP/{extension}\nX: 1', /line break/],
  ['agents.device', '', /same device/],
  ['agents.device', `PJSIP/${'x'.repeat(60)}{extension}`, /at most 70/],
  ['agents.dndDeviceState', 'Custom:DND', /same device for every agent/],
  ['agents.hintContext', 'a,b', /1 to 79/],
  ['dialplan.holdContext', '', /but is empty/],
  ['dialplan.agentContext', 'a b', /1 to 79/],
  ['dialplan.lostContext', 'a,b', /1 to 79/],
  ['dialplan.fallbackContext', 'a\u2028b', /line break/],
  ['failOpenAfterSeconds', 4, /from 5 to 3600/],
  ['failOpenAfterSeconds', 3601, /from 5 to 3600/],
  ['recordings.linkTemplate', 'https://pbx/{fil}', /unknown placeholder "{fil}"/],
  ['recordings.linkTemplate', 'https://pbx/{date:HH}/{file}', /which is no date/],
  ['recordings.linkTemplate', 'https://pbx/{date}/{file}', /unknown placeholder "{date}"/],
  ['recordings.linkTemplate', 'https://pbx/{file', /brace without its partner/],
  ['recordings.linkTemplate', 'https://pbx/file}', /brace without its partner/],
  ['recordings.linkTemplate', 'https://pbx/{extension}', /same link for every call/],
  ['recordings.linkTemplate', '/recordings/{file}', /not an http or https/],
  ['recordings.pathTemplate', '', /does not end with {file}|leads nowhere/],
  ['recordings.pathTemplate', '{path}', /unknown placeholder "{path}"/],
  ['recordings.pathTemplate', '/{file}', /leads nowhere/],
  ['recordings.pathTemplate', '../{file}', /leads nowhere/],
  ['recordings.pathTemplate', '{date:yyyy/MM/dd}', /does not end with {file}/],
  ['recordings.pathTemplate', '{date:yyyy//MM}/{file}', /is no date/],
  ['recordings.pathTemplate', '{date:../MM}/{file}', /is no date/],
  ['recordings.publicUrl', 'http://pbx.example.com/recordings', /http to another machine/],
  ['recordings.publicUrl', 'https://pbx.example.com/recordings?x=1', /holds more than/],
  ['recordings.folder', 'spool/movidesk', /absolute path/],
  ['recordings.linkTemplate', 'javascript:alert({file})', /not an http or https/],
  ['recordings.linkTemplate', 'https://pbx/a b/{file}', /not an http or https/],
  ['recordings.linkTemplate', `https://pbx/{file}${'x'.repeat(1000)}`, /characters/],
  ['store.path', 'bridge.db', /absolute path/],
  ['store.path', '', /but is empty/],
  ['store.keepDays', 0, /from 1 to 3650/],
  ['http.host', 'http://localhost', /host name/],
  ['http.port', -1, /from 0 to 65535/],
  ['log.level', 'trace', /one of error, warn, info, debug/],
  ['log.format', 'JSON', /one of auto, json, pretty/],
  ['log.phoneNumbers', false, /one of masked, full/],
  ['queues', null, /is missing/],
  ['queues', [], /is an empty list/],
  ['queues', {}, /but is a group/],
  ['queues', 'support', /list of 1 to 100/],
  [
    'queues',
    Array.from({ length: 101 }, (_, n) => ({ name: `q${n}0`, movideskQueueId: n + 1 })),
    /101 entries/,
  ],
];

test.each(REFUSED)('%s may not be %j', (path, value, problem) => {
  const mistake = onlyMistake(load({ yaml: fileWith(parts(path, value)) }));
  expect(mistake.key).toBe(path);
  expect(mistake.problem).toMatch(problem);
  expect(mistake.remedy).not.toBe('');
});

test.each([
  ['a name with a blank', { name: 'two words' }, 'queues[0].name'],
  ['a name of one letter, which Asterisk keeps for itself', { name: 'h' }, 'queues[0].name'],
  ['a name of 65 letters', { name: 'x'.repeat(65) }, 'queues[0].name'],
  ['no name', { name: undefined }, 'queues[0].name'],
  ['a number as text', { movideskQueueId: '1' }, 'queues[0].movideskQueueId'],
  ['no number', { movideskQueueId: undefined }, 'queues[0].movideskQueueId'],
  ['number zero', { movideskQueueId: 0 }, 'queues[0].movideskQueueId'],
  ['a number of eleven digits', { movideskQueueId: 12_345_678_901 }, 'queues[0].movideskQueueId'],
  ['no time to wait', { maxWaitSeconds: 0 }, 'queues[0].maxWaitSeconds'],
  ['more than a day to wait', { maxWaitSeconds: 86_401 }, 'queues[0].maxWaitSeconds'],
  ['no time to ring', { ringSeconds: 0 }, 'queues[0].ringSeconds'],
  ['an Asterisk queue with a comma', { asteriskQueue: 'a,b' }, 'queues[0].asteriskQueue'],
  ['an Asterisk queue that YAML takes for a number', { asteriskQueue: 600 }, 'queues[0].asteriskQueue'],
  ['an unknown key', { maxWait: 10 }, 'queues[0].maxWait'],
])('a queue with %s is refused', (_what, change, key) => {
  const result = load({ yaml: fileWith({ queues: [{ ...SUPPORT, ...change }] }) });
  expect(onlyMistake(result).key).toBe(key);
});

test.each([
  ['name', { name: 'SUPPORT', movideskQueueId: 2 }],
  ['movideskQueueId', { name: 'sales', movideskQueueId: 1 }],
  ['asteriskQueue', { name: 'sales', movideskQueueId: 2, asteriskQueue: '600' }],
])('two queues may not share one %s', (key, second) => {
  const first = { ...SUPPORT, asteriskQueue: '600' };
  const mistake = onlyMistake(load({ yaml: fileWith({ queues: [first, second] }) }));
  expect(mistake.key).toBe(`queues[1].${key}`);
  expect(mistake.problem).toContain('queues[0]');
});

test('two queues without an Asterisk queue share nothing', () => {
  const queues = [SUPPORT, { name: 'sales', movideskQueueId: 2 }];
  expect(configOf(load({ yaml: fileWith({ queues }) })).queues).toHaveLength(2);
});

test('an entry that is no queue at all is refused by its place in the list', () => {
  expect(onlyMistake(load({ yaml: fileWith({ queues: [SUPPORT, 'sales'] }) })).key).toBe('queues[1]');
});
