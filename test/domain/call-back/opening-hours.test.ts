import { describe, expect, it } from 'vitest';
import { hoursOf, isOpen, nextOpening } from '../../../src/domain/call-back/opening-hours.ts';
import { daily, hoursOpen } from './some-hours.ts';
import { SALES, SUPPORT } from './some-rules.ts';

/** Written with its offset, so that a test does not lean on what it tests. */
const at = (text: string): number => Date.parse(text);
const opening = (hours: ReturnType<typeof hoursOpen>, from: string): string | undefined => {
  const found = nextOpening(hours, at(from));
  return found === undefined ? undefined : new Date(found).toISOString();
};
const instant = (text: string): string => new Date(at(text)).toISOString();

const OFFICE = hoursOpen([
  ['08:00-12:00', '13:00-18:00'],
  ['08:00-12:00', '13:00-18:00'],
  ['08:00-12:00', '13:00-18:00'],
  ['08:00-12:00', '13:00-18:00'],
  ['08:00-12:00', '13:00-17:00'],
  ['09:00-12:00'],
  [],
]);

describe('a queue with hours', () => {
  it.each([
    ['Monday, as it opens', '2026-11-23T08:00:00-03:00', true],
    ['Monday, just before', '2026-11-23T07:59:59.999-03:00', false],
    ['Monday at noon', '2026-11-23T12:00:00-03:00', false],
    ['Monday, just before noon', '2026-11-23T11:59:59.999-03:00', true],
    ['Friday at five', '2026-11-27T17:00:00-03:00', false],
    ['Thursday at five', '2026-11-26T17:00:00-03:00', true],
    ['Saturday morning', '2026-11-28T10:00:00-03:00', true],
    ['Sunday morning', '2026-11-29T10:00:00-03:00', false],
    ['the morning of another zone', '2026-11-23T08:00:00Z', false],
  ])('is, on %s, open: %s %s', (_when, when, open) => {
    expect(isOpen(OFFICE, at(when))).toBe(open);
  });

  it.each([
    ['before the day', '2026-11-23T03:00:00-03:00', '2026-11-23T08:00:00-03:00'],
    ['over lunch', '2026-11-23T12:30:00-03:00', '2026-11-23T13:00:00-03:00'],
    ['after the day', '2026-11-23T20:00:00-03:00', '2026-11-24T08:00:00-03:00'],
    ['on Friday evening', '2026-11-27T17:00:00-03:00', '2026-11-28T09:00:00-03:00'],
    ['over the end of the week', '2026-11-28T12:00:00-03:00', '2026-11-30T08:00:00-03:00'],
    ['while it is open', '2026-11-23T09:00:00-03:00', '2026-11-23T13:00:00-03:00'],
    ['at the instant it opens', '2026-11-23T08:00:00-03:00', '2026-11-23T13:00:00-03:00'],
    ['just before', '2026-11-23T07:59:59.999-03:00', '2026-11-23T08:00:00-03:00'],
  ])('opens next, %s', (_when, from, opens) => {
    expect(opening(OFFICE, from)).toBe(instant(opens));
  });

  it('is asked by its own name', () => {
    const all = [{ queue: SUPPORT, hours: OFFICE }];
    expect(hoursOf(all, SUPPORT)).toBe(OFFICE);
    expect(hoursOf(all, SALES)).toBeUndefined();
  });

  it('of its own is not that of all others, which is for whoever has none', () => {
    const rest = daily('America/Sao_Paulo', '10:00-11:00');
    const all = [
      { queue: undefined, hours: rest },
      { queue: SUPPORT, hours: OFFICE },
    ];
    expect(hoursOf(all, SUPPORT)).toBe(OFFICE);
    expect(hoursOf(all, SALES)).toBe(rest);
  });
});

describe('holidays', () => {
  const hours = hoursOpen('08:00-18:00', { holidays: ['12-24', '12-25', '2026-12-28', '01-01'] });

  it('in a row, with a Sunday among them, are all passed over', () => {
    expect(opening(hours, '2026-12-23T18:00:00-03:00')).toBe(instant('2026-12-29T08:00:00-03:00'));
  });

  it('of one year do not come back in the next, those of every year do', () => {
    expect(isOpen(hours, at('2026-12-28T10:00:00-03:00'))).toBe(false);
    expect(isOpen(hours, at('2027-12-28T10:00:00-03:00'))).toBe(true);
    expect(isOpen(hours, at('2030-12-25T10:00:00-03:00'))).toBe(false);
  });

  it('are those of the queue’s own zone', () => {
    expect(isOpen(daily('Asia/Tokyo', '00:00-24:00'), at('2026-12-24T20:00:00Z'))).toBe(true);
    const closed = { ...daily('Asia/Tokyo', '00:00-24:00'), holidays: [{ year: 2026, month: 12, day: 25 }] };
    expect(isOpen(closed, at('2026-12-24T20:00:00Z'))).toBe(false);
    expect(opening(closed, '2026-12-24T20:00:00Z')).toBe('2026-12-25T15:00:00.000Z');
  });

  it('that never end leave a queue that never opens', () => {
    const months = Array.from({ length: 12 }, (_, month) => month + 1);
    const days = Array.from({ length: 31 }, (_, day) => day + 1);
    const always = months.flatMap((month) => days.map((day) => ({ year: undefined, month, day })));
    const shut = { ...OFFICE, holidays: always };
    expect(opening(shut, '2026-11-23T12:30:00-03:00')).toBeUndefined();
  });
});

describe('a queue that does not open', () => {
  const never = Array.from({ length: 7 }, () => []);

  it('on any day has no next opening', () => {
    expect(opening(hoursOpen(never), '2026-11-23T12:30:00-03:00')).toBeUndefined();
    expect(isOpen(hoursOpen(never), at('2026-11-23T12:30:00-03:00'))).toBe(false);
  });

  it('because it never closes has none either', () => {
    expect(opening(daily('America/New_York', '00:00-24:00'), '2026-03-06T12:00:00Z')).toBeUndefined();
  });
});

describe('a queue that opens at last', () => {
  const july = Array.from({ length: 31 }, (_, day) => `07-${String(day + 1).padStart(2, '0')}`);

  it('after a month of holidays is waited for', () => {
    const hours = hoursOpen('08:00-18:00', { holidays: july.slice(1) });
    expect(opening(hours, '2026-07-01T18:00:00-03:00')).toBe(instant('2026-08-03T08:00:00-03:00'));
  });

  it('after half a year, because it does not close before, is not', () => {
    const always = {
      ...daily('America/Sao_Paulo', '00:00-24:00'),
      holidays: [{ year: undefined, month: 12, day: 25 }],
    };
    expect(opening(always, '2026-06-25T12:00:00-03:00')).toBeUndefined();
    expect(opening(always, '2026-12-20T12:00:00-03:00')).toBe(instant('2026-12-26T00:00:00-03:00'));
  });
});

describe('midnight between two spans', () => {
  const night = daily('America/Sao_Paulo', '00:00-06:00', '22:00-24:00');

  it('is no opening', () => {
    expect(isOpen(night, at('2026-11-23T23:59:59.999-03:00'))).toBe(true);
    expect(isOpen(night, at('2026-11-24T00:00:00-03:00'))).toBe(true);
    expect(opening(night, '2026-11-23T23:00:00-03:00')).toBe(instant('2026-11-24T22:00:00-03:00'));
  });

  it('is one after a holiday', () => {
    const shut = { ...night, holidays: [{ year: 2026, month: 11, day: 23 }] };
    expect(opening(shut, '2026-11-23T12:00:00-03:00')).toBe(instant('2026-11-24T00:00:00-03:00'));
  });
});

// The clocks of New York skip from 02:00 to 03:00 on 8 March 2026, and repeat 01:00 to 02:00 on 1 November 2026.
describe('where the clocks are put forward', () => {
  it.each([
    [
      'an office opens at its own time, an hour sooner than the day before',
      '08:00-17:00',
      '2026-03-08T12:00Z',
    ],
    ['hours that begin in what is skipped begin where the clock goes on', '02:30-05:00', '2026-03-08T07:00Z'],
    ['hours that are skipped whole are not kept that day', '02:15-02:45', '2026-03-09T06:15Z'],
    ['hours that began before go on', '01:00-05:00', '2026-03-08T06:00Z'],
  ])('%s', (_what, hours, opens) => {
    expect(opening(daily('America/New_York', hours), '2026-03-08T05:30:00Z')).toBe(instant(opens));
  });

  it('at midnight, the day begins at one', () => {
    const hours = daily('Asia/Beirut', '00:45-02:00');
    expect(opening(hours, '2026-03-28T21:00:00Z')).toBe('2026-03-28T22:00:00.000Z');
  });
});

it('on the day whose midnight was skipped, the next week is not overlooked', () => {
  const hours = hoursOpen([[], [], [], [], [], ['00:00-23:15'], []], { timeZone: 'Asia/Beirut' });
  expect(opening(hours, '2012-03-25T07:28:00Z')).toBe('2012-03-30T21:00:00.000Z');
});

describe('where the clocks are put back', () => {
  it('an office opens at its own time, an hour later than the day before', () => {
    const hours = daily('America/New_York', '08:00-17:00');
    expect(opening(hours, '2026-10-31T22:00:00Z')).toBe('2026-11-01T13:00:00.000Z');
  });

  it('hours that come twice are kept twice', () => {
    const hours = daily('America/New_York', '01:15-01:45');
    const first = opening(hours, '2026-11-01T04:00:00Z');
    expect(first).toBe('2026-11-01T05:15:00.000Z');
    expect(opening(hours, first ?? '')).toBe('2026-11-01T06:15:00.000Z');
    expect(opening(hours, '2026-11-01T06:15:00Z')).toBe('2026-11-02T06:15:00.000Z');
  });

  it('hours whose end alone comes twice open again with the clock', () => {
    const hours = daily('America/New_York', '00:30-01:10');
    expect(opening(hours, '2026-11-01T05:30:00Z')).toBe('2026-11-01T06:00:00.000Z');
  });
});

// Until 2011 those of Newfoundland went back from 00:01 to 23:01 of the day before.
it('where an evening comes again after midnight, the midnight before it is not overlooked', () => {
  const hours = daily('America/St_Johns', '00:00-00:30', '23:15-23:20');
  expect(opening(hours, '2010-11-06T23:20:00-02:30')).toBe(instant('2010-11-07T00:00:00-02:30'));
  expect(opening(hours, '2010-11-07T00:00:00-02:30')).toBe(instant('2010-11-06T23:15:00-03:30'));
});

it('a day that a zone has left out is left out', () => {
  const hours = daily('Pacific/Apia', '09:00-17:00');
  expect(opening(hours, '2011-12-30T04:00:00Z')).toBe('2011-12-30T19:00:00.000Z');
});
