/** Aborted when the demo is asked to stop, or so many minutes from now. */
export function demoEnd(minutes: number | undefined, stop: AbortSignal): AbortSignal {
  return minutes === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(minutes * 60_000)]);
}
