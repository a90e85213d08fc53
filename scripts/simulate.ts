import { parseArgs } from 'node:util';
import { commandOf, type Episode, type Outcome, play } from '../test/simulation/episode.ts';

const HELP = `Simulated days of the whole daemon on virtual time, with everything going wrong. The same seed is the same run.

  npm run simulate -- [--seed N] [--hours H] [--agents N] [--calls N] [--wishes N] [--severity X] [--quick] [--trace [--about TEXT]]

  --seed N      of the first episode; the next ones have the next numbers (1)
  --hours H     simulated, in episodes of at most a day (24)
  --agents N    phones (20)
  --calls N     an hour (100)
  --wishes N    an hour: calls that agents make from Movidesk (10)
  --severity X  0: nothing goes wrong, 1: a stormy hour (1)
  --quick       short waits and talks
  --trace       tell what happens; --about: only lines with this text, and what goes wrong
`;

const HOUR_MS = 3_600_000;
const LONGEST_EPISODE_HOURS = 24;
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '24' },
    agents: { type: 'string', default: '20' },
    calls: { type: 'string', default: '100' },
    wishes: { type: 'string', default: '10' },
    severity: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    about: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const isAlwaysTold = /FAULT|process ends|reconciled|not connected|the faults end/;
const trace = values.trace
  ? (passedMs: number, text: string) => {
      if (text.includes(values.about) || isAlwaysTold.test(text))
        console.log(`${(passedMs / 1_000).toFixed(3)} ${text}`);
    }
  : undefined;

function* episodes(): Generator<Episode> {
  let hoursLeft = Number(values.hours);
  for (let seed = Number(values.seed); hoursLeft > 0; seed += 1) {
    const hours = Math.min(hoursLeft, LONGEST_EPISODE_HOURS);
    hoursLeft -= hours;
    yield {
      seed,
      hours,
      agents: Number(values.agents),
      callsPerHour: Number(values.calls),
      wishesPerHour: Number(values.wishes),
      severity: Number(values.severity),
      isQuick: values.quick,
    };
  }
}

function report({ episode, breaches, ...counts }: Outcome, tookMs: number): void {
  const { callers, answers, endings, wishes, made, links, lives, faults, requests, simulatedMs } = counts;
  console.log(
    `seed ${episode.seed}: ${(simulatedMs / HOUR_MS).toFixed(1)} h, ${callers} callers, ${answers} answered, ${endings} endings, ${wishes} wishes, ${made} made calls, ${links} links, ${requests} requests, ${faults} faults, ${lives} lives; ${Math.round(simulatedMs / tookMs)} times real time`,
  );
  if (breaches.length === 0) return;
  for (const breach of breaches.slice(0, 10)) console.log(`  BREACH at ${breach}`);
  console.log(`  again, with what happens: ${commandOf(episode)}`);
}

const startedAt = performance.now();
const totals = {
  episodes: 0,
  failed: 0,
  callers: 0,
  faults: 0,
  lives: 0,
  endings: 0,
  wishes: 0,
  made: 0,
  links: 0,
  requests: 0,
  simulatedMs: 0,
};
for (const episode of episodes()) {
  const begunAt = performance.now();
  const outcome = await play(episode, trace);
  report(outcome, performance.now() - begunAt);
  totals.episodes += 1;
  totals.failed += outcome.breaches.length > 0 ? 1 : 0;
  for (const key of [
    'callers',
    'faults',
    'lives',
    'endings',
    'wishes',
    'made',
    'links',
    'requests',
    'simulatedMs',
  ] as const)
    totals[key] += outcome[key];
}
const { simulatedMs, failed, ...sums } = totals;
const speed = Math.round(simulatedMs / (performance.now() - startedAt));
console.log(
  `${JSON.stringify(sums)}: ${(simulatedMs / HOUR_MS).toFixed(1)} hours, ${speed} times real time, ${failed} episodes with breaches`,
);
process.exitCode = failed === 0 ? 0 : 1;
