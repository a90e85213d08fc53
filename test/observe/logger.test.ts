import { expect, test } from 'vitest';
import type { LoggerOptions } from '../../src/observe/logger.ts';
import { createLogger } from '../../src/observe/logger.ts';
import type { Log } from '../../src/ports/log.ts';

const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';
const SECRET = `a"b\\c/d e+f&ç'(!)`;
const formats = ['json', 'pretty'] as const;

/** What a log would have written, at the moment each call returned. */
function logging(options: Partial<LoggerOptions>, use: (log: Log) => void): string {
  const written: string[] = [];
  const usual = { level: 'debug', format: 'json', withPriority: false, phoneNumbers: 'masked' } as const;
  const all = { ...usual, secrets: [TOKEN, SECRET] };
  use(createLogger({ ...all, ...options }, { write: (line) => written.push(line) }));
  return written.join('');
}

test('a fact is one line of JSON with its level, its time and its message', () => {
  const line = logging({}, (log) => log.info({ callId: 'pbx1-1', waitedMs: 5 }, 'offer answered'));
  expect(line.endsWith('\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    callId: 'pbx1-1',
    waitedMs: 5,
    msg: 'offer answered',
  });
});

test.each(formats)('a line is written when the call returns, in %s', (format) => {
  const seen: number[] = [];
  const written: string[] = [];
  const options = {
    level: 'info',
    format,
    withPriority: false,
    phoneNumbers: 'masked',
    secrets: [],
  } as const;
  const log = createLogger(options, { write: (line) => written.push(line) });
  for (const n of [1, 2, 3]) {
    log.info({ n }, 'fact');
    seen.push(written.length);
  }
  expect(seen).toEqual([1, 2, 3]);
});

test('only what is as loud as configured is written', () => {
  const lines = logging({ level: 'warn' }, (log) => {
    log.debug({}, 'debug');
    log.info({}, 'info');
    log.warn({}, 'warn');
    log.error({}, 'error');
  });
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg),
  ).toEqual(['warn', 'error']);
});

test.each(formats)('a phone number shows its last four digits, in %s', (format) => {
  const line = logging({ format }, (log) => log.info({ clientNumber: '+5547999991234' }, 'caller entered'));
  expect(line).toContain('**********1234');
  expect(line).not.toContain('5547');
});

test('a phone number is whole where the operator wants it', () => {
  const line = logging({ phoneNumbers: 'full' }, (log) => log.info({ clientNumber: '+5547999991234' }, 'x'));
  expect(JSON.parse(line).clientNumber).toBe('+5547999991234');
});

test.each([
  ['1234', '****'],
  ['12', '**'],
  ['', ''],
  ['12345', '*2345'],
])('the number %o is shown as %o', (clientNumber, shown) => {
  const line = logging({}, (log) => log.info({ clientNumber }, 'x'));
  expect(JSON.parse(line).clientNumber).toBe(shown);
});

const hidingPlaces: readonly [string, (log: Log, secret: string) => void][] = [
  ['a field', (log, secret) => log.info({ token: secret }, 'x')],
  ['the message', (log, secret) => log.info({}, `x ${secret}`)],
  ['a field deep down', (log, secret) => log.info({ a: { b: [{ c: `x${secret}y` }] } }, 'x')],
  ['the name of a field', (log, secret) => log.info({ [secret]: 1 }, 'x')],
  ['an error', (log, secret) => log.error({ err: new Error(`no ${secret}`) }, 'x')],
  [
    'the cause of an error',
    (log, secret) => log.error({ err: new Error('x', { cause: new Error(`no ${secret}`) }) }, 'x'),
  ],
  [
    'what hangs on an error',
    (log, secret) => log.error({ err: Object.assign(new Error('x'), { request: { body: secret } }) }, 'x'),
  ],
  ['a URL', (log, secret) => log.info({ url: `https://x/?token=${encodeURIComponent(secret)}&id=1` }, 'x')],
  ['a query', (log, secret) => log.info({ url: `https://x/?${new URLSearchParams({ secret })}` }, 'x')],
  ['JSON in a field', (log, secret) => log.info({ body: JSON.stringify({ secret }) }, 'x')],
];

test.each(formats.flatMap((format) => hidingPlaces.map(([place, use]) => [format, place, use] as const)))(
  'in %s no secret gets out of %s',
  (format, _place, use) => {
    for (const secret of [TOKEN, SECRET]) {
      const line = logging({ format }, (log) => use(log, secret));
      expect(line).toContain('********');
      for (const shape of shapesOf(secret)) expect(line).not.toContain(shape);
    }
  },
);

test('a secret that begins like another is hidden whole', () => {
  const line = logging({ secrets: ['geheim', 'geheimnis'] }, (log) => log.info({ a: 'geheimnis' }, 'x'));
  expect(JSON.parse(line).a).toBe('********');
});

test('a secret that was never set hides nothing', () => {
  const line = logging({ secrets: [''] }, (log) => log.info({ a: 'b' }, 'x'));
  expect(JSON.parse(line)).toMatchObject({ a: 'b', msg: 'x' });
});

test.each(formats)('in %s a hostile name cannot begin a line of its own', (format) => {
  const name = 'x\r\n{"level":"error","msg":"forged"}\u2028\u2029\u0085\u001b[2J';
  const line = logging({ format }, (log) => log.info({ name, nested: { name } }, 'caller entered'));
  expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
  expect(line.endsWith('\n')).toBe(true);
  expect(line).not.toContain('\u001b');
});

test('in pretty an error is one line, too, with its stack', () => {
  const error = new Error('first\nsecond');
  const line = logging({ format: 'pretty' }, (log) => log.error({ err: error }, 'cannot go on'));
  expect(line.trimEnd().split('\n')).toHaveLength(1);
  expect(line).toContain('logger.test.ts');
});

test('in pretty a transition reads as a sentence: who, from where, to where, on what', () => {
  const facts = { callId: 'pbx1-1', from: 'waiting', input: 'agent-named', to: 'offered', extension: '1001' };
  const line = logging({ format: 'pretty' }, (log) => log.info(facts, 'call'));
  expect(line).toContain('pbx1-1 waiting → offered on agent-named');
  expect(line).toContain('1001');
});

/** The secret as it stands, and as it stands in a URL, in a query and in JSON. */
function shapesOf(secret: string): readonly string[] {
  const query = new URLSearchParams({ s: secret }).toString().slice('s='.length);
  return [secret, encodeURIComponent(secret), query, JSON.stringify(secret).slice(1, -1)];
}

test("under systemd's journal each line begins with its priority, and the rest is the same JSON", () => {
  const lines = logging({ withPriority: true }, (log) => {
    log.error({}, 'somebody must act');
    log.warn({ token: TOKEN }, 'hurt but healing');
    log.info({}, 'a fact');
    log.debug({}, 'the wire');
  });
  const told = lines
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, 3), JSON.parse(line.slice(3)).msg]);
  expect(told).toEqual([
    ['<3>', 'somebody must act'],
    ['<4>', 'hurt but healing'],
    ['<6>', 'a fact'],
    ['<7>', 'the wire'],
  ]);
  expect(lines).not.toContain(TOKEN);
});
