/**
 * Requests started in the last minute. The limit holds in any 60 s, so the window slides; half a second of margin is
 * added because we count when a request leaves and the help desk counts when it arrives.
 *
 * Instants are of one clock that never jumps, in milliseconds, ascending.
 */
export interface RequestWindow {
  readonly limit: number;
  readonly startedAt: readonly number[];
}

export const WINDOW_MS = 60_000;
const WINDOW_MARGIN_MS = 500;
/** For how long a request counts from when it is started. */
export const COUNTED_FOR_MS = WINDOW_MS + WINDOW_MARGIN_MS;

/** How many requests may be started now. */
export function permitsLeft(window: RequestWindow, now: number): number {
  return Math.max(0, window.limit - startedWithin(window, now).length);
}

export function requestStarted(window: RequestWindow, now: number): RequestWindow {
  return { ...window, startedAt: [...startedWithin(window, now), now] };
}

/** When at least `wanted` permits will be there; now, if they are. Never, if the limit is lower than that. */
export function permitsAt(window: RequestWindow, wanted: number, now: number): number | undefined {
  if (wanted > window.limit) return undefined;
  const started = startedWithin(window, now);
  const tooMany = started.length + wanted - window.limit;
  if (tooMany <= 0) return now;
  const last = started[tooMany - 1];
  return last === undefined ? now : last + COUNTED_FOR_MS;
}

/** When the next permit comes back, if any is spent. */
export function nextPermitAt(window: RequestWindow, now: number): number | undefined {
  const first = startedWithin(window, now)[0];
  return first === undefined ? undefined : first + COUNTED_FOR_MS;
}

function startedWithin(window: RequestWindow, now: number): readonly number[] {
  return window.startedAt.filter((at) => now - at < COUNTED_FOR_MS);
}
