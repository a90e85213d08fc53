import type { Episode } from './episode.ts';

/** A quarter of an hour in which more goes wrong than in most months. The kind of town changes with the seed. */
export function quickEpisode(seed: number): Episode {
  const isSmall = seed % 2 === 0;
  return {
    seed,
    hours: 0.2,
    agents: isSmall ? 2 : 6,
    callsPerHour: isSmall ? 60 : 150,
    // Every tenth is calm: what is promised must hold all the more where nothing goes wrong.
    severity: seed % 10 === 0 ? 0 : 1 + (seed % 3),
    isQuick: true,
  };
}

export const QUICK_SEEDS = 300;

// Apart from the others, which remain what they were when they showed a bug.
const FIRST_CALLING_SEED = 2_001;

/** The same kinds of town, in which agents call customers from Movidesk as well. */
export const callingEpisode = (seed: number): Episode => ({ ...quickEpisode(seed), wishesPerHour: 90 });

export const CALLING_SEEDS: readonly number[] = Array.from(
  { length: 60 },
  (_, index) => FIRST_CALLING_SEED + index,
);

/** Episodes that showed a bug, or a deliberate break, though the first three hundred did not: docs/reliability.md. */
export const FAILED_SEEDS: readonly Episode[] = [
  { seed: 5, hours: 1, agents: 20, callsPerHour: 100, severity: 1 },
  { seed: 6, hours: 3, agents: 20, callsPerHour: 100, severity: 1 },
  { seed: 11, hours: 2, agents: 3, callsPerHour: 20, severity: 0 },
  quickEpisode(325),
  quickEpisode(333),
  quickEpisode(835),
  quickEpisode(1_481),
];
