import { Temporal } from 'temporal-polyfill';
import type { Instant, QueueName } from '../identity.ts';

/** When a queue is served, by the clocks on its walls. */
export interface OpeningHours {
  /** IANA name of the zone in which the hours are told. */
  readonly timeZone: string;
  /** Seven days, Monday first. */
  readonly week: readonly (readonly Span[])[];
  /** Closed all day, whatever the day of the week. */
  readonly holidays: readonly Holiday[];
}

/**
 * Minutes of a day, 0 to 1440, the last one not among them. None goes over midnight: whether the early hours after a
 * holiday, or those of one, were meant would be a guess. One until 24:00 and one from 00:00 on are one opening.
 */
export interface Span {
  readonly fromMinute: number;
  readonly untilMinute: number;
}

/** Counted from 1. Without a year it comes every year. */
export interface Holiday {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
}

export interface QueueHours {
  /** Nothing: all that have none of their own, those among them that were renamed or removed while a call is owed. */
  readonly queue: QueueName | undefined;
  readonly hours: OpeningHours;
}

export function hoursOf(all: readonly QueueHours[], queue: QueueName): OpeningHours | undefined {
  const own = all.find((one) => one.queue === queue);
  return (own ?? all.find((one) => one.queue === undefined))?.hours;
}

/**
 * Whether the clock on the wall shows a time of a span. An hour that comes twice, the clocks having been put back, is open
 * both times; one that the clocks skip is open never.
 */
export function isOpen(hours: OpeningHours, at: Instant): boolean {
  const local = localAt(hours, at);
  const minute = local.hour * 60 + local.minute;
  return spansOn(hours, local.toPlainDate()).some(
    ({ fromMinute, untilMinute }) => fromMinute <= minute && minute < untilMinute,
  );
}

// Our choice: six weeks, longer than anybody closes for a month of holidays. Where a queue is always open but on one day of
// the year, the next opening may be months away, and a call then would be a stranger's.
const SOUGHT_DAYS = 42;

/**
 * The first instant after `from` at which a closed queue opens; where it is open at `from`, it closes first. Nothing where
 * it does not open within six weeks, or does not close.
 */
export function nextOpening(hours: OpeningHours, from: Instant): Instant | undefined {
  if (hours.week.every((spans) => spans.length === 0)) return undefined;
  const today = localAt(hours, from).toPlainDate();
  const opensOn = (day: number): readonly Instant[] =>
    changesOn(hours, today.add({ days: day })).filter((at) => at > from && opensAt(hours, at));
  // Clocks that are put back at midnight repeat an evening: so from yesterday on, and with the morning after.
  for (let day = -1; day < SOUGHT_DAYS; day++) {
    const found = opensOn(day);
    if (found.length > 0) return Math.min(...found, ...opensOn(day + 1));
  }
  return undefined;
}

function localAt({ timeZone }: OpeningHours, at: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

const opensAt = (hours: OpeningHours, at: Instant): boolean => isOpen(hours, at) && !isOpen(hours, at - 1);

/** All instants of a local day at which a queue may open: where a span begins, and where the clock on the wall jumps. */
function changesOn(hours: OpeningHours, date: Temporal.PlainDate): readonly Instant[] {
  const begins = spansOn(hours, date).flatMap(({ fromMinute }) => {
    const local = date.toPlainDateTime({ hour: Math.floor(fromMinute / 60), minute: fromMinute % 60 });
    return [
      local.toZonedDateTime(hours.timeZone, { disambiguation: 'earlier' }),
      local.toZonedDateTime(hours.timeZone, { disambiguation: 'later' }),
    ];
  });
  return [...jumpsOn(hours, date), ...begins].map((zoned) => zoned.epochMilliseconds);
}

function jumpsOn({ timeZone }: OpeningHours, date: Temporal.PlainDate): readonly Temporal.ZonedDateTime[] {
  const start = date.toZonedDateTime(timeZone);
  if (start.hoursInDay === 24) return [];
  // The day may begin with it, and the next one after the start is then half a year away.
  const jump = start.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next');
  return jump === null ? [] : [jump];
}

function spansOn({ week, holidays }: OpeningHours, date: Temporal.PlainDate): readonly Span[] {
  const isHoliday = holidays.some(
    ({ year, month, day }) =>
      (year === undefined || year === date.year) && month === date.month && day === date.day,
  );
  return isHoliday ? [] : (week[date.dayOfWeek - 1] ?? []);
}
