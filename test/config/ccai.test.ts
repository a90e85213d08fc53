import { describe, expect, expectTypeOf, test } from 'vitest';
import type { CcaiConfig } from '../../src/config/ccai-config.ts';
import { type LoadResult, loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import type { Secret } from '../../src/config/secret.ts';
import type { CallBackRule } from '../../src/domain/call-back/rule.ts';
import { HTTP_LIMITS } from '../../src/observe/http/limited-server.ts';
import { aRule, ccaiOf, keysOf, LEAST, loadCcai, OUTBOUND_TOKEN } from './ccai-builder.ts';
import { configOf, Folder, fileWith, load, mistakesOf, onlyMistake } from './config-builder.ts';

test('an operator who writes only what the platform gave them, and one rule, gets the documented defaults', () => {
  const ccai = ccaiOf(loadCcai(LEAST));
  expect(ccai.token.reveal()).toBe('hush-token');
  expect(ccai).toEqual({
    subdomain: 'acme',
    baseUrl: 'https://acme.ccai.example.com/apps/api/v1',
    token: ccai.token,
    timeoutMs: 10_000,
    defaultCountry: 'BR',
    delaySeconds: 60,
    oncePerMinutes: 60,
    rules: [
      {
        queues: undefined,
        ending: undefined,
        reasons: undefined,
        wants: 'call-back',
        order: {
          menuId: 9,
          scheduledMenuId: 9,
          alternativeMenuId: undefined,
          lang: 'en',
          alternativeLang: undefined,
          recordingPermission: 'not-asked',
          outboundNumber: undefined,
        },
      },
    ],
    openingHours: [],
    repeatCustomerDays: 0,
    repeatCustomerKey: 'both',
    badActors: [],
    verifiedCustomers: [],
    outboundToken: undefined,
  });
});

test('whoever is given the relay’s configuration is told by its types what a value can be', () => {
  expectTypeOf<CcaiConfig['token']>().toEqualTypeOf<Secret>();
  expectTypeOf<CcaiConfig['outboundToken']>().toEqualTypeOf<Secret | undefined>();
  expectTypeOf<CcaiConfig['rules']>().toEqualTypeOf<readonly CallBackRule[]>();
  expectTypeOf<CcaiConfig['badActors']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<CcaiConfig['repeatCustomerKey']>().toEqualTypeOf<
    'both' | 'repeat_customer' | 'repeat_customers'
  >();
  for (const key of ['enabled', 'domain', 'tokenFile', 'badActorsFile'])
    expect(ccaiOf(loadCcai(LEAST))).not.toHaveProperty(key);
});

test('everything that can be said is said', () => {
  const said = {
    timeoutMs: 500,
    defaultCountry: 'PT',
    delaySeconds: 0,
    oncePerMinutes: 1440,
    repeatCustomerDays: 30,
    repeatCustomerKey: 'repeat_customers',
    badActors: ['+5511999990000'],
    verifiedCustomers: ['11999990001'],
  };
  const ccai = ccaiOf(loadCcai({ ...LEAST, ...said, outboundToken: OUTBOUND_TOKEN }));
  expect(ccai).toMatchObject(said);
  expect(ccai.outboundToken?.reveal()).toBe(OUTBOUND_TOKEN);
});

test('a whole address takes the place of the domain, without the slash at its end', () => {
  const ccai = ccaiOf(loadCcai({ ...LEAST, domain: '', baseUrl: 'http://127.0.0.1:8080/apps/api/v1/' }));
  expect(ccai).toMatchObject({ subdomain: 'acme', baseUrl: 'http://127.0.0.1:8080/apps/api/v1' });
});

test('nobody can change the relay’s configuration once it is loaded, however deep', () => {
  const ccai = ccaiOf(loadCcai({ ...LEAST, badActors: ['+5511999990000'] }));
  const parts: unknown[] = [ccai, ccai.rules, ccai.rules[0], ccai.badActors, ccai.token];
  expect(parts.every(Object.isFrozen)).toBe(true);
});

describe('a relay that is switched off', () => {
  test.each<[what: string, ccai: Parameters<typeof loadCcai>[0] | null]>([
    ['is none', {}],
    ['may have nothing but its name', null],
    ['needs nothing', { enabled: false }],
    ['may have all that it would need', { ...LEAST, enabled: false, outboundToken: OUTBOUND_TOKEN }],
    ['looks for no file', { tokenFile: '/nowhere/token', badActorsFile: '/nowhere/numbers' }],
    ['may have rules for queues that are gone', { rules: [aRule('queue: gone, then: schedule')] }],
    ['may remember more than the store', { repeatCustomerDays: 3650 }],
  ])('%s', (_what, ccai) => {
    expect(configOf(load({ yaml: fileWith({ ccai }) })).ccai).toBeUndefined();
  });

  test('still has its values looked at, so that no slip waits for the day it is switched on', () => {
    const slips = {
      delayMinutes: 1,
      timeoutMs: 1,
      rules: [aRule('then: ring')],
      openingHours: [{ queue: 'x' }],
    };
    expect(keysOf(loadCcai(slips))).toEqual([
      'ccai.delayMinutes',
      'ccai.timeoutMs',
      'ccai.rules[0].then',
      'ccai.openingHours[0].queue',
      ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => `ccai.openingHours[0].${day}`),
    ]);
  });

  test('still keeps its token from those who may read the file', () => {
    const yaml = fileWith({ ccai: { token: 'hush-token' } });
    expect(onlyMistake(load({ yaml, mode: 0o644 })).problem).toContain('holds a secret');
  });
});

describe('a relay that is switched on', () => {
  test('is refused with a line for each thing that it lacks', () => {
    const lines = formatMistakes(mistakesOf(loadCcai({ enabled: true }))).split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^ccai\.subdomain: is missing while ccai\.enabled is true; write the account's/),
      expect.stringMatching(/^ccai\.domain: is missing while .* in ccai\.baseUrl\.$/),
      expect.stringMatching(
        /^ccai\.token: is missing .* ccai\.tokenFile, .*ASTERISK_MOVIDESK_CCAI_TOKEN, .* ccai-token\.$/,
      ),
      expect.stringMatching(/^ccai\.rules: is empty while ccai\.enabled is true, .*; write which callers/),
    ]);
  });

  test.each(['subdomain', 'domain', 'token', 'rules'])('is refused without %s', (key) => {
    expect(onlyMistake(loadCcai({ ...LEAST, [key]: undefined })).key).toBe(`ccai.${key}`);
  });

  test('needs no rules where others may ask it for calls', () => {
    expect(ccaiOf(loadCcai({ ...LEAST, rules: [], outboundToken: OUTBOUND_TOKEN })).rules).toEqual([]);
  });

  test.each<[what: string, rules: readonly string[]]>([
    ['rules that make nothing of any loss', ['then: nothing']],
    ['more than one of them', ['reason: closed, then: nothing', 'then: nothing']],
  ])('is refused with %s, unless others may ask it for calls', (_what, written) => {
    const rules = written.map(aRule);
    expect(onlyMistake(loadCcai({ ...LEAST, rules }))).toMatchObject({
      key: 'ccai.rules',
      problem: expect.stringMatching(/^makes nothing of any loss .* no ccai\.outboundToken/),
    });
    expect(ccaiOf(loadCcai({ ...LEAST, rules, outboundToken: OUTBOUND_TOKEN })).rules).toHaveLength(
      rules.length,
    );
  });

  test('is refused with two addresses', () => {
    const result = loadCcai({ ...LEAST, baseUrl: 'https://proxy.example.com/' });
    expect(onlyMistake(result)).toMatchObject({ key: 'ccai.baseUrl', remedy: 'remove one of the two' });
  });

  test('cannot know repeat customers longer than the store knows calls', () => {
    const { key, problem } = onlyMistake(loadCcai({ ...LEAST, repeatCustomerDays: 31 }));
    expect(key).toBe('ccai.repeatCustomerDays');
    expect(problem).toContain('more than store.keepDays, which is 30');
    expect(ccaiOf(loadCcai({ ...LEAST, repeatCustomerDays: 30 })).repeatCustomerDays).toBe(30);
  });

  test('hears of a token file that is not there once, and not that the token is missing', () => {
    const result = loadCcai({ ...LEAST, token: '', tokenFile: '/nowhere/token' });
    expect(onlyMistake(result)).toMatchObject({
      key: 'ccai.tokenFile',
      problem: '/nowhere/token does not exist',
    });
  });

  test.each([
    ['no rules', []],
    ['rules that make nothing of any loss', [aRule('then: nothing')]],
  ])(
    'with %s hears of a file with its other token once, and not that nothing would be done',
    (_what, rules) => {
      const result = loadCcai({ ...LEAST, rules, outboundTokenFile: '/nowhere/token' });
      expect(onlyMistake(result).key).toBe('ccai.outboundTokenFile');
    },
  );

  test('takes its secrets from files of their own', () => {
    using folder = new Folder();
    const tokenFile = folder.write('token', 'token-1\n');
    const outboundTokenFile = folder.write('outbound', `${OUTBOUND_TOKEN}\n`);
    const result = loadCcai({ ...LEAST, token: undefined, tokenFile, outboundTokenFile });
    expect(ccaiOf(result).token.reveal()).toBe('token-1');
    expect(ccaiOf(result).outboundToken?.reveal()).toBe(OUTBOUND_TOKEN);
    expect(result.ok && result.origins['ccai.token']).toBe(tokenFile);
  });

  test('takes its secrets from systemd’s credentials', () => {
    using folder = new Folder();
    folder.write('ccai-token', 'token-2\n', 0o440);
    folder.write('ccai-outbound-token', `${OUTBOUND_TOKEN}\n`, 0o440);
    const file = folder.write('config.yaml', fileWith({ ccai: { ...LEAST, token: '' } }));
    const ccai = ccaiOf(loadConfig({ file, env: { CREDENTIALS_DIRECTORY: folder.path } }));
    expect([ccai.token.reveal(), ccai.outboundToken?.reveal()]).toEqual(['token-2', OUTBOUND_TOKEN]);
  });

  test('may be switched on, and wholly said, by the environment', () => {
    const env = {
      ASTERISK_MOVIDESK_CCAI_ENABLED: 'true',
      ASTERISK_MOVIDESK_CCAI_SUBDOMAIN: 'acme',
      ASTERISK_MOVIDESK_CCAI_DOMAIN: 'ccai.example.com',
      ASTERISK_MOVIDESK_CCAI_TOKEN: 'token-3',
      ASTERISK_MOVIDESK_CCAI_RULES: '- { reason: [closed, holiday], then: schedule, menuId: 12 }',
      ASTERISK_MOVIDESK_CCAI_OPENING_HOURS: JSON.stringify([WEEK]),
      ASTERISK_MOVIDESK_CCAI_BAD_ACTORS: '["+55 11 99999-0000"]',
    };
    const ccai = ccaiOf(load({ yaml: fileWith(), env }));
    expect(ccai.token.reveal()).toBe('token-3');
    expect(ccai).toMatchObject({
      rules: [{ reasons: ['closed', 'holiday'], wants: 'schedule', order: { menuId: 12 } }],
      openingHours: [{ queue: undefined, hours: { timeZone: 'America/Sao_Paulo' } }],
      badActors: ['+5511999990000'],
    });
  });

  test('whose rules in the environment are no YAML hears of that, and not that they are missing', () => {
    const env = { ASTERISK_MOVIDESK_CCAI_RULES: '[{"then": ' };
    const keys = keysOf(loadCcai({ ...LEAST, rules: undefined }, env));
    expect(new Set(keys.map((key) => key.split(':')[0]))).toEqual(new Set(['ASTERISK_MOVIDESK_CCAI_RULES']));
  });

  test('may be switched off by the environment, whatever the file lacks', () => {
    const env = { ASTERISK_MOVIDESK_CCAI_ENABLED: 'false' };
    expect(configOf(loadCcai({ enabled: true }, env)).ccai).toBeUndefined();
  });

  test('shows its secrets to nobody who prints it', () => {
    const printed = JSON.stringify(loadCcai({ ...LEAST, outboundToken: OUTBOUND_TOKEN }));
    expect(printed).toContain('acme');
    expect(printed).not.toContain('hush');
  });
});

const WEEK = {
  monday: '08:00-18:00',
  tuesday: '08:00-18:00',
  wednesday: '08:00-18:00',
  thursday: '08:00-18:00',
  friday: '08:00-18:00',
};

const REFUSED: readonly (readonly [key: string, value: unknown, problem: RegExp])[] = [
  ['enabled', 'yes', /true or false/],
  ['subdomain', 'acme.ccai', /1 to 63 letters/],
  ['subdomain', '-acme', /1 to 63 letters/],
  ['subdomain', 'acme:token', /1 to 63 letters/],
  ['domain', 'https://ccai.example.com', /host name/],
  ['domain', 'ccai.example.com/apps', /host name/],
  ['baseUrl', 'http://proxy.example.com/apps/api/v1', /the token travels with each request/],
  ['baseUrl', 'proxy.example.com', /not an https address/],
  ['baseUrl', 'https://acme:hush@proxy.example.com', /more than scheme/],
  ['token', 'two\nlines', /line break/],
  ['token', 12_345, /must be text, but is a number/],
  ['tokenFile', 'hush', /not an absolute path/],
  ['timeoutMs', 499, /from 500/],
  ['timeoutMs', 14_001, /to 14000/],
  ['defaultCountry', 'BRA', /two capital letters/],
  ['delaySeconds', -1, /from 0/],
  ['delaySeconds', 3601, /to 3600/],
  ['oncePerMinutes', -1, /from 0/],
  ['oncePerMinutes', 1441, /to 1440/],
  ['rules', aRule('then: nothing'), /but is a group/],
  ['rules', Array.from({ length: 101 }, () => aRule('then: nothing')), /101 entries/],
  ['openingHours', 'always', /list of at most 101/],
  ['repeatCustomerDays', -1, /from 0/],
  ['repeatCustomerKey', 'repeat', /one of both, repeat_customer, repeat_customers/],
  ['badActors', '+5511999990000', /list of at most 1000/],
  ['badActors', ['+5511999990000', 'hush'], /place 2 that is no telephone number/],
  ['badActors', [5_511_999_990_000], /place 1/],
  ['badActors', ['12345'], /place 1/],
  ['badActors', ['+551199999000012345678'], /place 1/],
  ['badActors', [{ token: 'hush' }], /place 1/],
  ['badActors', Array.from({ length: 1001 }, () => '+5511999990000'), /1001 entries/],
  ['badActorsFile', 'numbers', /absolute path/],
  ['verifiedCustomers', [null], /place 1/],
  ['verifiedCustomersFile', 5, /must be text/],
  ['outboundToken', 'hush', /16 to 512 bytes in one line, but has 4 bytes/],
  ['outboundTokenFile', 'hush', /not an absolute path/],
];

test.each(REFUSED)('ccai.%s may not be %j', (key, value, problem) => {
  // `baseUrl` is another way to say `domain`, and `rules` may be refused where there is something else to do.
  const least = { ...LEAST, ...(key === 'baseUrl' ? { domain: '' } : {}), outboundToken: OUTBOUND_TOKEN };
  const mistake = onlyMistake(loadCcai({ ...least, [key]: value }));
  expect(mistake.key).toBe(`ccai.${key}`);
  expect(mistake.problem).toMatch(problem);
  expect(mistake.remedy).not.toBe('');
  expect(formatMistakes([mistake])).not.toContain('hush');
});

test('whoever asks for a call over HTTP is told how it went before the server takes them for dead', () => {
  const tooLong = { ...LEAST, timeoutMs: HTTP_LIMITS.silenceMs / 2 };
  expect(onlyMistake(loadCcai(tooLong)).key).toBe('ccai.timeoutMs');
  const { timeoutMs } = ccaiOf(loadCcai({ ...LEAST, timeoutMs: 14_000 }));
  // It waits as long for its turn.
  expect(2 * timeoutMs + 1_000).toBeLessThan(HTTP_LIMITS.silenceMs);
});

test.each([
  ['tokn', 'ccai.token'],
  ['once_per_minutes', 'ccai.oncePerMinutes'],
  ['badActorFile', 'ccai.badActorsFile'],
])('an unknown key is refused with the nearest known one: %s', (key, nearest) => {
  const mistake = onlyMistake(loadCcai({ ...LEAST, [key]: 'x' }));
  expect(mistake).toMatchObject({ key: `ccai.${key}`, remedy: `the nearest known one is ${nearest}` });
});

describe('numbers of known callers', () => {
  const badActorsOf = (result: LoadResult) => ccaiOf(result).badActors;

  test('may be written as people write them', () => {
    const badActors = ['+55 (11) 99999-0000', '011 3333.4444', '+351/21 000 0000'];
    expect(badActorsOf(loadCcai({ ...LEAST, badActors }))).toEqual([
      '+5511999990000',
      '01133334444',
      '+351210000000',
    ]);
  });

  test('may come from a file as well, each counted once', () => {
    using folder = new Folder();
    const text = '# Since May.\n+55 11 99999-0000\r\n\n  1133334444\n';
    const badActorsFile = folder.write('numbers', text, 0o644);
    const result = loadCcai({ ...LEAST, badActors: ['+5511999990000', '+5511999990002'], badActorsFile });
    expect(badActorsOf(result)).toEqual(['+5511999990000', '+5511999990002', '1133334444']);
  });

  test('may come from a file alone, which may be empty', () => {
    using folder = new Folder();
    const verifiedCustomersFile = folder.write('numbers', '');
    expect(ccaiOf(loadCcai({ ...LEAST, verifiedCustomersFile })).verifiedCustomers).toEqual([]);
  });

  test.each<[what: string, content: string | Uint8Array, problem: RegExp]>([
    ['something else in it', '+5511999990000\nhush\n#\nhush 2\n', /no telephone number in line 2, 4$/],
    ['nothing right in it', 'hush\n'.repeat(8), /in line 1, 2, 3, 4, 5 and 3 more$/],
    ['no text in it', new Uint8Array([0xc3, 0x28]), /not UTF-8/],
    ['too much in it', '+5511999990000\n'.repeat(100_000), /larger than 1048576 bytes/],
  ])('in a file with %s are refused by its key, and no number is shown', (_what, content, problem) => {
    using folder = new Folder();
    const mistake = onlyMistake(loadCcai({ ...LEAST, badActorsFile: folder.write('numbers', content) }));
    expect(mistake.key).toBe('ccai.badActorsFile');
    expect(mistake.problem).toMatch(problem);
    expect(formatMistakes([mistake])).not.toMatch(/hush|99999000/);
  });

  test('in a file that is not there, or is a folder, are refused by its key', () => {
    using folder = new Folder();
    const problemWith = (verifiedCustomersFile: string) =>
      onlyMistake(loadCcai({ ...LEAST, verifiedCustomersFile })).problem;
    expect(problemWith('/nowhere/numbers')).toBe('/nowhere/numbers does not exist');
    expect(problemWith(folder.path)).toContain('is a folder');
  });
});
