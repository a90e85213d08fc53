/**
 * What the comparison takes for granted. Movidesk's page says nothing about most of it; where it is silent, the reading
 * that is harshest to whoever asks was taken. The numbers of a day are in `settings.ts`.
 */
export const LIMIT_PER_MINUTE = 10;
export const DAY_MS = 8 * 3_600_000;

/** The network, each way, and Movidesk's time to answer, which follows its decision. The daemon's margin bears half a second. */
export const WAY = { shortestMs: 20, meanMs: 80, longestMs: 400 } as const;
export const ANSWERING_MS = 100;

/** How long an agent named is kept for the call: about as long as a phone rings before one tries the next. */
export const NAMED_FOR_MS = 15_000;
export const RING_MS = 20_000;
export const LONGEST_WAIT_MS = 15 * 60_000;

/** Callers' patience: exponential, and nobody leaves sooner than that. */
export const PATIENCE_MEAN_MS = 8 * 60_000;
export const PATIENCE_LEAST_MS = 20_000;

export const RINGS_OUT_SHARE = 0.03;
export const PICK_UP = { meanMs: 4_000, variation: 0.5, longestMs: 15_000 } as const;
/** Of talks and of the calls that agents make: standard deviation by mean. */
export const TALK_VARIATION = 0.7;
export const BY_HAND_VARIATION = 0.4;
export const TIMER_SPREAD = 0.05;
/** What it takes to hear that nobody is there, before the caller is gone. */
export const SENT_AWAY_LASTS_MS = 5_000;

/** How busy the hours of the day are, by the busiest one: a slow start, a peak, lunch, a lower peak, the evening. */
export const DAY_SHAPE = [0.3, 0.6, 0.9, 1, 0.7, 0.6, 0.9, 0.85, 0.4] as const;

export const ASSUMPTIONS: readonly string[] = [
  `Movidesk allows ${LIMIT_PER_MINUTE} requests in any 60 s; one too many is answered 429 and does not count (the kindest reading to those who exceed it), and nobody heeds Retry-After.`,
  'Movidesk names the next agent in turn to whoever asks, whatever their place in line (the harshest reading for order).',
  `An agent named is kept for that call for ${NAMED_FOR_MS / 1_000} s, or until it asks again, is transfered or ends.`,
  'Movidesk takes an agent for talking from transferedCall until completedCall; wrap-up begins when it hears completedCall.',
  'The calls that agents make themselves are not known to Movidesk, which names those agents in vain. An agent who is wrapping up may make one.',
  `A request takes ${WAY.shortestMs} to ${WAY.longestMs} ms each way, ${WAY.meanMs} in the mean, and ${ANSWERING_MS} ms to be answered; the PBX answers at once.`,
  'The field repeats a report as often as it asks about a caller, until it is taken.',
  'Nobody is sent to the fallback for want of requests; phones stay registered, agents stay logged in, and no event is lost.',
  `Callers lose patience after ${PATIENCE_MEAN_MS / 60_000} min in the mean (exponential, at least ${PATIENCE_LEAST_MS / 1_000} s), also while a phone rings, and leave after ${LONGEST_WAIT_MS / 60_000} min at the latest.`,
  `${100 * RINGS_OUT_SHARE} % of the callers are not picked up at their first offer; the phone rings for ${RING_MS / 1_000} s.`,
  'All draws depend on the seed and the caller alone, so the day is the same for every contender.',
];
