import type { HourlyAllowance } from '../../../src/domain/budget/allowance.ts';
import { frozen } from '../frozen.ts';

/** `{ '08:00': 30 }` as a table of hours; ascending, as the configuration makes it. */
export function hoursIn(timeZone: string, limits: Readonly<Record<string, number>>): HourlyAllowance {
  const hours = Object.entries(limits).map(([time, limit]) => ({ fromMinute: minuteAt(time), limit }));
  return frozen({ timeZone, hours: hours.toSorted((one, other) => one.fromMinute - other.fromMinute) });
}

const minuteAt = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
