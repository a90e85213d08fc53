import { describe, expect, it } from 'vitest';
import { callIdOf, extensionFrom, uniqueidFrom } from '../../src/domain/identity.ts';

describe('an extension from the help desk', () => {
  it.each(['10', '1001', '01', '12345678901234567890'])('may be %s', (text) => {
    expect(extensionFrom(text)).toBe(text);
  });

  it.each([
    '',
    '4',
    '123456789012345678901',
    '1001 ',
    '10\n',
    '1001\r\nAction: Originate',
    '+5511',
    '١٢',
    '1e3',
  ])('may not be %j: it goes into a command to the PBX', (text) => {
    expect(extensionFrom(text)).toBeUndefined();
  });
});

describe('the id of a visit', () => {
  const uniqueid = uniqueidFrom('1795361570.12');

  it('is numbered from the second visit of the same channel on', () => {
    expect([1, 2, 3].map((visit) => callIdOf('pbx1', uniqueid, visit))).toEqual([
      'pbx1-1795361570.12',
      'pbx1-1795361570.12-2',
      'pbx1-1795361570.12-3',
    ]);
  });
});
