import type { Clock } from '../../ports/clock.ts';

export interface Patience {
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly everyMs: number;
  readonly forMs: number;
}

/** Looks until it is seen, or patience is over; the last look either way. */
export async function lookAgain<Seen>(
  look: () => Promise<Seen>,
  isEnough: (seen: Seen) => boolean,
  { clock, everyMs, forMs }: Patience,
): Promise<Seen> {
  const patientUntil = clock.monotonic() + forMs;
  for (;;) {
    const seen = await look();
    if (isEnough(seen) || clock.monotonic() >= patientUntil) return seen;
    await new Promise<void>((resolve) => void clock.after(everyMs, resolve));
  }
}
