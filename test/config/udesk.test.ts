import { describe, expect, expectTypeOf, test } from 'vitest';
import { type LoadResult, loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import type { Secret } from '../../src/config/secret.ts';
import type { UdeskConfig } from '../../src/config/udesk-config.ts';
import type { Extension } from '../../src/domain/identity.ts';
import { configOf, Folder, fileWith, load, mistakesOf, onlyMistake } from './config-builder.ts';

type Group = Readonly<Record<string, unknown>>;

const LEAST = {
  enabled: true,
  baseUrl: 'https://example.udesk.cn/ccapi/v2',
  appId: '6f142ddb-47ed-442e-83e7-6d2574d77aa2',
  sid: '123456789abcdef',
  authToken: 'hush-token',
};
const SECRET = 'hush-secret';
const SEAT = { extension: '1001', agentId: '8001' };

const loadUdesk = (udesk: Group, env: Readonly<Record<string, string>> = {}): LoadResult =>
  load({ yaml: fileWith({ udesk }), env });
const keysOf = (result: LoadResult): readonly string[] => mistakesOf(result).map(({ key }) => key);

function udeskOf(result: LoadResult): UdeskConfig {
  const { udesk } = configOf(result);
  if (udesk === undefined) throw new Error('no relay, though it was switched on');
  return udesk;
}

test('an operator who writes only what Udesk gave them gets the documented defaults', () => {
  const udesk = udeskOf(loadUdesk(LEAST));
  expect(udesk.authToken.reveal()).toBe('hush-token');
  expect(udesk).toEqual({
    baseUrl: LEAST.baseUrl,
    webSocketUrl: undefined,
    appId: LEAST.appId,
    sid: LEAST.sid,
    authToken: udesk.authToken,
    secret: undefined,
    timestampUnit: 'milliseconds',
    timeoutMs: 10_000,
    seats: [],
    breakSubState: 0,
    extensionPrefix: '',
    callIdVariable: 'UDESK_CALL_ID',
    callbackUrl: undefined,
    events: ['acd_agent_state', 'ext_state'],
    respectAgentState: true,
    callbackList: false,
    callbackListHours: 24,
    defaultCountry: 'BR',
  });
});

test('whoever is given the relay’s configuration is told by its types what a value can be', () => {
  expectTypeOf<UdeskConfig['authToken']>().toEqualTypeOf<Secret>();
  expectTypeOf<UdeskConfig['secret']>().toEqualTypeOf<Secret | undefined>();
  expectTypeOf<UdeskConfig['baseUrl']>().toEqualTypeOf<string>();
  expectTypeOf<UdeskConfig['webSocketUrl']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<UdeskConfig['timestampUnit']>().toEqualTypeOf<'milliseconds' | 'seconds'>();
  expectTypeOf<UdeskConfig['events']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<UdeskConfig['seats'][number]['extension']>().toEqualTypeOf<Extension>();
  expectTypeOf<UdeskConfig>().not.toHaveProperty('enabled');
  expectTypeOf<UdeskConfig>().not.toHaveProperty('authTokenFile');
});

test('everything that can be said is said', () => {
  const said = {
    webSocketUrl: 'wss://example.udesk.cn/agent?site=1',
    timestampUnit: 'seconds',
    timeoutMs: 500,
    seats: [SEAT, { extension: '0102', agentId: '7' }],
    breakSubState: 3,
    callbackUrl: 'https://pbx.example.com/udesk/callback',
    events: ['agent_call_mode_change', 'hold_call'],
    respectAgentState: false,
    callbackList: true,
    callbackListHours: 720,
    defaultCountry: 'CN',
  };
  const udesk = udeskOf(loadUdesk({ ...LEAST, ...said, secret: SECRET }));
  expect(udesk).toMatchObject(said);
  expect(udesk.secret?.reveal()).toBe(SECRET);
});

test('a slash at the end of the base address is not sent twice', () => {
  const result = loadUdesk({ ...LEAST, baseUrl: 'https://example.udesk.cn/ccapi/v2/' });
  expect(udeskOf(result).baseUrl).toBe('https://example.udesk.cn/ccapi/v2');
});

test('what is empty in the file is none for the daemon', () => {
  const udesk = udeskOf(loadUdesk({ ...LEAST, webSocketUrl: '', callIdVariable: '', callbackUrl: '' }));
  expect([udesk.webSocketUrl, udesk.callIdVariable, udesk.callbackUrl]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('nobody can change the relay’s configuration once it is loaded, however deep', () => {
  const udesk = udeskOf(loadUdesk({ ...LEAST, seats: [SEAT] }));
  const parts: unknown[] = [udesk, udesk.seats, udesk.seats[0], udesk.events, udesk.authToken];
  expect(parts.every(Object.isFrozen)).toBe(true);
});

describe('a relay that is switched off', () => {
  test.each<[what: string, udesk: Group | null]>([
    ['is none', {}],
    ['needs nothing', { enabled: false }],
    ['may have all that it would need', { ...LEAST, enabled: false, secret: SECRET, seats: [SEAT] }],
    ['needs no secret for its callbacks', { callbackUrl: 'https://pbx.example.com/', callbackList: true }],
    ['looks for no file', { authTokenFile: '/nowhere/token', secretFile: '/nowhere/secret' }],
    ['does not mind a place kept for a secret', { authToken: null, secret: '' }],
    ['does not mind two tokens that differ', { authToken: 'hush-a', authTokenFile: '/etc/hostname' }],
  ])('%s', (_what, udesk) => {
    expect(configOf(load({ yaml: fileWith({ udesk }) })).udesk).toBeUndefined();
  });

  test('still has its other values looked at, so that no slip waits for the day it is switched on', () => {
    const result = loadUdesk({ timestampUnit: 'minutes', seats: [{ ...SEAT, agentId: 'x' }], hots: 1 });
    expect(keysOf(result)).toEqual(['udesk.hots', 'udesk.timestampUnit', 'udesk.seats[0].agentId']);
  });

  test('still keeps its token from those who may read the file', () => {
    const yaml = fileWith({ udesk: { authToken: 'hush-token' } });
    expect(onlyMistake(load({ yaml, mode: 0o644 })).problem).toContain('holds a secret');
  });
});

describe('a relay that is switched on', () => {
  test('is refused with a line for each thing that it lacks', () => {
    const lines = formatMistakes(mistakesOf(loadUdesk({ enabled: true }))).split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^udesk\.baseUrl: is missing while udesk\.enabled is true; write https:/),
      expect.stringMatching(/^udesk\.appId: is missing while udesk\.enabled is true; write the AppId/),
      expect.stringMatching(/^udesk\.sid: is missing while udesk\.enabled is true; write the Sid/),
      expect.stringMatching(
        /^udesk\.authToken: is missing .* udesk\.authTokenFile, .*ASTERISK_MOVIDESK_UDESK_AUTH_TOKEN, .* udesk-auth-token\.$/,
      ),
    ]);
  });

  test.each(['baseUrl', 'appId', 'sid', 'authToken'])(
    'is refused without %s, or with an empty one',
    (key) => {
      expect(onlyMistake(loadUdesk({ ...LEAST, [key]: undefined })).key).toBe(`udesk.${key}`);
      expect(onlyMistake(loadUdesk({ ...LEAST, [key]: '' })).key).toBe(`udesk.${key}`);
    },
  );

  test.each([
    ['udesk.callbackUrl is set', { callbackUrl: 'https://pbx.example.com/udesk/callback' }],
    ['udesk.callbackList is true', { callbackList: true }],
  ])('is refused without the application’s secret while %s', (why, wanting) => {
    const { key, problem, remedy } = onlyMistake(loadUdesk({ ...LEAST, ...wanting }));
    expect({ key, problem }).toEqual({ key: 'udesk.secret', problem: `is missing while ${why}` });
    for (const way of ['udesk.secretFile', 'ASTERISK_MOVIDESK_UDESK_SECRET', 'udesk-secret'])
      expect(remedy).toContain(way);
    expect(udeskOf(loadUdesk({ ...LEAST, ...wanting, secret: SECRET })).secret?.reveal()).toBe(SECRET);
  });

  test('hears of a token file that is not there once, and not that the token is missing', () => {
    const result = loadUdesk({ ...LEAST, authToken: '', authTokenFile: '/nowhere/token' });
    expect(onlyMistake(result)).toMatchObject({
      key: 'udesk.authTokenFile',
      problem: '/nowhere/token does not exist',
    });
  });

  test('takes its secrets from files of their own', () => {
    using folder = new Folder();
    const udesk = {
      ...LEAST,
      authToken: undefined,
      authTokenFile: folder.write('token', 'token-1\n'),
      secretFile: folder.write('secret', 'secret-1\n'),
      callbackList: true,
    };
    const result = loadUdesk(udesk);
    expect(udeskOf(result).authToken.reveal()).toBe('token-1');
    expect(udeskOf(result).secret?.reveal()).toBe('secret-1');
    expect(result.ok && result.origins['udesk.authToken']).toBe(udesk.authTokenFile);
  });

  test('takes its secrets from systemd’s credentials', () => {
    using folder = new Folder();
    folder.write('udesk-auth-token', 'token-2\n', 0o440);
    folder.write('udesk-secret', 'secret-2\n', 0o440);
    const env = { CREDENTIALS_DIRECTORY: folder.path };
    const file = folder.write('config.yaml', fileWith({ udesk: { ...LEAST, authToken: '' } }));
    const udesk = udeskOf(loadConfig({ file, env }));
    expect([udesk.authToken.reveal(), udesk.secret?.reveal()]).toEqual(['token-2', 'secret-2']);
  });

  test('may be switched on, and wholly said, by the environment', () => {
    const env = {
      ASTERISK_MOVIDESK_UDESK_ENABLED: 'true',
      ASTERISK_MOVIDESK_UDESK_BASE_URL: LEAST.baseUrl,
      ASTERISK_MOVIDESK_UDESK_APP_ID: LEAST.appId,
      ASTERISK_MOVIDESK_UDESK_SID: '1234567890',
      ASTERISK_MOVIDESK_UDESK_AUTH_TOKEN: 'token-3',
      ASTERISK_MOVIDESK_UDESK_SEATS: '- { extension: "0101", agentId: "8001" }',
      ASTERISK_MOVIDESK_UDESK_EVENTS: '["ext_state"]',
    };
    const udesk = udeskOf(load({ yaml: fileWith(), env }));
    expect(udesk.authToken.reveal()).toBe('token-3');
    expect(udesk).toMatchObject({
      sid: '1234567890',
      seats: [{ extension: '0101', agentId: '8001' }],
      events: ['ext_state'],
    });
  });

  test('may be switched off by the environment, whatever the file lacks', () => {
    const env = { ASTERISK_MOVIDESK_UDESK_ENABLED: 'false' };
    expect(configOf(loadUdesk({ enabled: true }, env)).udesk).toBeUndefined();
  });

  test('shows its secrets to nobody who prints it', () => {
    const printed = JSON.stringify(loadUdesk({ ...LEAST, secret: SECRET }));
    expect(printed).toContain(LEAST.sid);
    expect(printed).not.toContain('hush');
  });
});

const REFUSED: readonly (readonly [key: string, value: unknown, problem: RegExp])[] = [
  ['enabled', 'yes', /true or false/],
  ['baseUrl', 'http://example.udesk.cn/ccapi/v2', /signature travels/],
  ['baseUrl', 'example.udesk.cn', /not an https address/],
  ['baseUrl', 'https://example.udesk.cn/ccapi/v2?Sid=1', /more than scheme/],
  ['baseUrl', null, /nothing after its colon/],
  ['webSocketUrl', 'https://example.udesk.cn', /not a wss address/],
  ['webSocketUrl', 'ws://example.udesk.cn', /signature travels/],
  ['webSocketUrl', 'wss://user:hush@example.udesk.cn', /more than scheme/],
  ['webSocketUrl', 'wss://example.udesk.cn/#a', /more than scheme/],
  ['webSocketUrl', 'wss:example.udesk.cn', /not a wss address/],
  ['appId', '6f142ddb47ed442e83e76d2574d77aa2', /a UUID such as/],
  ['appId', '{6f142ddb-47ed-442e-83e7-6d2574d77aa2}', /a UUID such as/],
  ['sid', 'a b', /1 to 64/],
  ['sid', 1_234_567_890, /must be text, but is a number/],
  ['sid', 'x'.repeat(65), /1 to 64/],
  ['authToken', 'two\nlines', /line break/],
  ['authToken', 12_345, /must be text, but is a number/],
  ['authToken', 'x'.repeat(513), /513 bytes/],
  ['secret', ' hush', /blank/],
  ['authTokenFile', 'hush', /not an absolute path/],
  ['secretFile', 'hush', /not an absolute path/],
  ['timestampUnit', 'ms', /one of milliseconds, seconds/],
  ['timeoutMs', 499, /from 500/],
  ['timeoutMs', 60_001, /to 60000/],
  ['breakSubState', -1, /from 0/],
  ['breakSubState', 2_147_483_648, /to 2147483647/],
  ['callIdVariable', '__UDESK_CALL_ID', /the first one a letter/],
  ['callIdVariable', '$UDESK_CALL_ID', /the first one a letter/],
  ['callIdVariable', 'CHANNEL(name)', /the first one a letter/],
  ['callIdVariable', 'A,B', /the first one a letter/],
  ['callIdVariable', 'A'.repeat(65), /1 to 64/],
  ['callIdVariable', 'MOVIDESK_CALL_ID', /dialplan's own/],
  ['callbackUrl', 'http://pbx.example.com/udesk/callback', /signature travels/],
  ['callbackUrl', 'https://pbx.example.com/udesk/callback?a=b', /more than scheme/],
  ['events', [], /is an empty list/],
  ['events', 'ext_state', /list of 1 to 64/],
  ['events', ['ext_state', 'Hold Call'], /place 2 that is no event's name/],
  ['events', [{ authToken: 'hush' }], /place 1/],
  ['events', [null], /place 1/],
  ['events', ['ext_state', 'end', 'ext_state'], /has ext_state twice/],
  ['events', Array.from({ length: 65 }, (_, n) => `event_${n}`), /65 entries/],
  ['respectAgentState', 'true', /true or false/],
  ['callbackList', 1, /true or false/],
  ['callbackListHours', 0, /from 1/],
  ['callbackListHours', 721, /to 720/],
  ['defaultCountry', '', /but is empty/],
  ['defaultCountry', 'BRA', /two capital letters/],
  ['defaultCountry', 'ZZ', /two capital letters/],
  ['defaultCountry', 'QQ', /two capital letters/],
  ['defaultCountry', 55, /must be text/],
  ['seats', { extension: '1001' }, /but is a group/],
  ['seats', Array.from({ length: 501 }, () => SEAT), /501 entries/],
];

test.each(REFUSED)('udesk.%s may not be %j', (key, value, problem) => {
  const mistake = onlyMistake(loadUdesk({ ...LEAST, secret: SECRET, [key]: value }));
  expect(mistake.key).toBe(`udesk.${key}`);
  expect(mistake.problem).toMatch(problem);
  expect(formatMistakes([mistake])).not.toContain('hush');
});

test.each<[key: keyof UdeskConfig, value: unknown]>([
  ['baseUrl', 'http://127.0.0.1:8080/ccapi/v2'],
  ['webSocketUrl', 'ws://localhost:8080/agent'],
  ['webSocketUrl', 'ws://[::1]:8080'],
  ['appId', '6F142DDB-47ED-442E-83E7-6D2574D77AA2'],
  ['callIdVariable', 'callid'],
  ['callbackUrl', 'http://127.0.0.1:9095/udesk/callback'],
  ['breakSubState', 2_147_483_647],
  ['callbackListHours', 1],
  ['defaultCountry', 'XK'],
])('udesk.%s may be %j', (key, value) => {
  expect(udeskOf(loadUdesk({ ...LEAST, secret: SECRET, [key]: value }))[key]).toBe(value);
});

test.each([
  ['br', 'the code of Brazil is BR'],
  ['UK', 'the code of United Kingdom is GB'],
])('a country written as %s is refused with the code that it has', (code, remedy) => {
  expect(onlyMistake(loadUdesk({ ...LEAST, defaultCountry: code })).remedy).toBe(remedy);
});

describe('the list of seats', () => {
  const withSeats = (...seats: unknown[]): LoadResult => loadUdesk({ ...LEAST, seats });

  test.each<[what: string, seat: Group, key: string, problem: RegExp]>([
    ['no extension', { agentId: '8001' }, 'extension', /is missing/],
    ['no agent', { extension: '1001' }, 'agentId', /is missing/],
    ['an extension of one digit', { ...SEAT, extension: '1' }, 'extension', /2 to 20 digits/],
    ['an extension that is no number', { ...SEAT, extension: 'ana' }, 'extension', /2 to 20 digits/],
    ['an extension without quotes', { ...SEAT, extension: 1001 }, 'extension', /is a number/],
    ['an agent with the application behind', { ...SEAT, agentId: '8001@6f14' }, 'agentId', /1 to 32 digits/],
    ['an agent of 33 digits', { ...SEAT, agentId: '7'.repeat(33) }, 'agentId', /1 to 32 digits/],
    ['a key that no seat has', { ...SEAT, workId: '1' }, 'workId', /not a known key/],
  ])('is refused where one has %s', (_what, seat, key, problem) => {
    const mistake = onlyMistake(withSeats({ extension: '1002', agentId: '8002' }, seat));
    expect(mistake.key).toBe(`udesk.seats[1].${key}`);
    expect(mistake.problem).toMatch(problem);
  });

  test.each([
    ['extension', { extension: '1001', agentId: '8002' }],
    ['agentId', { extension: '1002', agentId: '8001' }],
  ])('is refused where two share one %s', (key, second) => {
    expect(onlyMistake(withSeats(SEAT, second))).toEqual({
      key: `udesk.seats[1].${key}`,
      problem: 'is the same as that of udesk.seats[0]',
      remedy: 'give every seat its own',
    });
  });

  test('is refused where an entry is no seat at all, and how one is written is said', () => {
    expect(onlyMistake(withSeats(SEAT, '1002'))).toMatchObject({
      key: 'udesk.seats[1]',
      remedy: 'write extension and agentId below one dash, each with a colon and a blank',
    });
  });

  test('takes an agent of 32 digits, the longest that Udesk has', () => {
    const agentId = '7'.repeat(32);
    expect(udeskOf(withSeats({ ...SEAT, agentId })).seats).toMatchObject([{ agentId }]);
  });

  test('takes five hundred', () => {
    const seats = Array.from({ length: 500 }, (_, n) => ({ extension: `${1000 + n}`, agentId: `${n}` }));
    expect(udeskOf(withSeats(...seats)).seats).toHaveLength(500);
  });

  test('that is wrong from end to end does not bury what is wrong elsewhere', () => {
    const seats = Array.from({ length: 500 }, (_, n) => ({ extension: 1000 + n, agentId: n }));
    const mistakes = mistakesOf(loadUdesk({ ...LEAST, sid: '', seats }));
    expect(mistakes).toHaveLength(22);
    expect(mistakes.slice(20)).toMatchObject([
      { key: 'udesk.seats', problem: 'has 980 more mistakes like these' },
      { key: 'udesk.sid' },
    ]);
  });
});
