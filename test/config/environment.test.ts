import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG_FILE } from '../../src/config/config-file.ts';
import { loadConfig } from '../../src/config/load.ts';
import { schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { AMI_SECRET, configOf, fileWith, load, mistakesOf, onlyMistake, TOKEN } from './config-builder.ts';

test.each([
  ['movidesk.requestsPerMinute', 'ASTERISK_MOVIDESK_MOVIDESK_REQUESTS_PER_MINUTE'],
  ['movidesk.timeZone', 'ASTERISK_MOVIDESK_MOVIDESK_TIME_ZONE'],
  ['asterisk.caFile', 'ASTERISK_MOVIDESK_ASTERISK_CA_FILE'],
  ['agents.dndDeviceState', 'ASTERISK_MOVIDESK_AGENTS_DND_DEVICE_STATE'],
  ['failOpenAfterSeconds', 'ASTERISK_MOVIDESK_FAIL_OPEN_AFTER_SECONDS'],
  ['queues', 'ASTERISK_MOVIDESK_QUEUES'],
  ['udesk.authTokenFile', 'ASTERISK_MOVIDESK_UDESK_AUTH_TOKEN_FILE'],
  ['udesk.webSocketUrl', 'ASTERISK_MOVIDESK_UDESK_WEB_SOCKET_URL'],
])('%s is also %s', (path, name) => {
  expect(environmentName(path)).toBe(name);
});

test('no two keys share a variable', () => {
  const names = settingsOf(schema).map(({ path }) => environmentName(path));
  expect(new Set(names).size).toBe(names.length);
});

const WHOLE = {
  ASTERISK_MOVIDESK_ASTERISK_NAME: 'pbx7',
  ASTERISK_MOVIDESK_ASTERISK_PORT: '5039',
  ASTERISK_MOVIDESK_ASTERISK_TLS: 'true',
  ASTERISK_MOVIDESK_ASTERISK_SECRET: AMI_SECRET,
  ASTERISK_MOVIDESK_MOVIDESK_TOKEN: TOKEN,
  ASTERISK_MOVIDESK_MOVIDESK_REPORT_UNHEARD: 'false',
  ASTERISK_MOVIDESK_AGENTS_DND_DEVICE_STATE: '',
  ASTERISK_MOVIDESK_LOG_LEVEL: 'debug',
  ASTERISK_MOVIDESK_UDESK_ENABLED: 'false',
  ASTERISK_MOVIDESK_QUEUES: '[{"name": "support", "movideskQueueId": 7}]',
};

test('a container is configured by its environment alone', () => {
  // Only where nobody has installed the daemon for real: the usual place is looked at.
  expect(existsSync(DEFAULT_CONFIG_FILE)).toBe(false);
  const config = configOf(loadConfig({ env: WHOLE }));
  expect(config.asterisk).toMatchObject({ name: 'pbx7', port: 5039, tls: true });
  expect(config.movidesk.reportUnheard).toBe(false);
  expect(config.agents.dndDeviceState).toBeUndefined();
  expect(config.queues).toMatchObject([{ name: 'support', movideskQueueId: 7, ringSeconds: 20 }]);
});

test('with neither file nor environment the missing file is what is told', () => {
  expect(onlyMistake(loadConfig({ env: { PATH: '/bin' } })).key).toBe(DEFAULT_CONFIG_FILE);
});

test('queues in the environment may be written as YAML', () => {
  const env = { ASTERISK_MOVIDESK_QUEUES: '- name: sales\n  movideskQueueId: 3\n' };
  expect(configOf(load({ yaml: fileWith(), env })).queues).toMatchObject([{ name: 'sales' }]);
});

test('the environment wins over the file, and the file over the default', () => {
  const yaml = fileWith({ http: { port: 2000, host: '::1' } });
  const result = load({ yaml, env: { ASTERISK_MOVIDESK_HTTP_PORT: '3000' } });
  expect(configOf(result).http).toEqual({ host: '::1', port: 3000 });
  expect(result.ok && result.origins).toMatchObject({
    'http.port': 'ASTERISK_MOVIDESK_HTTP_PORT',
    'http.host': 'file',
    'log.level': 'default',
  });
});

test.each([
  ['ASTERISK_MOVIDESK_HTTP_PORT', '12abc', 'http.port'],
  ['ASTERISK_MOVIDESK_HTTP_PORT', '', 'http.port'],
  ['ASTERISK_MOVIDESK_HTTP_PORT', '1e3', 'http.port'],
  ['ASTERISK_MOVIDESK_HTTP_PORT', ' 80', 'http.port'],
  ['ASTERISK_MOVIDESK_HTTP_PORT', '99999', 'http.port'],
  ['ASTERISK_MOVIDESK_MOVIDESK_REPORT_UNHEARD', 'yes', 'movidesk.reportUnheard'],
  ['ASTERISK_MOVIDESK_MOVIDESK_REPORT_UNHEARD', 'toString', 'movidesk.reportUnheard'],
  ['ASTERISK_MOVIDESK_ASTERISK_NAME', 'a\nb', 'asterisk.name'],
  ['ASTERISK_MOVIDESK_CCAI_ENABLED', 'yes', 'ccai.enabled'],
  ['ASTERISK_MOVIDESK_CCAI_RULES', 'all', 'ccai.rules'],
  ['ASTERISK_MOVIDESK_CCAI_RULES', '[{"then": "call"}]', 'ccai.rules[0].then'],
  ['ASTERISK_MOVIDESK_CCAI_BAD_ACTORS', '[5511999990000]', 'ccai.badActors'],
  ['ASTERISK_MOVIDESK_UDESK_SEATS', 'nobody', 'udesk.seats'],
  ['ASTERISK_MOVIDESK_UDESK_SEATS', '[{"extension": "1001", "agentId": "x"}]', 'udesk.seats[0].agentId'],
  ['ASTERISK_MOVIDESK_UDESK_EVENTS', 'ext_state', 'udesk.events'],
  ['ASTERISK_MOVIDESK_QUEUES', 'support', 'queues'],
  ['ASTERISK_MOVIDESK_QUEUES', '', 'queues'],
  ['ASTERISK_MOVIDESK_QUEUES', '[{"name": "h", "movideskQueueId": 1}]', 'queues[0].name'],
])('%s=%j is refused, and where it came from is said', (name, text, key) => {
  const mistake = onlyMistake(load({ yaml: fileWith(), env: { [name]: text } }));
  expect(mistake.key).toBe(key);
  expect(mistake.problem).toContain(`(from ${name})`);
});

test('queues that are no YAML are refused with line and column, and once', () => {
  const env = { ...WHOLE, ASTERISK_MOVIDESK_QUEUES: '[{"name": ' };
  expect(mistakesOf(loadConfig({ env })).map(({ key }) => key.split(':')[0])).toEqual(
    mistakesOf(loadConfig({ env })).map(() => 'ASTERISK_MOVIDESK_QUEUES'),
  );
});

test.each([
  ['ASTERISK_MOVIDESK_HTTP_PROT', /ASTERISK_MOVIDESK_HTTP_PORT$/],
  ['ASTERISK_MOVIDESK_REQUESTS', /^remove it/],
])('the unknown variable %s is refused, as an unknown key would be', (name, remedy) => {
  const mistake = onlyMistake(load({ yaml: fileWith(), env: { [name]: 'x' } }));
  expect(mistake.key).toBe(name);
  expect(mistake.remedy).toMatch(remedy);
});

test("variables that Kubernetes makes for a service of our name are nobody's mistake", () => {
  const env = {
    ASTERISK_MOVIDESK_SERVICE_HOST: '10.0.0.1',
    ASTERISK_MOVIDESK_SERVICE_PORT_HTTP: '9095',
    ASTERISK_MOVIDESK_PORT: 'tcp://10.0.0.1:9095',
    ASTERISK_MOVIDESK_PORT_9095_TCP_ADDR: '10.0.0.1',
  };
  expect(load({ yaml: fileWith(), env }).ok).toBe(true);
});
