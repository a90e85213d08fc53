const MINUTE_MS = 60_000;

/** When calls were made, ascending, by a clock that never jumps. */
export type RecentCalls = readonly number[];

/** Without those of more than a minute ago. */
export const lastMinute = (calls: RecentCalls, now: number): RecentCalls =>
  calls.filter((at) => now - at < MINUTE_MS);

/** How long until one more may be made: 0 where it may be now. */
export function msUntilNext(calls: RecentCalls, perMinute: number, now: number): number {
  const recent = lastMinute(calls, now);
  const freed = recent[recent.length - perMinute];
  return freed === undefined ? 0 : freed + MINUTE_MS - now;
}
