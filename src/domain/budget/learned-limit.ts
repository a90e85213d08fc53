import { WINDOW_MS } from './request-window.ts';

/**
 * What the help desk's refusals teach. It says "too many" (429) though we kept the configured limit: then the true one is
 * lower, because another integration shares the account or support has changed it. Kept as it is, it would be run into
 * every minute, and every time the whole lane waits.
 *
 *   a refusal             from now on at most what had been started in the minute before the refused request, and less
 *                         than was thought allowed; at least half of that, for after a pause little was started, whatever
 *                         the true limit is; and at least 1
 *   more of one burst     those within a minute of the first: they say the same thing again, and count once. The lowest
 *                         number started is the truest, whatever order the answers come in
 *   a step without any    a tenth of the configured limit more, at least one request, until all of it is reached again
 *   a refusal after that  the step was one too far: back, and the next one takes twice as long, so that a lower limit
 *                         that is there to stay is not run into every few minutes for ever
 *   wholly recovered      and one step more without any: forgotten, the next refusal is a first one. Not sooner, or a
 *                         true limit of one below the configured one would be run into every few minutes
 *
 * Instants are of one clock that never jumps, in milliseconds.
 */
export interface LearnedLimit {
  /** Allowed at the last refusal; each step since allows a tenth of what is configured more, and at least one. */
  readonly limit: number;
  /** No burst takes it below half of what it was before. */
  readonly atLeast: number;
  readonly burstBeganAt: number;
  readonly lastRefusedAt: number;
  readonly stepMs: number;
}

// Our choice, for the vendor says nothing: from one request a minute to the published ten in three quarters of an hour,
// and with a lower limit that stays, one lost minute in five at first, and soon one in sixty.
const SHORTEST_STEP_MS = 5 * 60_000;
const LONGEST_STEP_MS = 60 * 60_000;

export const unlearned: LearnedLimit = {
  limit: Infinity,
  atLeast: 1,
  burstBeganAt: -Infinity,
  lastRefusedAt: -Infinity,
  stepMs: SHORTEST_STEP_MS,
};

export interface Refused {
  /** Requests started in the 60 s before the refused one, without it. */
  readonly startedInWindow: number;
  /** What the configuration allows now. */
  readonly configured: number;
  readonly now: number;
}

export function refusedAt(
  learned: LearnedLimit,
  { startedInWindow, configured, now }: Refused,
): LearnedLimit {
  // Whole milliseconds: with fractions, the end of a step would not always be a step after its beginning.
  const lastRefusedAt = Math.floor(now);
  if (now - learned.burstBeganAt < WINDOW_MS)
    return {
      ...learned,
      limit: Math.max(learned.atLeast, Math.min(learned.limit, startedInWindow)),
      lastRefusedAt,
    };
  const thought = limitAt(learned, configured, now);
  const atLeast = Math.max(1, Math.floor(thought / 2));
  const limit = Math.max(atLeast, Math.min(startedInWindow, thought - 1));
  const stepMs = nextStepMs(learned, configured, now);
  return { limit, atLeast, burstBeganAt: lastRefusedAt, lastRefusedAt, stepMs };
}

/** What may be started in any 60 s now; never more than is configured. */
export function limitAt(learned: LearnedLimit, configured: number, now: number): number {
  return Math.min(configured, recoveredTo(learned, configured, now));
}

/** As if nothing were configured. A step is a tenth of that: a limit that was learned at night does not hold back the day for hours. */
function recoveredTo(learned: LearnedLimit, configured: number, now: number): number {
  const step = Math.max(1, Math.floor(configured / 10));
  return learned.limit + step * stepsSince(learned, now);
}

/** When the next step allows more than now, where the configured limit does. */
export function learnedChangesAt(learned: LearnedLimit, now: number): number | undefined {
  const { lastRefusedAt, stepMs } = learned;
  if (lastRefusedAt === -Infinity) return undefined;
  return lastRefusedAt + (stepsSince(learned, now) + 1) * stepMs;
}

function stepsSince({ lastRefusedAt, stepMs }: LearnedLimit, now: number): number {
  return Math.floor((now - lastRefusedAt) / stepMs);
}

function nextStepMs(learned: LearnedLimit, configured: number, now: number): number {
  const aStepAgo = now - learned.stepMs;
  if (recoveredTo(learned, configured, aStepAgo) >= configured) return SHORTEST_STEP_MS;
  // Refused before the first step: the limit was thought too high, which is no reason to be slow.
  return stepsSince(learned, now) === 0 ? learned.stepMs : Math.min(LONGEST_STEP_MS, 2 * learned.stepMs);
}
