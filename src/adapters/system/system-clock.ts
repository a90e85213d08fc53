import { performance } from 'node:perf_hooks';
import type { Clock } from '../../ports/clock.ts';

/** The machine's own clocks. `setTimeout` holds at most 2^31-1 ms (24.8 days); longer waits are cut to that. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(Math.ceil(ms), 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
