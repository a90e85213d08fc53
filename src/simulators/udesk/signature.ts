import { createHash } from 'node:crypto';

// "Timestamp, valid within 10 minutes". Assumed: in both directions, for two clocks differ either way.
const WINDOW_MS = 10 * 60_000;
// The text says milliseconds, the examples show seconds. Ten digits and fewer are seconds until the year 2286.
const LARGEST_IN_SECONDS = 9_999_999_999;

/** Lower-case hex SHA1 of the parts in a row, as every signature of the document is. */
export function sha1(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join('')).digest('hex');
}

export type TimestampUnit = 'seconds' | 'milliseconds';

export function unitOf(timestamp: number): TimestampUnit {
  return timestamp <= LARGEST_IN_SECONDS ? 'seconds' : 'milliseconds';
}

/** Whether an instant in either unit lies within ten minutes of now. */
export function isWithinWindow(timestamp: number, now: number): boolean {
  const instant = unitOf(timestamp) === 'seconds' ? timestamp * 1000 : timestamp;
  return Math.abs(now - instant) <= WINDOW_MS;
}
