import type { Holiday, OpeningHours, Span } from '../../../src/domain/call-back/opening-hours.ts';

/** `08:00-12:00` as minutes of the day. */
function span(text: string): Span {
  const [from = '', until = ''] = text.split('-');
  return { fromMinute: minutes(from), untilMinute: minutes(until) };
}

function minutes(text: string): number {
  const [hour, minute] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}

/** Yearly `12-25`, or `2026-12-25` of one year. */
function holiday(text: string): Holiday {
  const [day, month, year] = text.split('-').map(Number).reverse();
  return { year, month: month ?? 0, day: day ?? 0 };
}

type Days = readonly (readonly string[])[];

/** The same spans from Monday to Friday, in Brazil, unless told otherwise. */
export function hoursOpen(
  days: Days | string,
  { timeZone = 'America/Sao_Paulo', holidays = [] as readonly string[] } = {},
): OpeningHours {
  const weekday = typeof days === 'string' ? [days] : [];
  const week = typeof days === 'string' ? [...Array.from({ length: 5 }, () => weekday), [], []] : days;
  return { timeZone, week: week.map((spans) => spans.map(span)), holidays: holidays.map(holiday) };
}

/** The same spans on all seven days. */
export function daily(timeZone: string, ...spans: readonly string[]): OpeningHours {
  return hoursOpen(
    Array.from({ length: 7 }, () => spans),
    { timeZone },
  );
}
