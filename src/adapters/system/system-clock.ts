import type { Clock } from '../../ports/clock.ts';

const NANOSECONDS_PER_MS = 1e6;

/**
 * The machine's own clocks. `hrtime` is CLOCK_MONOTONIC on Linux: it counts from the boot, for all processes alike, and
 * stands still while the machine sleeps. `setTimeout` holds at most 2^31-1 ms (24.8 days); longer waits are cut to that.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS,
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(Math.ceil(ms), 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
