import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './ami-subject.ts';

/**
 * Events per second from the socket to the decision, committed to a real store, and to the event that the daemon's core
 * gets, beside `asterisk-manager` alone on the same stream: 200,000 events of a busy PBX, one in fifty of which concerns us.
 * `npm run bench:ami [events]`.
 */
const EVENTS = Number(process.argv[2] ?? 200_000);
const RUNS = 3;
// The aim of the project: 40,000 a second on one core, memory flat.
const AIM_PER_SECOND = 40_000;

const subject = fileURLToPath(new URL('ami-subject.ts', import.meta.url));

function run(kind: string): Measured {
  return JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', subject, kind, String(EVENTS)], { encoding: 'utf8' }),
  );
}

function medianOf(runs: readonly Measured[], field: keyof Measured): number {
  return runs.map((measured) => measured[field]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
}

const kinds = {
  daemon: 'socket to decision',
  adapter: 'socket to event',
  library: 'asterisk-manager alone',
};
const results: Record<string, Measured[]> = { daemon: [], adapter: [], library: [] };
// In turns, so that whatever else the machine does meets both.
for (let index = 0; index < RUNS; index += 1) {
  for (const kind of Object.keys(kinds)) results[kind]?.push(run(kind));
}

console.log(`${EVENTS} events, medians of ${RUNS} runs, Node ${process.version}`);
console.table(
  Object.fromEntries(
    Object.entries(kinds).map(([kind, name]) => {
      const runs = results[kind] ?? [];
      return [
        name,
        {
          'events/s': Math.round(medianOf(runs, 'eventsPerSecond')),
          'CPU s': Number(medianOf(runs, 'cpuSeconds').toFixed(2)),
          'RSS start MB': Math.round(medianOf(runs, 'rssStartMb')),
          'middle MB': Math.round(medianOf(runs, 'rssMiddleMb')),
          'end MB': Math.round(medianOf(runs, 'rssEndMb')),
          'heap start MB': Number(medianOf(runs, 'heapStartMb').toFixed(1)),
          'heap end MB': Number(medianOf(runs, 'heapEndMb').toFixed(1)),
          'events told': medianOf(runs, 'told'),
        },
      ];
    }),
  ),
);
const reached = medianOf(results['daemon'] ?? [], 'eventsPerSecond');
console.log(`aim ${AIM_PER_SECOND}/s: ${reached >= AIM_PER_SECOND ? 'reached' : 'MISSED'}`);
process.exitCode = reached >= AIM_PER_SECOND ? 0 : 1;
