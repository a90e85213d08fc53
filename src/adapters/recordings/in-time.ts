import type { Clock } from '../../ports/clock.ts';

// A disk that slept is up again within ten seconds, and nobody looks at an empty page for longer.
const PATIENCE_MS = 10_000;

/** What the work comes to, if that is soon; else `tooLate`, and what it comes to later is nobody's. */
export function inTime<T, L>(
  work: Promise<T>,
  { clock, tooLate }: { clock: Pick<Clock, 'after'>; tooLate: () => L },
): Promise<T | L> {
  const { promise, resolve, reject } = Promise.withResolvers<T | L>();
  const cancel = clock.after(PATIENCE_MS, () => resolve(tooLate()));
  work.then(resolve, reject).finally(cancel);
  return promise;
}
