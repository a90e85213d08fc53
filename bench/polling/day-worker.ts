import { parentPort } from 'node:worker_threads';
import { CONTENDERS } from './contenders/contenders.ts';
import type { Errand } from './crew.ts';
import { drawDay } from './day-trace.ts';
import { playDay } from './play-day.ts';
import { SETTINGS } from './settings.ts';

/** One thread of the crew: plays the day that it is told, and answers what it came to. */
parentPort?.on('message', async ({ setting, contender, seed }: Errand) => {
  const chosen = SETTINGS.find(({ name }) => name === setting);
  const player = CONTENDERS.find(({ name }) => name === contender);
  if (chosen === undefined || player === undefined) throw new Error(`nobody plays ${setting}, ${contender}`);
  parentPort?.postMessage(await playDay(drawDay(chosen, seed), player));
});
