import { play } from '../test/simulation/episode.ts';
import { CALLING_SEEDS, callingEpisode, FAILED_SEEDS, quickEpisode } from '../test/simulation/presets.ts';

/**
 * Plays those that once failed, and the quick episodes from one seed to another, until one has a breach:
 * `node scripts/simulate-quick.ts 1 300`. Or, with the word `calling`, those in which agents call customers.
 */
const [from = '1', to = '300'] = process.argv.slice(2);
const [first, last] = [Number(from), Number(to)];
const stormy = () => Array.from({ length: last - first + 1 }, (_, index) => quickEpisode(first + index));
const episodes = from === 'calling' ? CALLING_SEEDS.map(callingEpisode) : [...stormy(), ...FAILED_SEEDS];
for (const episode of episodes) {
  const { breaches } = await play(episode).catch((cause: unknown) => ({ breaches: [String(cause)] }));
  if (breaches.length === 0) continue;
  console.log(`seed ${episode.seed}: ${breaches[0]}`);
  process.exitCode = 1;
  break;
}
