import { describe, expect, it } from 'vitest';
import {
  allowanceChangesAt,
  allowedAt,
  highestAllowed,
  lowestAllowed,
} from '../../../src/domain/budget/allowance.ts';
import { hoursIn } from './hours.ts';

const at = (text: string): number => Date.parse(text);
const BUSINESS_HOURS = hoursIn('America/Sao_Paulo', { '00:00': 10, '08:00': 30, '18:00': 10 });

describe('an account that may always start as many', () => {
  it('is allowed them at any time, and that never changes', () => {
    expect(allowedAt(10, at('2026-03-02T12:00:00Z'))).toBe(10);
    expect(allowanceChangesAt(10, at('2026-03-02T12:00:00Z'))).toBeUndefined();
    expect([lowestAllowed(10), highestAllowed(10)]).toEqual([10, 10]);
  });

  it('may write that as a table, too', () => {
    const always = hoursIn('America/Sao_Paulo', { '07:00': 12, '19:00': 12 });
    expect(allowedAt(always, at('2026-03-02T12:00:00Z'))).toBe(12);
    expect(allowanceChangesAt(always, at('2026-03-02T12:00:00Z'))).toBeUndefined();
    expect(allowanceChangesAt(hoursIn('UTC', { '07:00': 12 }), 0)).toBeUndefined();
  });
});

describe('an account that may start more in business hours', () => {
  it.each([
    ['in the night', '2026-03-02T03:00:00Z', 10],
    ['at noon', '2026-03-02T15:00:00Z', 30],
    ['in the evening', '2026-03-02T23:00:00Z', 10],
  ])('is allowed, %s', (_when, instant, allowed) => {
    expect(allowedAt(BUSINESS_HOURS, at(instant))).toBe(allowed);
  });

  it('has more half a minute after they begin, for the help desk’s clock may be late', () => {
    expect(allowedAt(BUSINESS_HOURS, at('2026-03-02T11:00:29.999Z'))).toBe(10);
    expect(allowedAt(BUSINESS_HOURS, at('2026-03-02T11:00:30Z'))).toBe(30);
  });

  it('has less a minute and a half before they end: its clock may be early, and it counts the minute before', () => {
    expect(allowedAt(BUSINESS_HOURS, at('2026-03-02T20:58:29.499Z'))).toBe(30);
    expect(allowedAt(BUSINESS_HOURS, at('2026-03-02T20:58:29.500Z'))).toBe(10);
  });

  it('is told when that will be', () => {
    const changes = [at('2026-03-02T04:00:00Z')];
    for (let n = 0; n < 4; n++)
      changes.push(allowanceChangesAt(BUSINESS_HOURS, changes.at(-1) ?? 0) ?? Number.NaN);
    expect(changes.slice(1).map((instant) => new Date(instant).toISOString())).toEqual([
      '2026-03-02T10:58:29.500Z',
      '2026-03-02T11:00:30.000Z',
      '2026-03-02T20:58:29.500Z',
      '2026-03-02T21:00:30.000Z',
    ]);
  });

  it('says what it has at best and at worst', () => {
    expect([lowestAllowed(BUSINESS_HOURS), highestAllowed(BUSINESS_HOURS)]).toEqual([10, 30]);
  });
});

describe('a table of hours', () => {
  it('that begins in the morning has its last line until then', () => {
    const hours = hoursIn('America/Sao_Paulo', { '08:00': 30, '22:00': 20, '18:00': 10 });
    const allowed = ['03:00', '10:00', '12:00', '22:00'].map((time) =>
      allowedAt(hours, at(`2026-03-02T${time}Z`)),
    );
    expect(allowed).toEqual([20, 20, 30, 10]);
  });

  it('keeps the lowest where lines follow within two minutes', () => {
    const hours = hoursIn('UTC', { '12:00': 30, '12:01': 5, '12:02': 40 });
    const allowed = ['11:58', '12:00', '12:01', '12:02:29', '12:02:30'].map((time) =>
      allowedAt(hours, at(`2026-03-02T${time}Z`)),
    );
    expect(allowed).toEqual([40, 5, 5, 5, 40]);
  });

  it.each([
    ['of Nepal, a quarter to six ahead', 'Asia/Kathmandu', '2026-03-02T02:15:00Z'],
    ['of the Chatham Islands in summer', 'Pacific/Chatham', '2026-01-14T18:15:00Z'],
    ['of the Chatham Islands in winter', 'Pacific/Chatham', '2026-07-14T19:15:00Z'],
    ['of the Marquesas, half past nine behind', 'Pacific/Marquesas', '2026-03-02T17:30:00Z'],
    ['in a zone by its old name', 'Brazil/East', '2026-03-02T11:00:00Z'],
  ])('%s begins at eight o’clock there', (_where, zone, eight) => {
    const hours = hoursIn(zone, { '00:00': 10, '08:00': 30 });
    expect([0, 29_999, 30_000].map((ms) => allowedAt(hours, at(eight) + ms))).toEqual([10, 10, 30]);
    expect(allowanceChangesAt(hours, at(eight))).toBe(at(eight) + 30_000);
  });
});

describe('when clocks are put forward', () => {
  // Brazil, 4 November 2018: after 23:59 comes 01:00, at three o’clock UTC.
  it('a line that begins in the missing hour begins at its end', () => {
    const hours = hoursIn('America/Sao_Paulo', { '00:30': 5, '06:00': 30 });
    expect(allowedAt(hours, at('2018-11-04T02:50:00Z'))).toBe(30);
    expect(allowedAt(hours, at('2018-11-04T03:05:00Z'))).toBe(5);
  });

  it('whoever waits for a line of the day after is woken in time', () => {
    const hours = hoursIn('America/Sao_Paulo', { '06:00': 30, '18:00': 10 });
    let now = at('2018-11-03T21:30:00Z');
    for (let woken = 0; woken < 10 && allowedAt(hours, now) === 10; woken++)
      now = allowanceChangesAt(hours, now) ?? Number.NaN;
    // Six o’clock in summer time.
    expect(new Date(now).toISOString()).toBe('2018-11-04T08:00:30.000Z');
  });
});

describe('when clocks are put back', () => {
  // Brazil, 18 February 2018: after 23:59 comes 23:00 once more, at two o’clock UTC.
  it('a line that begins in the repeated hour begins twice', () => {
    const hours = hoursIn('America/Sao_Paulo', { '08:00': 30, '23:30': 10 });
    const allowed = ['01:20', '01:50', '02:20', '02:50'].map((time) =>
      allowedAt(hours, at(`2018-02-18T${time}Z`)),
    );
    expect(allowed).toEqual([30, 10, 30, 10]);
  });

  it('the lower limit of the hour before holds until half a minute after', () => {
    const hours = hoursIn('America/Sao_Paulo', { '08:00': 30, '23:30': 10 });
    expect(allowedAt(hours, at('2018-02-18T02:00:29.999Z'))).toBe(10);
    expect(allowedAt(hours, at('2018-02-18T02:00:30Z'))).toBe(30);
    expect(allowanceChangesAt(hours, at('2018-02-18T01:50:00Z'))).toBeLessThanOrEqual(
      at('2018-02-18T02:00:30Z'),
    );
  });
});
