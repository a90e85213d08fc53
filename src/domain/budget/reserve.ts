import { permitsLeft, type RequestWindow, WINDOW_MS } from './request-window.ts';

/**
 * Permits that a request leaves for what is more urgent. `transfered` and endings spend the last one; polls that are likely to
 * bring an agent to a caller leave one, and after a while none; other polls two; what helps nobody to an agent three.
 * By `npm run bench:polling`, at the published ten a minute: with one more kept back callers wait half as long again for
 * the limit; with none, endings are told a third later.
 */
export interface Reserve {
  readonly ofEagerPolls: number;
  /** And of callers gone unheard. */
  readonly ofBlindPolls: number;
  /** Registering, and links. */
  readonly ofTheRest: number;
}

export function reserveOf(limit: number): Reserve {
  const whole = Math.min(3, Math.floor((limit - 1) / 3));
  const less = (by: number) => Math.max(0, whole - by);
  return { ofEagerPolls: less(2), ofBlindPolls: less(1), ofTheRest: whole };
}

/**
 * A head for whom an agent is free is not kept waiting for longer than this by permits kept back. By the bench: 8 s cost
 * endings two seconds more near the limit, 20 s cost callers one.
 */
export const LONGEST_KEPT_BACK_MS = 15_000;

/** Where a question has failed, polls share what the reserve leaves, evenly over the minute. */
export function evenSpacingMs(limit: number): number {
  const share = Math.max(1, limit - reserveOf(limit).ofTheRest);
  return Math.max(SHORTEST_SPACING_MS, Math.ceil(WINDOW_MS / share));
}

// People do not become free faster than that, however generous the limit.
export const SHORTEST_SPACING_MS = 1_000;

/** What a poll costs, in milliseconds that a caller loses: the fewer permits are left, the dearer. */
export function priceMs(window: RequestWindow, now: number): number {
  return (PRICE * WINDOW_MS) / Math.max(1, permitsLeft(window, now));
}

// A tenth of the time in which one permit comes back, for each share of them that is left. Between a twentieth and a fifth
// the bench shows no difference but in requests.
const PRICE = 0.1;
