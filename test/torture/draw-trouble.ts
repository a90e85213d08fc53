import type { Fault } from '../../src/simulators/movidesk/faults.ts';
import { chance, pick } from '../../src/simulators/pbx/people-chance.ts';
import type { RandomSource } from '../../src/simulators/pbx/random.ts';
import { seldomLong, whole } from './chance.ts';
import type { CutPlan, KillPlan, Moment, MovideskTrouble, PbxTrouble } from './plan.ts';

const MOMENTS: readonly Moment[] = [
  'entered',
  'asked',
  'offered',
  'ringing',
  'answered',
  'left',
  'told',
  'ended',
];

/** One to three; the daemon is killed while calls run, seldom asked to stop. */
export function drawKills(random: RandomSource): readonly KillPlan[] {
  return Array.from({ length: whole(random, 1, 3) }, () => drawKill(random)).toSorted(
    (one, other) => one.atMs - other.atMs,
  );
}

function drawKill(random: RandomSource): KillPlan {
  const moment = pick(random, MOMENTS) ?? 'entered';
  // Most of what follows a moment is over in 60 ms.
  const after = { moment, nth: whole(random, 1, 4), delayMs: seldomLong(random, 0, 150) };
  return {
    after: chance(random, 0.6) ? after : undefined,
    atMs: whole(random, 200, 8_000),
    how: chance(random, 0.8) ? 'SIGKILL' : 'SIGTERM',
    downMs: seldomLong(random, 200, 8_000),
    againAfterMs: chance(random, 0.25) ? whole(random, 20, 1_200) : undefined,
  };
}

export function drawCuts(random: RandomSource): readonly CutPlan[] {
  if (!chance(random, 0.35)) return [];
  return Array.from({ length: whole(random, 1, 2) }, (_, index) => ({
    atMs: whole(random, 300, 3_000) + index * 4_000,
    how: chance(random, 0.7) ? 'cut' : 'stall',
    forMs: seldomLong(random, 10, 3_500),
  }));
}

/** Whatever is sent meanwhile: an error, or silence, with Movidesk having acted on it or not. */
const FAULTS: readonly Fault[] = [
  { status: 503 },
  { status: 503, heard: true },
  { status: 429, headers: { 'retry-after': '1' } },
  { silence: 'hang' },
  { silence: 'hang', heard: false },
  { silence: 'reset' },
  { delayMs: 700 },
];

export function drawMovidesk(random: RandomSource): readonly MovideskTrouble[] {
  const troubles: MovideskTrouble[] = [];
  const span = (longestMs: number) => ({
    atMs: whole(random, 0, 6_000),
    forMs: whole(random, 100, longestMs),
  });
  if (chance(random, 0.4)) {
    const fault = pick(random, FAULTS) ?? { status: 503 };
    troubles.push({ ...span(3_000), what: { kind: 'fault', fault } });
  }
  if (chance(random, 0.25)) {
    const calendar = chance(random, 0.5) ? 'holiday' : 'closed';
    troubles.push({ ...span(5_000), what: { kind: 'calendar', queueId: whole(random, 1, 2), calendar } });
  }
  if (chance(random, 0.1))
    troubles.push({ ...span(5_000), what: { kind: 'offline', queueId: whole(random, 1, 2) } });
  return troubles;
}

export function drawPbx(random: RandomSource): PbxTrouble | undefined {
  if (!chance(random, 0.08)) return undefined;
  return {
    atMs: whole(random, 1_500, 6_000),
    how: chance(random, 0.6) ? 'kill' : 'stop',
    downMs: seldomLong(random, 100, 2_000),
  };
}
