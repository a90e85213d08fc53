import { describe, expect, test } from 'vitest';
import { dialableNumber, hearingVerdictOn, verdictOn } from '../../../src/domain/made-call/wish.ts';

const RULES = { extensions: ['1001', '1100-1149'], allowedPrefixes: ['01', '04', '08', '+55'] };
const wish = (source: string | undefined, destination: string | undefined) => ({ source, destination });

describe('whom an agent may call', () => {
  test.each([
    ['1001', '0 (47) 99999-0000', '047999990000'],
    ['1100', '+55 47 99999/0000', '+5547999990000'],
    ['1149', '0.800.123', '0800123'],
  ])('%s may call %s', (source, destination, number) => {
    expect(verdictOn(wish(source, destination), RULES)).toEqual({ ok: true, agent: source, number });
  });

  test.each([
    [undefined, '0123', 'no-source'],
    ['', '0123', 'no-source'],
    ['1001', undefined, 'no-destination'],
    ['1001', '', 'no-destination'],
    ['1', '0123', 'no-extension'],
    ['agent', '0123', 'no-extension'],
    ['1001', 'Ana', 'not-dialable'],
    ['1150', '0123', 'unknown-extension'],
    ['11000', '0123', 'unknown-extension'],
    ['110', '0123', 'unknown-extension'],
    ['1001', '0014155550100', 'forbidden-number'],
    ['1001', '14155550100', 'forbidden-number'],
    ['1001', '+14155550100', 'forbidden-number'],
  ])('%s may not call %s: %s', (source, destination, why) => {
    expect(verdictOn(wish(source, destination), RULES)).toEqual({ ok: false, why });
  });

  test('without prefixes any number that can be dialled may be', () => {
    expect(verdictOn(wish('1001', '190'), { ...RULES, allowedPrefixes: [] })).toMatchObject({ ok: true });
  });
});

test.each([
  ...['*21*5511', '5511#', '55&PJSIP', '55^1', '55|1', '55,1', '55@x', '55;x', '55\n11', '55\r11', '55\0'],
  ...[
    '$',
    '{EXTEN}',
    '٠١٢٣',
    '０１２３',
    '++5511',
    '55+11',
    '12',
    '5'.repeat(21),
    ' '.repeat(70),
    '5\u00a05555',
  ],
])('%j cannot be dialled', (text) => {
  expect(dialableNumber(text)).toBeUndefined();
});

test('a supervisor hears whom they may, and nobody else', () => {
  const rules = { supervisors: ['1900'], extensions: ['1001'] };
  const verdict = (source: string, destination: string) => hearingVerdictOn({ source, destination }, rules);
  expect(verdict('1900', '1001')).toEqual({ ok: true, supervisor: '1900', agent: '1001' });
  expect(verdict('1001', '1001')).toEqual({ ok: false, why: 'unknown-extension' });
  expect(verdict('1900', '1002')).toEqual({ ok: false, why: 'forbidden-number' });
  expect(verdict('1900', '1001&x')).toEqual({ ok: false, why: 'not-dialable' });
  expect(verdict('', '1001')).toEqual({ ok: false, why: 'no-source' });
  expect(verdict('1900', '')).toEqual({ ok: false, why: 'no-destination' });
  expect(verdict('x', '1001')).toEqual({ ok: false, why: 'no-extension' });
});
