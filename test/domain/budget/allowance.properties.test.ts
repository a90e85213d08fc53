import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HourlyAllowance } from '../../../src/domain/budget/allowance.ts';
import {
  allowanceChangesAt,
  allowedAt,
  highestAllowed,
  lowestAllowed,
} from '../../../src/domain/budget/allowance.ts';
import type { RequestWindow } from '../../../src/domain/budget/request-window.ts';
import { permitsLeft, requestStarted } from '../../../src/domain/budget/request-window.ts';

const DAY_MS = 86_400_000;
// Among them: daylight saving at midnight (Brazil until 2019, Beirut), of half an hour (Lord Howe), in the other half of
// the year (Dublin, the Antarctic of New Zealand), a zone that changed its day (Apia) and some that never change.
const zone = fc.constantFrom(
  'America/Sao_Paulo',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Antarctica/McMurdo',
  'Europe/Dublin',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
);
const limit = fc.integer({ min: 1, max: 60 });
const minuteOf = (hour: number, spread: number) =>
  fc.integer({ min: -spread, max: spread }).map((off) => (hour * 60 + off + 1_440) % 1_440);
// Most of what is strange happens around midnight and in the first hours of the day.
const fromMinute = fc.oneof(fc.nat(1_439), minuteOf(0, 90), minuteOf(2, 90));
const linesOf = (minute: fc.Arbitrary<number>) =>
  fc
    .uniqueArray(fc.record({ fromMinute: minute, limit }), {
      minLength: 1,
      maxLength: 24,
      selector: (line) => line.fromMinute,
    })
    .map((lines) => lines.toSorted((one, other) => one.fromMinute - other.fromMinute));

/** The last Sundays and first Sundays on which zones like to change, and any other instant of these years. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) }),
  fc
    .tuple(fc.integer({ min: 2005, max: 2034 }), fc.nat(11), fc.nat(6), fc.boolean(), fc.nat(2 * DAY_MS))
    .map(([year, month, day, isFirst, ms]) => {
      const week = Date.UTC(year, isFirst ? month : month + 1, isFirst ? 1 : -6);
      return week + day * DAY_MS + ms - DAY_MS / 2;
    }),
);
const hourly: fc.Arbitrary<HourlyAllowance> = fc.record({ timeZone: zone, hours: linesOf(fromMinute) });

function byTheClockOnTheWall({ timeZone, hours }: HourlyAllowance, at: number): number {
  const time = new Date(at).toLocaleTimeString('pt-BR', { timeZone });
  const [hour = '', minute = ''] = time.split(':');
  const passed = hours.filter((line) => line.fromMinute <= Number(hour) * 60 + Number(minute));
  return (passed.at(-1) ?? hours.at(-1))?.limit ?? Number.NaN;
}

describe('whatever the table, the zone and the day', () => {
  it('allowed is the lowest that the wall’s clock shows, half a minute back to a minute and a half ahead', () => {
    fc.assert(
      fc.property(hourly, instant, (allowance, now) => {
        const [from, until] = [now - 30_000, now + 90_500];
        const looks = [from, until];
        for (let at = Math.ceil(from / 10_000) * 10_000; at < until; at += 10_000) looks.push(at);
        const lowest = Math.min(...looks.map((at) => byTheClockOnTheWall(allowance, at)));
        expect(allowedAt(allowance, now)).toBe(lowest);
        expect(lowest).toBeLessThanOrEqual(highestAllowed(allowance));
        expect(lowest).toBeGreaterThanOrEqual(lowestAllowed(allowance));
      }),
    );
  });

  it('nothing changes before the instant that is told', () => {
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(hourly, instant, fc.array(share, { maxLength: 20 }), (allowance, start, shares) => {
        let now = start;
        // A whole day and some hours, or as many changes as a table with many lines has in one.
        for (let turn = 0; turn < 60 && now < start + 1.2 * DAY_MS; turn++) {
          const next = allowanceChangesAt(allowance, now);
          const allowed = allowedAt(allowance, now);
          const end = next ?? now + 3 * DAY_MS;
          expect(end).toBeGreaterThan(now);
          const looks = shares.map((part) => now + Math.floor((end - now) * part));
          for (const at of [...looks, end - 1]) expect(allowedAt(allowance, at)).toBe(allowed);
          now = end;
        }
      }),
      { numRuns: 300 },
    );
  });
});

// The law is about minutes, so its tables change within a few of them: around noon in Brazil, three hours behind UTC.
const AROUND_NOON = Date.UTC(2026, 2, 2, 14, 54);
const minuteInBrazil = (at: number): number => Math.floor((at - 3 * 3_600_000) / 60_000) % 1_440;
const noonHours = fc.record({
  timeZone: fc.constant('America/Sao_Paulo'),
  hours: linesOf(minuteOf(12, 6)),
});

/** The lowest limit that a help desk can have at an instant, its clock being half a minute off, either way. */
function lowestThere({ hours }: HourlyAllowance, at: number): number {
  const limitAt = (instant: number) =>
    (hours.findLast((line) => line.fromMinute <= minuteInBrazil(instant)) ?? hours.at(-1))?.limit ??
    Number.NaN;
  const offs = Array.from({ length: 121 }, (_, n) => at + (n - 60) * 500);
  return Math.min(...offs.map(limitAt));
}

describe('whoever asks the window before each request, with what is allowed then', () => {
  // Zero: at once again. The others take a quarter of an hour over all the lines.
  const pauses = fc.array(fc.oneof(fc.constant(0), fc.nat(1_500), fc.nat(12_000)), {
    minLength: 100,
    maxLength: 400,
  });
  const travels = fc.array(fc.nat(499), { minLength: 1, maxLength: 20 });

  it('is at no instant above the limit of that instant, by any clock half a minute off', () => {
    fc.assert(
      fc.property(noonHours, pauses, travels, (allowance, between, travel) => {
        let now = AROUND_NOON;
        let window: RequestWindow = { limit: 0, startedAt: [] };
        const arrivals: number[] = [];
        for (const pause of between) {
          now += pause;
          window = { ...window, limit: allowedAt(allowance, now) };
          if (permitsLeft(window, now) === 0) continue;
          window = requestStarted(window, now);
          arrivals.push(now + (travel[arrivals.length % travel.length] ?? 0));
        }
        // More can only have come too soon when one arrives, or when a clock that is early reaches a lower line.
        const falls = Array.from({ length: 30 }, (_, n) => AROUND_NOON + n * 60_000 - 30_000);
        for (const at of [...arrivals, ...falls]) {
          const inTheMinute = arrivals.filter((arrival) => arrival > at - 60_000 && arrival <= at).length;
          expect(inTheMinute).toBeLessThanOrEqual(lowestThere(allowance, at));
        }
      }),
    );
  });
});
