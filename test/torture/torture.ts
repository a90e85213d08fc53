import { parseArgs } from 'node:util';
import { Lab } from '../asterisk/lab/lab.ts';
import { Phones } from './agents.ts';
import { drawPlan, EXTENSIONS } from './draw-plan.ts';
import { evidenceOf } from './evidence.ts';
import { Round } from './round.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/**
 * The daemon's real process, killed at random moments while callers and agents (SIPp) talk over a real Asterisk; what the
 * strict Movidesk heard is held against what really happened. `npm run torture -- --rounds 200`. A round that failed is
 * played again by `--seed N --rounds 1`: people and fate do the same, though the machine's timing never repeats.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string' },
    'keep-going': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const firstSeed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!(rounds > 0) || !Number.isInteger(firstSeed)) throw new Error('--rounds and --seed take whole numbers');

// By so much the tolerances were widened.
const WORTH_TELLING_MS = 100;
const say = (text: string) => process.stdout.write(`${text}\n`);
const began = performance.now();
const totals = {
  rounds: 0,
  failed: 0,
  visits: 0,
  calls: 0,
  'kills and stops of the daemon': 0,
  'links cut or stalled': 0,
  "troubles of Movidesk's": 0,
  'deaths of Asterisk': 0,
  'diary notes left behind': 0,
};
const endings = new Map<string, number>();

const lab = await Lab.start({ extensions: [...EXTENSIONS] });
try {
  const phones = await Phones.register(lab, EXTENSIONS);
  for (let index = 0; index < rounds; index += 1) {
    const isHeld = await play(phones, firstSeed + index);
    if (!isHeld && !values['keep-going']) break;
  }
} finally {
  await lab.close();
}
tellTotals();
process.exit(totals.failed === 0 ? 0 : 1);

async function play(phones: Phones, seed: number): Promise<boolean> {
  const startedAt = performance.now();
  const round = await Round.prepare(lab, phones, drawPlan(seed));
  try {
    await round.play();
  } catch (error) {
    round.breaches.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const verdict = verdictOf(round);
  count(round, verdict);
  tellRound(round, verdict, (performance.now() - startedAt) / 1_000);
  await round.close();
  return verdict.breaches.length === 0;
}

function count(round: Round, { breaches, diaryLeft }: Verdict): void {
  const { plan, truth, movidesk } = round;
  totals.rounds += 1;
  totals.failed += breaches.length > 0 ? 1 : 0;
  totals.visits += visitsOf(round);
  totals.calls += movidesk.calls().length;
  totals['kills and stops of the daemon'] += truth.deaths.length - 1;
  totals['links cut or stalled'] += plan.cuts.length;
  totals["troubles of Movidesk's"] += plan.movidesk.length;
  totals['deaths of Asterisk'] += truth.pbxDeaths.length;
  totals['diary notes left behind'] += diaryLeft;
  for (const { ending = 'none' } of movidesk.calls()) endings.set(ending, (endings.get(ending) ?? 0) + 1);
}

/** Entries into our queues; the daemon may never have seen one that it was away for. */
function visitsOf({ truth }: Round): number {
  return truth.callers.reduce((sum, { visits }) => sum + visits.length, 0);
}

function tellRound(round: Round, { breaches, diaryLeft }: Verdict, seconds: number): void {
  const calls = round.movidesk.calls();
  const tally = Map.groupBy(calls, ({ ending = 'none' }) => ending);
  const parts = [
    `round ${totals.rounds}/${rounds}`,
    `seed ${round.plan.seed}`,
    `visits ${visitsOf(round)}`,
    `calls ${calls.length}: ${[...tally].map(([ending, ones]) => `${ones.length} ${ending}`).join(', ')}`,
    `kills ${round.daemon.deaths.length - 1}`,
    diaryLeft > 0 ? `diary left ${diaryLeft}` : '',
    round.truth.stallMs > WORTH_TELLING_MS ? `machine stalled ${round.truth.stallMs} ms` : '',
    breaches.length === 0 ? 'ok' : 'FAILED',
    `${seconds.toFixed(1)} s, ${((performance.now() - began) / 60_000).toFixed(1)} min in all`,
  ];
  say(parts.filter((part) => part !== '').join('  '));
  if (breaches.length > 0 || values.verbose) say(evidenceOf(round));
  if (breaches.length === 0) return;
  say(`——— round with seed ${round.plan.seed} failed ———`);
  for (const breach of breaches) say(`  ${breach}`);
}

function tellTotals(): void {
  const ended = [...endings].map(([ending, number]) => `${number} ${ending}`).join(', ');
  const counted = Object.entries(totals).map(([what, number]) => `${number} ${what}`);
  say(`${counted.join(', ')}; ${ended}; ${((performance.now() - began) / 60_000).toFixed(1)} min`);
}
