import type { Holiday, Span } from '../domain/call-back/opening-hours.ts';

const SPAN = /^([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)$/;

/** `08:00-12:00`; nothing where it is no span, or one that ends before it has begun. */
export function spanFrom(text: string): Span | undefined {
  const found = SPAN.exec(text);
  if (found === null) return undefined;
  const [, fromHour, fromMinute, untilHour = '24', untilMinute = '0'] = found;
  const span = {
    fromMinute: Number(fromHour) * 60 + Number(fromMinute),
    untilMinute: Number(untilHour) * 60 + Number(untilMinute),
  };
  return span.fromMinute < span.untilMinute ? span : undefined;
}

/** Two times of day, the second one not after the first: over midnight, as it seems. */
export const isOverMidnight = (text: string): boolean => SPAN.test(text) && spanFrom(text) === undefined;

const HOLIDAY = /^(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})$/;
// So that the 29th of February is a day of every year's calendar.
const LEAP_YEAR = 2000;

/** `2026-12-25`, or `12-25` of every year; nothing where the calendar has no such day. */
export function holidayFrom(text: string): Holiday | undefined {
  const found = HOLIDAY.exec(text);
  if (found === null) return undefined;
  const year = found[1] === undefined ? undefined : Number(found[1]);
  const [month, day] = [Number(found[2]), Number(found[3])];
  const date = new Date(Date.UTC(year ?? LEAP_YEAR, month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay ? { year, month, day } : undefined;
}
