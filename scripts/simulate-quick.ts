import { play } from '../test/simulation/episode.ts';
import { quickEpisode } from '../test/simulation/presets.ts';

/** Plays the quick episodes from one seed to another, until one has a breach: `node scripts/simulate-quick.ts 1 300`. */
const [from = '1', to = '300'] = process.argv.slice(2);
for (let seed = Number(from); seed <= Number(to) && process.exitCode === undefined; seed += 1) {
  const { breaches } = await play(quickEpisode(seed)).catch((cause: unknown) => ({
    breaches: [String(cause)],
  }));
  if (breaches.length === 0) continue;
  console.log(`seed ${seed}: ${breaches[0]}`);
  process.exitCode = 1;
}
