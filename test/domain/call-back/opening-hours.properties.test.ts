import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpeningHours } from '../../../src/domain/call-back/opening-hours.ts';
import { isOpen, nextOpening } from '../../../src/domain/call-back/opening-hours.ts';

const STEP_MS = 900_000;
const DAY_MS = 86_400_000;
const WATCHED_DAYS = 10;

// Among them: daylight saving at two, at midnight (Brazil until 2019, Beirut), of half an hour (Lord Howe), at a quarter
// (Chatham), in Ramadan (Casablanca), a day left out (Apia), none at all.
const zone = fc.constantFrom(
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
);

// Quarters of an hour, at which all of these zones put their clocks in these years: the watch's steps see every change.
const spans = fc
  .uniqueArray(fc.oneof(fc.nat(96), fc.nat(16)), { maxLength: 6 })
  .map((quarters) => quarters.toSorted((one, other) => one - other))
  .map((quarters) =>
    Array.from({ length: Math.floor(quarters.length / 2) }, (_, pair) => ({
      fromMinute: (quarters[2 * pair] ?? 0) * 15,
      untilMinute: (quarters[2 * pair + 1] ?? 0) * 15,
    })),
  );

const around = (year: number, month: number, day: number) =>
  fc.integer({ min: -8 * DAY_MS, max: 8 * DAY_MS }).map((off) => Date.UTC(year, month, day) + off);
/** Around the days on which clocks are put, and any other day. */
const instant = fc.oneof(
  fc.integer({ min: 2012, max: 2034 }).chain((year) => around(year, 2, 20)),
  fc.integer({ min: 2012, max: 2034 }).chain((year) => around(year, 9, 28)),
  around(2011, 11, 30),
  fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2035, 0, 1) }),
);

const world = instant.chain((from) => {
  const near = fc.integer({ min: -2, max: 6 }).map((days) => new Date(from + days * DAY_MS));
  const holiday = fc.tuple(near, fc.boolean()).map(([date, isYearly]) => ({
    year: isYearly ? undefined : date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  }));
  return fc.record({
    from: fc.constant(from),
    hours: fc.record({
      timeZone: zone,
      week: fc.array(spans, { minLength: 7, maxLength: 7 }),
      holidays: fc.array(holiday, { maxLength: 5 }),
    }),
  });
});

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clocks = new Map<string, Intl.DateTimeFormat>();

/** By the wall's clock and calendar, as `Intl` tells them. */
function isOpenOnTheWall({ timeZone, week, holidays }: OpeningHours, at: number): boolean {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...PARTS });
  clocks.set(timeZone, clock);
  // `Fri, 12/25/2026, 08:15`
  const [weekday = '', date = '', time = ''] = clock.format(at).split(', ');
  const [month, day, year] = date.split('/').map(Number);
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const isHoliday = holidays.some(
    (one) => one.month === month && one.day === day && (one.year ?? year) === year,
  );
  const today = week[WEEKDAYS.indexOf(weekday)] ?? [];
  return (
    !isHoliday && today.some(({ fromMinute, untilMinute }) => minute >= fromMinute && minute < untilMinute)
  );
}
const PARTS = {
  weekday: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

describe('whatever the hours, the zone and the day', () => {
  it('it is open when the wall’s clock shows that it is', () => {
    fc.assert(
      fc.property(world, ({ hours, from }) => {
        expect(isOpen(hours, from)).toBe(isOpenOnTheWall(hours, from));
      }),
      { numRuns: 2_000 },
    );
  });

  it('the next opening is the first that somebody would see who watched the wall’s clock', () => {
    fc.assert(
      fc.property(world, ({ hours, from }) => {
        const watch = from + WATCHED_DAYS * DAY_MS;
        let wasOpen = isOpenOnTheWall(hours, from);
        let seen: number | undefined;
        for (let at = Math.floor(from / STEP_MS + 1) * STEP_MS; at <= watch; at += STEP_MS) {
          const open = isOpenOnTheWall(hours, at);
          if (open && !wasOpen) {
            seen = at;
            break;
          }
          wasOpen = open;
        }
        const found = nextOpening(hours, from);
        if (found !== undefined) expect(found).toBeGreaterThan(from);
        expect(found !== undefined && found <= watch ? found : undefined).toBe(seen);
      }),
      { numRuns: 500 },
    );
  });
});
