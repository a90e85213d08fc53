import type { Instant } from '../identity.ts';
import { invariant } from '../invariant.ts';
import { COUNTED_FOR_MS } from './request-window.ts';

/**
 * How many requests the account may start in any 60 s: always the same, or by the time of day, for Movidesk's support
 * can raise the limit for business hours alone.
 */
export type Allowance = number | HourlyAllowance;

export interface HourlyAllowance {
  /** IANA name of the zone in whose local time the hours are told. */
  readonly timeZone: string;
  /** Ascending; at least one. The last one holds over midnight, until the first. */
  readonly hours: readonly AllowedFrom[];
}

export interface AllowedFrom {
  /** Minute of the local day from which it holds, 0 to 1439. */
  readonly fromMinute: number;
  readonly limit: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

// Our choice: a machine that sets its clock by NTP is off by less than a second, one that nobody looks after by more.
const CLOCKS_APART_MS = 30_000;
const BEHIND_MS = CLOCKS_APART_MS;
// The help desk counts what is started now until then.
const AHEAD_MS = COUNTED_FOR_MS + CLOCKS_APART_MS;

/**
 * What may be started now. The help desk changes its limit by its own clock, and at that instant counts the minute before;
 * so the lower of two limits holds from a minute and a half before it does until half a minute after.
 */
export function allowedAt(allowance: Allowance, now: Instant): number {
  if (typeof allowance === 'number') return allowance;
  const from = now - BEHIND_MS;
  let lowest = inForceAt(allowance, from);
  for (let at = minuteOf(from) + MINUTE_MS; at <= now + AHEAD_MS; at += MINUTE_MS)
    lowest = Math.min(lowest, inForceAt(allowance, at));
  return lowest;
}

/** When `allowedAt` may next differ: never later than it does, seldom earlier. Nothing: it never does. */
export function allowanceChangesAt(allowance: Allowance, now: Instant): Instant | undefined {
  if (typeof allowance === 'number' || lowestAllowed(allowance) === highestAllowed(allowance))
    return undefined;
  const comesInto = nextChange(allowance, now + AHEAD_MS) - AHEAD_MS;
  const goesOut = nextChange(allowance, now - BEHIND_MS) + BEHIND_MS;
  return Math.min(comesInto, goesOut);
}

export function highestAllowed(allowance: Allowance): number {
  return typeof allowance === 'number' ? allowance : Math.max(...allowance.hours.map(({ limit }) => limit));
}

export function lowestAllowed(allowance: Allowance): number {
  return typeof allowance === 'number' ? allowance : Math.min(...allowance.hours.map(({ limit }) => limit));
}

/** What the table says, for that instant alone. */
function inForceAt({ hours, timeZone }: HourlyAllowance, at: Instant): number {
  const minute = minuteOfDay(timeZone, at);
  const inForce = hours.findLast(({ fromMinute }) => fromMinute <= minute) ?? hours.at(-1);
  invariant(inForce !== undefined, 'a table of hours has at least one');
  return inForce.limit;
}

/**
 * The first instant after `at` with another line of the table, or at which the zone's clocks are put forward or back, for
 * that may skip lines or repeat them. Clocks are put by whole minutes.
 */
function nextChange({ hours, timeZone }: HourlyAllowance, at: Instant): Instant {
  const start = minuteOf(at);
  const minute = minuteOfDay(timeZone, start);
  const waits = hours.map(({ fromMinute }) => minutesUntil(fromMinute, minute));
  const wait = Math.min(...waits);
  const isAsExpected = (minutes: number): boolean =>
    minuteOfDay(timeZone, start + minutes * MINUTE_MS) === (minute + minutes) % DAY_MINUTES;
  return start + (isAsExpected(wait) ? wait : firstUnexpected(isAsExpected, wait)) * MINUTE_MS;
}

/** 1 to 1440: a line that begins now begins again tomorrow. */
function minutesUntil(fromMinute: number, minute: number): number {
  return ((fromMinute - minute + 2 * DAY_MINUTES - 1) % DAY_MINUTES) + 1;
}

/** By halves: everything is as expected until one moment, and not from then on to `last`. */
function firstUnexpected(isAsExpected: (minutes: number) => boolean, last: number): number {
  let expected = 0;
  let unexpected = last;
  while (unexpected - expected > 1) {
    const middle = Math.floor((expected + unexpected) / 2);
    if (isAsExpected(middle)) expected = middle;
    else unexpected = middle;
  }
  return unexpected;
}

const minuteOf = (at: Instant): Instant => Math.floor(at / MINUTE_MS) * MINUTE_MS;

function minuteOfDay(timeZone: string, at: Instant): number {
  const written = clockOf(timeZone).format(at);
  return Number(written.slice(0, 2)) * 60 + Number(written.slice(3));
}

// Making one takes some hundred times as long as using it. As many as there are zones in the configuration: one.
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Writes the local time as `08:05`. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, made);
  return made;
}
