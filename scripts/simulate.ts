import { parseArgs } from 'node:util';
import { type Episode, play } from '../test/simulation/episode.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '4' },
    episode: { type: 'string', default: '4' },
    agents: { type: 'string', default: '20' },
    calls: { type: 'string', default: '100' },
    severity: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    about: { type: 'string' },
  },
});
const startedAt = performance.now();
let left = Number(values.hours);
let seed = Number(values.seed);
let failed = 0;
let simulated = 0;
let calls = 0;
while (left > 0) {
  const episode: Episode = {
    seed,
    hours: Math.min(left, Number(values.episode)),
    agents: Number(values.agents),
    callsPerHour: Number(values.calls),
    severity: Number(values.severity),
  };
  const t0 = performance.now();
  const outcome = await play(
    episode,
    values.trace
      ? (at, text) => {
          if (
            values.about === undefined ||
            text.includes(values.about) ||
            /FAULT|process|reconcil|not connected/.test(text)
          )
            console.log((at / 1000).toFixed(3), text);
        }
      : undefined,
  );
  const ms = performance.now() - t0;
  simulated += outcome.simulatedMs;
  calls += outcome.callers;
  const { breaches, ...rest } = outcome;
  console.log(
    JSON.stringify({ ...rest, episode: undefined, seed, speed: Math.round(outcome.simulatedMs / ms) }),
  );
  if (breaches.length > 0) {
    failed += 1;
    console.log(
      breaches
        .slice(0, 6)
        .map((one) => `   BREACH ${one}`)
        .join('\n'),
    );
  }
  left -= episode.hours;
  seed += 1;
}
console.log(
  `${failed} failed; ${(simulated / 3600e3).toFixed(1)} h simulated, ${calls} calls, ${Math.round(simulated / (performance.now() - startedAt))} times real time`,
);
