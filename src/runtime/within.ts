import type { Clock } from '../ports/clock.ts';

/** Resolves with `work`, or when that takes longer than `ms`; no timer is left behind. Rejects where `work` does, in time. */
export async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const tooLate = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    cancel();
  }
}
