import { play } from '../test/simulation/episode.ts';
import { FAILED_SEEDS, quickEpisode } from '../test/simulation/presets.ts';

/**
 * Plays those that once failed, and the quick episodes from one seed to another, until one has a breach:
 * `node scripts/simulate-quick.ts 1 300`.
 */
const [from = '1', to = '300'] = process.argv.slice(2);
const seeds = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
for (const episode of [...seeds.map(quickEpisode), ...FAILED_SEEDS]) {
  const { breaches } = await play(episode).catch((cause: unknown) => ({ breaches: [String(cause)] }));
  if (breaches.length === 0) continue;
  console.log(`seed ${episode.seed}: ${breaches[0]}`);
  process.exitCode = 1;
  break;
}
