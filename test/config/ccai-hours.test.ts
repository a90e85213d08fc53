import { describe, expect, test } from 'vitest';
import { hoursOf, type OpeningHours } from '../../src/domain/call-back/opening-hours.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import { ccaiOf, LEAST, loadWithSales } from './ccai-builder.ts';
import { fileWith, load, onlyMistake } from './config-builder.ts';

const WEEK = {
  monday: '08:00-18:00',
  tuesday: '08:00-18:00',
  wednesday: '08:00-18:00',
  thursday: '08:00-18:00',
  friday: '08:00-18:00',
};
const OFFICE_DAY = [{ fromMinute: 480, untilMinute: 1080 }];

type Entry = Readonly<Record<string, unknown>>;

const withHours = (...openingHours: readonly Entry[]) => loadWithSales({ ...LEAST, openingHours });

function hoursIn(queue: string, ...entries: readonly Entry[]): OpeningHours | undefined {
  return hoursOf(ccaiOf(withHours(...entries)).openingHours, queueNameFrom(queue));
}

test('hours are read with all that they say', () => {
  const entry = {
    ...WEEK,
    queue: ['support', 'sales'],
    timeZone: 'America/Manaus',
    monday: ['13:30-18:00', '08:00-12:00'],
    saturday: ['00:00-06:00', '22:00-24:00'],
    sunday: 'closed',
    holidays: ['12-25', '2027-03-26', '02-29'],
  };
  expect(hoursIn('sales', entry)).toEqual({
    timeZone: 'America/Manaus',
    week: [
      [
        { fromMinute: 810, untilMinute: 1080 },
        { fromMinute: 480, untilMinute: 720 },
      ],
      ...[OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY],
      [
        { fromMinute: 0, untilMinute: 360 },
        { fromMinute: 1320, untilMinute: 1440 },
      ],
      [],
    ],
    holidays: [
      { year: undefined, month: 12, day: 25 },
      { year: 2027, month: 3, day: 26 },
      { year: undefined, month: 2, day: 29 },
    ],
  });
});

test('what is not said is the zone of Brazil, and a weekend without work', () => {
  expect(hoursIn('support', WEEK)).toMatchObject({ timeZone: 'America/Sao_Paulo', holidays: [] });
  expect(hoursIn('support', WEEK)?.week.slice(5)).toEqual([[], []]);
});

describe('whose hours are whose', () => {
  const sales = { ...WEEK, queue: 'sales', timeZone: 'America/Manaus' };

  test('an entry without a queue is for all that have none of their own', () => {
    expect(hoursIn('support', WEEK, sales)?.timeZone).toBe('America/Sao_Paulo');
    expect(hoursIn('sales', WEEK, sales)?.timeZone).toBe('America/Manaus');
    expect(hoursIn('sales', sales, { ...WEEK, queue: '' })?.timeZone).toBe('America/Manaus');
  });

  test('a queue that no entry means has none', () => {
    expect(hoursIn('support', sales)).toBeUndefined();
  });

  test('an entry for a queue that nobody knows is refused', () => {
    expect(onlyMistake(withHours({ ...WEEK, queue: 'slaes' }))).toEqual({
      key: 'ccai.openingHours[0].queue',
      problem: 'names slaes, which is none of queues',
      remedy: 'the nearest known one is sales',
    });
  });

  test('an entry without a queue is also for one that was renamed or removed while a call is owed', () => {
    expect(hoursIn('gone', WEEK, sales)?.timeZone).toBe('America/Sao_Paulo');
    expect(hoursIn('gone', sales)).toBeUndefined();
  });

  test('an entry for all others is refused where there are none', () => {
    const support = { ...WEEK, queue: 'support' };
    expect(onlyMistake(withHours(sales, support, WEEK))).toEqual({
      key: 'ccai.openingHours[2]',
      problem: 'has no effect: it is for queues without an entry of their own, and each of queues has one',
      remedy: 'remove the entry',
    });
  });

  test('an entry for all others is not spoken of where the list of queues itself is refused', () => {
    const ccai = { ...LEAST, openingHours: [WEEK] };
    expect(onlyMistake(load({ yaml: fileWith({ queues: [], ccai }) })).key).toBe('queues');
  });

  test('two entries for one queue are refused', () => {
    expect(onlyMistake(withHours(sales, { ...WEEK, queue: ['support', 'sales'] }))).toEqual({
      key: 'ccai.openingHours[1].queue',
      problem: 'names sales, and so does that of ccai.openingHours[0]',
      remedy: 'write the hours of a queue once',
    });
  });

  test('two entries for all others are refused', () => {
    expect(onlyMistake(withHours(WEEK, sales, WEEK)).problem).toBe(
      'is empty, and so is that of ccai.openingHours[0]',
    );
  });
});

const REFUSED: readonly (readonly [key: string, value: unknown, problem: RegExp])[] = [
  ['monday', undefined, /is missing/],
  ['friday', null, /is missing/],
  ['monday', '', /must be closed, or a span/],
  ['monday', '8-18', /must be closed, or a span/],
  ['monday', '8:00-18:00', /must be closed, or a span/],
  ['monday', '08:00–18:00', /must be closed, or a span/],
  ['monday', '08:00-25:00', /must be closed, or a span/],
  ['monday', '08:00-24:01', /must be closed, or a span/],
  ['monday', '24:00-24:00', /must be closed, or a span/],
  ['monday', '08:60-09:00', /must be closed, or a span/],
  ['monday', 'open', /must be closed, or a span/],
  ['monday', 480, /must be text/],
  ['monday', [], /empty list/],
  ['monday', '22:00-06:00', /must end after it has begun/],
  ['monday', '08:00-08:00', /must end after it has begun/],
  ['monday', ['08:00-12:00', '18:00-13:00'], /place 2 that must end after it has begun/],
  ['monday', ['08:00-12:00', '11:59-18:00'], /overlap/],
  ['monday', ['08:00-18:00', '09:00-10:00', '19:00-20:00'], /overlap/],
  ['monday', ['08:00-12:00', '08:00-12:00'], /twice/],
  ['monday', ['closed', '08:00-12:00'], /is closed and has spans/],
  ['monday', Array.from({ length: 9 }, (_, n) => `0${n}:00-0${n}:30`), /9 entries/],
  ['timeZone', 'America/SaoPaulo', /IANA name/],
  ['timeZone', '-03:00', /IANA name/],
  ['holidays', '12-25', /list of at most 200/],
  ['holidays', ['12-25', '25/12'], /place 2 that is no day/],
  ['holidays', ['02-30'], /place 1/],
  ['holidays', ['2027-02-29'], /place 1/],
  ['holidays', ['13-01'], /place 1/],
  ['holidays', ['00-10'], /place 1/],
  ['holidays', [1225], /place 1/],
  ['queue', ['support', 'h'], /place 2/],
  ['sonday', '08:00-12:00', /not a known key/],
];

test.each(REFUSED)('hours whose %s is %j are refused', (key, value, problem) => {
  const mistake = onlyMistake(withHours({ ...WEEK, [key]: value }));
  expect(mistake.key).toBe(`ccai.openingHours[0].${key}`);
  expect(mistake.problem).toMatch(problem);
});

test('whoever writes a span over midnight is told how to write it', () => {
  const { remedy } = onlyMistake(withHours({ ...WEEK, friday: '22:00-06:00' }));
  expect(remedy).toContain('let it end at 24:00');
  const night = { ...WEEK, friday: '22:00-24:00', saturday: '00:00-06:00' };
  expect(hoursIn('support', night)?.week[5]).toEqual([{ fromMinute: 0, untilMinute: 360 }]);
});

test('spans that touch do not overlap', () => {
  const monday = ['12:00-18:00', '08:00-12:00'];
  expect(hoursIn('support', { ...WEEK, monday })?.week[0]).toHaveLength(2);
});

test('hours of a queue that never opens are refused', () => {
  const closed = {
    monday: 'closed',
    tuesday: 'closed',
    wednesday: 'closed',
    thursday: 'closed',
    friday: ['closed'],
  };
  expect(onlyMistake(withHours(closed))).toMatchObject({
    key: 'ccai.openingHours[0]',
    problem: 'is closed on every day',
  });
});

describe('hours of a queue that never closes', () => {
  const days = [...Object.keys(WEEK), 'saturday', 'sunday'];
  const always = Object.fromEntries(days.map((day) => [day, ['12:00-24:00', '00:00-12:00']]));

  test('are refused, for it never opens either', () => {
    expect(onlyMistake(withHours(always))).toMatchObject({
      key: 'ccai.openingHours[0]',
      problem: expect.stringContaining('is never closed'),
    });
  });

  test('but on holidays, or for a minute, are taken', () => {
    expect(hoursIn('support', { ...always, holidays: ['12-25'] })).toBeDefined();
    expect(hoursIn('support', { ...always, sunday: '00:00-23:59' })).toBeDefined();
  });
});
