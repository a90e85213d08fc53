import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askAnswerFrom,
  movideskCallOf,
  receivedCallOf,
  utcDate,
} from '../../../src/adapters/movidesk/translate.ts';
import {
  aReceivedCall,
  canceled,
  completed,
  lost,
  madeCallLink,
  repairedLink,
  transfered,
} from './builders.ts';

const answerFrom = (body: string) => askAnswerFrom(body, (text) => text);

describe('what Movidesk is told', () => {
  test('a new caller is announced with queue, number, id and the date in UTC', () => {
    expect(receivedCallOf(aReceivedCall(), 'seconds')).toEqual({
      operation: 'asterisk_receivedCall',
      query: {
        queueId: '1',
        clientNumber: '+554733990777',
        id: 'pbx1-1700000000.7',
        callDate: '2018-05-01T12:00:00',
      },
    });
  });

  test.each([
    [transfered, 'asterisk_transferedCall', { branchLine: '1001', transferDate: '2018-05-01T12:00:00' }],
    [
      completed,
      'asterisk_completedCall',
      { link: 'https://pbx.example.com/recordings/a b.wav?x=1&y=2', completedDate: '2018-05-01T12:00:00' },
    ],
    [lost, 'asterisk_lostCall', { link: undefined, completedDate: '2018-05-01T12:00:00' }],
    [canceled, 'asterisk_canceledCall', { canceledDate: '2018-05-01T12:00:00' }],
    [madeCallLink, 'setMadeCallLink', { Link: 'https://pbx.example.com/made.wav' }],
    [repairedLink, 'setMadeCallLink', { Link: 'https://pbx.example.com/2026/moved.wav' }],
  ])('a $kind report becomes its operation', (report, operation, query) => {
    const expected = { operation, query: { id: 'pbx1-1700000000.7', ...query } };
    expect(movideskCallOf(report, 'seconds')).toStrictEqual(expected);
  });

  test('dates are zero-padded, in UTC, and cut to what the operator chose', () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 59, 999);
    expect(utcDate(at, 'seconds')).toBe('2026-01-02T03:04:59');
    expect(utcDate(at, 'minutes')).toBe('2026-01-02T03:04');
  });
});

describe('what Movidesk answers', () => {
  test.each([
    '"5252"',
    '5252',
    ' 5252\r\n',
    '"5252 Maria"',
    '5252 Maria da Silva',
    '" 5252\\tMaria"',
    '\uFEFF"5252"',
    '{"branchLine":"5252"}',
    '{"branchLine":5252,"name":"Maria"}',
    '{"extension":"5252 Maria","statusCode":200,"message":"10 left"}',
  ])('%s names the extension 5252', (body) => {
    expect(answerFrom(body)).toEqual({ kind: 'extension', extension: '5252' });
  });

  test('an extension keeps its leading zero, quoted or not', () => {
    expect(answerFrom('"0042"')).toEqual({ kind: 'extension', extension: '0042' });
    expect(answerFrom('0042')).toEqual({ kind: 'extension', extension: '0042' });
  });

  test('an extension of twenty digits is not rounded', () => {
    const digits = '12345678901234567891';
    expect(answerFrom(digits)).toEqual({ kind: 'extension', extension: digits });
  });

  test.each([
    ['0', 'holiday'],
    ['1', 'closed'],
    ['2', 'nobody'],
    ['3', 'nobody-on-phone'],
    ['4', 'all-busy'],
  ])('code %s means %s, in every dress', (code, kind) => {
    for (const body of [
      `"${code}"`,
      code,
      `${code}\n`,
      `\uFEFF${code}`,
      `{"code":${code}}`,
      `{"code":"${code}"}`,
    ]) {
      expect(answerFrom(body)).toEqual({ kind });
    }
  });

  test.each([
    '',
    '""',
    '5',
    '"9"',
    '-3',
    '42.5',
    '1e3',
    'null',
    'true',
    '[]',
    '["5252"]',
    '{}',
    '{"status":200}',
    '{"code":3,"branchLine":"5252"}',
    '{"data":{"branchLine":"5252"}}',
    '<html>502</html>',
    '"52a"',
    '"x5252\\r\\nAction: Originate"',
    '"٥٢٥٢"',
    '"123456789012345678901"',
  ])('%s is unknown, and kept for the log', (body) => {
    expect(answerFrom(body)).toEqual({ kind: 'unknown', body });
  });

  test('no body whatever breaks the parser, and an extension is always digits', () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string({ unit: fc.constantFrom(...'0123456789" \t\r\n{}:,\uFEFFaé') }),
      fc.record({ branchLine: fc.oneof(fc.integer(), fc.string()) }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const answer = answerFrom(body);
        if (answer.kind === 'extension') expect(answer.extension).toMatch(/^[0-9]{2,20}$/);
        if (answer.kind === 'unknown') expect(answer.body).toBe(body);
      }),
      { numRuns: 2_000 },
    );
  });

  test('an extension is found in every dress, whatever name follows it', () => {
    const extension = fc.stringMatching(/^[0-9]{2,15}$/);
    const name = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(extension, name, (digits, follows) => {
        const expected = { kind: 'extension', extension: digits };
        const named = `${digits} ${follows}`;
        for (const body of [JSON.stringify(named), `\uFEFF ${JSON.stringify(named)}\r\n`, digits]) {
          expect(answerFrom(body)).toEqual(expected);
        }
        expect(answerFrom(JSON.stringify({ branchLine: named }))).toEqual(expected);
      }),
    );
  });
});
