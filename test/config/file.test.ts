import { join } from 'node:path';
import { expect, expectTypeOf, test } from 'vitest';
import type { CcaiConfig } from '../../src/config/ccai-config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import type { Secret } from '../../src/config/secret.ts';
import type { UdeskConfig } from '../../src/config/udesk-config.ts';
import {
  AMI_SECRET,
  configOf,
  Folder,
  fileWith,
  load,
  mistakesOf,
  onlyMistake,
  SUPPORT,
  TOKEN,
} from './config-builder.ts';

const MINIMAL = `
asterisk: { secret: ${AMI_SECRET} }
movidesk: { token: ${TOKEN} }
queues:
  - { name: support, movideskQueueId: 1 }
`;

test('an operator who writes only what must be written gets the documented defaults', () => {
  const config = configOf(load({ yaml: MINIMAL }));
  expect(config.asterisk.secret.reveal()).toBe(AMI_SECRET);
  expect(config.movidesk.token.reveal()).toBe(TOKEN);
  expect(JSON.parse(JSON.stringify(config))).toEqual({
    asterisk: {
      name: 'pbx1',
      host: '127.0.0.1',
      port: 5038,
      tls: false,
      username: 'movidesk',
      secret: '********',
    },
    movidesk: {
      baseUrl: 'https://api.movidesk.com/public/v1',
      token: '********',
      requestsPerMinute: 10,
      timeZone: 'America/Sao_Paulo',
      reportUnheard: true,
      anonymousNumber: 'anonymous',
      dateFormat: 'seconds',
      timeoutMs: 10_000,
    },
    queues: [{ name: 'support', movideskQueueId: 1, maxWaitSeconds: 600, ringSeconds: 20 }],
    agents: { device: 'PJSIP/{extension}', dndDeviceState: 'Custom:DND{extension}' },
    dialplan: {
      holdContext: 'movidesk-hold',
      agentContext: 'movidesk-agent',
      lostContext: 'movidesk-lost',
      fallbackContext: 'movidesk-fallback',
    },
    failOpenAfterSeconds: 60,
    recordings: {
      pathTemplate: '{file}',
      pbxPathTemplate: '{file}',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      isZoneGiven: false,
    },
    store: { path: '/var/lib/asterisk-movidesk/bridge.db', keepDays: 30 },
    http: { host: '127.0.0.1', port: 9095 },
    log: { level: 'info', format: 'auto', phoneNumbers: 'masked' },
  });
});

test('whoever is given the configuration is told by its types what a value can be', () => {
  const config = configOf(load({ yaml: MINIMAL }));
  expectTypeOf(config.log.level).toEqualTypeOf<'error' | 'warn' | 'info' | 'debug'>();
  expectTypeOf(config.movidesk.dateFormat).toEqualTypeOf<'seconds' | 'minutes'>();
  expectTypeOf(config.movidesk.token).toEqualTypeOf<Secret>();
  expectTypeOf(config.asterisk.port).toEqualTypeOf<number>();
  expectTypeOf(config.agents.hintContext).toEqualTypeOf<string | undefined>();
  expectTypeOf(config.udesk).toEqualTypeOf<UdeskConfig | undefined>();
  expectTypeOf(config.ccai).toEqualTypeOf<CcaiConfig | undefined>();
  expectTypeOf(config.asterisk).not.toHaveProperty('secretFile');
  expect(Object.keys(config.asterisk)).not.toContain('secretFile');
});

test('what is empty in the file is none for the daemon', () => {
  const agents = { dndDeviceState: '', hintContext: '' };
  const config = configOf(load({ yaml: fileWith({ agents, recordings: { linkTemplate: '' } }) }));
  expect(config.agents.dndDeviceState).toBeUndefined();
  expect(config.agents.hintContext).toBeUndefined();
  expect(config.recordings.linkTemplate).toBeUndefined();
});

test('a slash at the end of the base address is not sent twice', () => {
  const config = configOf(
    load({ yaml: fileWith({ movidesk: { baseUrl: 'https://api.movidesk.com/v1//' } }) }),
  );
  expect(config.movidesk.baseUrl).toBe('https://api.movidesk.com/v1');
});

test('nobody can change the configuration once it is loaded, however deep', () => {
  const config = configOf(load({ yaml: MINIMAL }));
  const parts: unknown[] = [config, ...Object.values(config), ...config.queues, config.movidesk.token];
  expect(parts.filter((part) => typeof part === 'object' && !Object.isFrozen(part))).toEqual([]);
  expect(() => Object.assign(config.queues[0] ?? {}, { ringSeconds: 1 })).toThrow(TypeError);
});

test('a group whose keys are all commented out has its defaults', () => {
  expect(configOf(load({ yaml: `${MINIMAL}\nlog:\n  # level: debug\n` })).log.level).toBe('info');
});

test('every mistake is told at once, one line each, with key and remedy', () => {
  const yaml = `
asterisk: { hots: pbx, port: 99999 }
movidesk: { token: ${TOKEN}, requestsPerMinute: 0, dateFormat: hours }
queues:
  - { name: support }
  - { name: support, movideskQueueId: 2 }
udesk: { enabled: true, sid: abc, timeoutMs: 0 }
ccai: { enabled: true, subdomain: acme, lang: pt, delaySeconds: -1 }
`;
  expect(formatMistakes(mistakesOf(load({ yaml }))).split('\n')).toEqual([
    'asterisk.hots: is not a known key; the nearest known one is asterisk.host.',
    expect.stringMatching(/^ccai\.lang: is not a known key; known here: /),
    expect.stringMatching(/^asterisk\.secret: is missing; write it there, or .*asterisk-secret\.$/),
    'asterisk.port: must be a whole number from 1 to 65535, but is the number 99999; write such a number, without quotes.',
    expect.stringMatching(/^movidesk\.requestsPerMinute: must be a whole number from 1 to 6000/),
    expect.stringMatching(/^movidesk\.dateFormat: must be one of seconds, minutes, but is "hours"/),
    'udesk.timeoutMs: must be a whole number from 500 to 60000, but is the number 0; write such a number, without quotes.',
    expect.stringMatching(/^ccai\.delaySeconds: must be a whole number from 0 to 3600, but is the number -1/),
    'queues[0].movideskQueueId: is missing; write a whole number from 1 to 2147483647.',
    'queues[1].name: is the same as that of queues[0]; give every queue its own.',
    'udesk.baseUrl: is missing while udesk.enabled is true; write https://{host}/ccapi/v2 with the host that Udesk names.',
    'udesk.appId: is missing while udesk.enabled is true; write the AppId that Udesk gave when the application was created.',
    expect.stringMatching(/^udesk\.authToken: is missing while .*; write it there, or .*udesk-auth-token\.$/),
    expect.stringMatching(/^ccai\.domain: is missing while ccai\.enabled is true; write the rest of/),
    expect.stringMatching(/^ccai\.token: is missing while .*; write it there, or .*ccai-token\.$/),
    expect.stringMatching(/^ccai\.rules: is empty while ccai\.enabled is true, and .*; write which callers/),
  ]);
});

test.each([
  ['asterisk: { hots: pbx }', 'asterisk.hots', /nearest known one is asterisk\.host$/],
  [
    'token: x',
    'token',
    /nearest known one is movidesk\.token or activeCall\.token or http\.token or ccai\.token$/,
  ],
  ['movidesk: { requests_per_minute: 5 }', 'movidesk.requests_per_minute', /movidesk\.requestsPerMinute$/],
  ['port: 1', 'port', /asterisk\.port or http\.port$/],
  ['log: { colour: true }', 'log.colour', /known here: log\.level, log\.format, log\.phoneNumbers/],
  ['asterisks: { host: pbx }', 'asterisks', /nearest known one is asterisk$/],
  ['__proto__: { polluted: 1 }', '__proto__', /known here/],
  ['"host\\nfake line": 1', 'host…', /known here/],
])('the unknown key in %s is refused with the nearest known one', (yaml, key, remedy) => {
  const mistake = mistakesOf(load({ yaml })).find((one) => one.problem === 'is not a known key');
  expect(mistake?.key).toBe(key);
  expect(mistake?.remedy).toMatch(remedy);
});

test.each([
  ['asterisk:\n  host: pbx\n   port: 1\n', 2, /quotes|colon/],
  ['asterisk: { host: pbx\n', 2, /bracket/],
  ['asterisk:\n\thost: pbx\n', 2, /tab/],
  ['log: { level: info }\nhttp: { port: 1 }\nlog: { level: debug }\n', 3, /repeats a key/],
  ['http:\n  port: 1\n  port: 2\n', 3, /repeats a key/],
  ['log: {}\n---\nlog: {}\n', 2, /second document/],
  ['log: *nowhere\n', 1, /alias/],
  ['log: !secret x\n', 1, /tag/],
  ['a: "unclosed\n', 2, /closing/],
])('%j is refused with its line and column', (yaml, line, problem) => {
  const [first] = mistakesOf(load({ yaml }));
  expect(first?.key).toMatch(new RegExp(`/config\\.yaml:${line}:[0-9]+$`));
  expect(first?.problem).toMatch(problem);
});

test.each([
  ['an empty file', '', /is empty/],
  ['a file of comments', '# nothing\n', /is empty/],
  ['a list', '- a\n', /not a group of keys/],
  ['a word', 'hello\n', /not a group of keys/],
  ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00]), /not UTF-8/],
  ['a megabyte too much', '#'.repeat(1_048_577), /larger than/],
  ['brackets nested beyond reason', '['.repeat(50_000), /nested|closing|YAML/],
])('%s is refused as such, and not as missing keys', (_what, yaml, problem) => {
  const mistakes = mistakesOf(load({ yaml }));
  expect(mistakes[0]?.problem).toMatch(problem);
  expect(mistakes.filter((mistake) => mistake.problem === 'is missing')).toEqual([]);
});

test('aliases that multiply are refused, not unfolded', () => {
  const rows = [
    'a0: &a0 [x]',
    ...Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`),
  ];
  expect(onlyMistake(load({ yaml: rows.join('\n') })).problem).toMatch(/beyond reason/);
});

test('an alias serves to write the same limits for two queues', () => {
  const yaml = `
asterisk: { secret: ${AMI_SECRET} }
movidesk: { token: ${TOKEN}, requestsPerMinute: &n 20 }
queues: [{ name: support, movideskQueueId: *n }]
`;
  expect(configOf(load({ yaml })).queues[0]?.movideskQueueId).toBe(20);
});

test.each([
  [`movidesk:\n  token:${TOKEN}\n`, 'movidesk'],
  [`movidesk: { token:${TOKEN} }\n`, 'movidesk.token…'],
])('a forgotten blank after the colon (%j) does not show the token', (yaml, key) => {
  const mistakes = mistakesOf(load({ yaml }));
  expect(mistakes.map((mistake) => mistake.key)).toContain(key);
  expect(formatMistakes(mistakes)).not.toContain(TOKEN);
});

test.each([0o604, 0o644, 0o602, 0o666])(
  'a file with a secret and mode %o is refused, and how to mend it is said',
  (mode) => {
    const mistake = onlyMistake(load({ yaml: MINIMAL, mode }));
    expect(mistake.problem).toContain('holds a secret');
    expect(mistake.remedy).toMatch(/^run chmod 640 .*config\.yaml/);
  },
);

test.each([0o600, 0o640, 0o660])("a file with a secret and mode %o is nobody else's business", (mode) => {
  expect(load({ yaml: MINIMAL, mode }).ok).toBe(true);
});

test('a file without a secret may be read by all', () => {
  const env = { ASTERISK_MOVIDESK_ASTERISK_SECRET: AMI_SECRET, ASTERISK_MOVIDESK_MOVIDESK_TOKEN: TOKEN };
  const yaml = JSON.stringify({ asterisk: { secret: '' }, queues: [SUPPORT] });
  expect(load({ yaml, env, mode: 0o644 }).ok).toBe(true);
});

test('a file that does not exist is named', () => {
  const mistake = onlyMistake(loadConfig({ file: '/nowhere/config.yaml', env: {} }));
  expect(mistake).toMatchObject({ key: '/nowhere/config.yaml', problem: 'does not exist' });
});

test('an empty --config is told so', () => {
  expect(onlyMistake(loadConfig({ file: '', env: {} })).key).toBe('--config');
});

test('a folder is no configuration file', () => {
  using folder = new Folder();
  expect(onlyMistake(loadConfig({ file: folder.path, env: {} })).problem).toBe('is a folder');
});

test('--config wins over the environment, and the environment over the usual place', () => {
  using folder = new Folder();
  const byOption = folder.write('option.yaml', fileWith({ http: { port: 1 } }));
  const byVariable = folder.write('variable.yaml', fileWith({ http: { port: 2 } }));
  const env = { ASTERISK_MOVIDESK_CONFIG: byVariable };
  expect(configOf(loadConfig({ file: byOption, env })).http.port).toBe(1);
  expect(configOf(loadConfig({ env })).http.port).toBe(2);
});

test('a file named by the environment must exist', () => {
  using folder = new Folder();
  const env = { ASTERISK_MOVIDESK_CONFIG: join(folder.path, 'none.yaml'), ASTERISK_MOVIDESK_HTTP_PORT: '1' };
  expect(onlyMistake(loadConfig({ env })).problem).toBe('does not exist');
});
