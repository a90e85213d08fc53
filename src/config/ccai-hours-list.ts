import type { OpeningHours, QueueHours } from '../domain/call-back/opening-hours.ts';
import { type QueueName, queueNameFrom } from '../domain/identity.ts';
import { ccaiHoursSchema } from './ccai-hours-schema.ts';
import { ccaiSchema } from './ccai-schema.ts';
import { spansOf } from './day-spans.ts';
import { readGroups } from './group-list.ts';
import type { Mistake } from './mistake.ts';
import { asList } from './one-or-more.ts';
import { holidayFrom } from './opening-times.ts';
import type { ValuesOf } from './setting.ts';

export type CcaiHoursValues = ValuesOf<typeof ccaiHoursSchema>;

const HOURS = {
  path: 'ccai.openingHours',
  schema: ccaiHoursSchema,
  noun: 'entry',
  unique: [],
} as const;

/** The entries of `ccai.openingHours`; mistakes are added, and then the values mean nothing. */
export function readHours(
  entries: readonly unknown[],
  origin: string,
  mistakes: Mistake[],
): readonly CcaiHoursValues[] {
  // Refused as a whole, by its own rule.
  if (!ccaiSchema.openingHours.check(entries).ok) return [];
  return readGroups(entries, { ...HOURS, origin }, mistakes);
}

/** The hours of each queue that an entry names, and those for all others. */
export function hoursByQueue(entries: readonly CcaiHoursValues[]): readonly QueueHours[] {
  return entries.flatMap((entry) => {
    const hours = openingHours(entry);
    const named = asList(entry.queue)?.map(queueNameFrom) ?? [undefined];
    return named.map((queue) => ({ queue, hours }));
  });
}

function openingHours(entry: CcaiHoursValues): OpeningHours {
  return {
    timeZone: entry.timeZone,
    week: weekOf(entry),
    holidays: entry.holidays.map(holidayFrom).filter((holiday) => holiday !== undefined),
  };
}

function weekOf(entry: CcaiHoursValues): OpeningHours['week'] {
  const { monday, tuesday, wednesday, thursday, friday, saturday, sunday } = entry;
  return [monday, tuesday, wednesday, thursday, friday, saturday, sunday].map(spansOf);
}

/** What is wrong with entries that are right key by key, where these are the queues. */
export function mistakesInHours(
  entries: readonly CcaiHoursValues[],
  queues: readonly QueueName[],
): readonly Mistake[] {
  const keyOf = (index: number): string => `${HOURS.path}[${index}]`;
  return entries.flatMap((entry, index) => [
    ...(isNeverOpen(entry) ? [neverOpen(keyOf(index))] : []),
    ...(isNeverClosed(entry) ? [neverClosed(keyOf(index))] : []),
    ...repeated(entries, index).map((mistake) => ({ key: `${keyOf(index)}.queue`, ...mistake })),
    ...(entry.queue === '' && areAllNamed(queues, entries) ? [meantForNone(keyOf(index))] : []),
  ]);
}

/** Without queues their list was refused, and that was said. */
const areAllNamed = (queues: readonly QueueName[], entries: readonly CcaiHoursValues[]): boolean =>
  queues.length > 0 &&
  queues.every((queue) => entries.some((entry) => asList(entry.queue)?.includes(queue) ?? false));

const isNeverOpen = (entry: CcaiHoursValues): boolean => weekOf(entry).every((spans) => spans.length === 0);

const DAY_MINUTES = 1440;

// Spans of a day do not overlap.
const isNeverClosed = (entry: CcaiHoursValues): boolean =>
  entry.holidays.length === 0 &&
  weekOf(entry).every(
    (spans) =>
      spans.reduce((sum, { fromMinute, untilMinute }) => sum + untilMinute - fromMinute, 0) === DAY_MINUTES,
  );

const neverOpen = (key: string): Mistake => ({
  key,
  problem: 'is closed on every day',
  remedy: 'write the spans of at least one day, or remove the entry',
});

const neverClosed = (key: string): Mistake => ({
  key,
  problem: 'is never closed, so that it never opens: nothing could be scheduled for then',
  remedy: 'write when it is closed, or remove the entry',
});

const meantForNone = (key: string): Mistake => ({
  key,
  problem: 'has no effect: it is for queues without an entry of their own, and each of queues has one',
  remedy: 'remove the entry',
});

function repeated(entries: readonly CcaiHoursValues[], index: number): readonly Omit<Mistake, 'key'>[] {
  const earlier = entries.slice(0, index);
  return (asList(entries[index]?.queue ?? '') ?? ['']).flatMap((name) => {
    const first = earlier.findIndex((entry) => (asList(entry.queue) ?? ['']).includes(name));
    if (first === -1) return [];
    const what = name === '' ? 'is empty, and so is' : `names ${name}, and so does`;
    return [
      { problem: `${what} that of ${HOURS.path}[${first}]`, remedy: 'write the hours of a queue once' },
    ];
  });
}
