import { chance } from '../../src/simulators/pbx/people-chance.ts';
import { type RandomSource, seededRandom } from '../../src/simulators/pbx/random.ts';
import { seldomLong, whole } from './chance.ts';
import { drawCuts, drawKills, drawMovidesk, drawPbx } from './draw-trouble.ts';
import type { CallerPlan, PhonePlan, Plan, RingPlan, TalkPlan } from './plan.ts';

export const EXTENSIONS = ['1001', '1002', '1003', '1004'] as const;

/** The same seed draws the same round. */
export function drawPlan(seed: number): Plan {
  const random = seededRandom(seed);
  // Drawn and dropped: near seeds begin alike.
  for (let index = 0; index < 10; index += 1) random();
  const idea = random();
  const plan = drawOrdinary(random, seed);
  if (idea < 0.04) return tight(plan, random);
  return idea < 0.055 ? longAbsence(plan, random) : plan;
}

function drawOrdinary(random: RandomSource, seed: number): Plan {
  return {
    seed,
    requestsPerMinute: 600,
    longestStayMs: 25_000,
    ringSeconds: whole(random, 1, 3),
    maxWaitSeconds: chance(random, 0.25) ? whole(random, 1, 4) : 600,
    reserveNamed: chance(random, 0.5),
    serving: [drawServing(random), drawServing(random)],
    callers: Array.from({ length: whole(random, 4, 8) }, (_, index) => drawCaller(random, seed, index)),
    phones: Object.fromEntries(EXTENSIONS.map((extension) => [extension, drawPhone(random)])),
    stillbornAfterMs: chance(random, 0.05) ? whole(random, 20, 900) : undefined,
    kills: drawKills(random),
    cuts: drawCuts(random),
    movidesk: drawMovidesk(random),
    pbx: drawPbx(random),
  };
}

/** Few requests a minute: a call wants three, and telling them all takes a minute or two. */
function tight(plan: Plan, random: RandomSource): Plan {
  return { ...plan, requestsPerMinute: whole(random, 10, 30), callers: plan.callers.slice(0, 2) };
}

/** The daemon is away for longer than the dialplan waits for it (30 s on hold); some callers have that much patience. */
function longAbsence(plan: Plan, random: RandomSource): Plan {
  const [kill] = plan.kills;
  const downMs = whole(random, 25_000, 50_000);
  const patient = (caller: CallerPlan) => ({ ...caller, patienceMs: whole(random, 20_000, 60_000) });
  return {
    ...plan,
    longestStayMs: 70_000,
    callers: plan.callers.map((caller, index) => (index % 3 === 0 ? caller : patient(caller))),
    kills: kill === undefined ? [] : [{ ...kill, atMs: 3_000, downMs, againAfterMs: undefined }],
    pbx: undefined,
  };
}

function drawServing(random: RandomSource): readonly string[] {
  const some = EXTENSIONS.filter(() => chance(random, 0.7));
  return some.length > 0 ? some : ['1001'];
}

function drawCaller(random: RandomSource, seed: number, index: number): CallerPlan {
  // Nobody else in the run has this number: by it the witness knows them, and the log is searched for it.
  const number = `5511${String((seed * 97 + index * 13) % 90_000_000).padStart(8, '0')}${index}`;
  return {
    number,
    to: chance(random, 0.25) ? 'q_sales' : 'support',
    atMs: whole(random, 0, 6_000),
    patienceMs: chance(random, 0.25) ? whole(random, 300, 2_000) : whole(random, 2_000, 7_000),
    talks: [drawTalk(random), drawTalk(random), drawTalk(random)],
    regretMs: chance(random, 0.1) ? whole(random, 9_000, 12_000) : whole(random, 100, 2_500),
  };
}

function drawTalk(random: RandomSource): TalkPlan {
  const idea = random();
  return {
    ms: seldomLong(random, 300, 4_000),
    endedBy: chance(random, 0.4) ? 'agent' : 'caller',
    midway: idea < 0.1 ? 'hold' : idea < 0.2 ? 'to-colleague' : idea < 0.32 ? 'to-queue' : 'nothing',
  };
}

function drawPhone(random: RandomSource): PhonePlan {
  const mood = random();
  if (mood < 0.06) return { kind: 'refuses', status: '486 Busy Here' };
  if (mood < 0.12) return { kind: 'refuses', status: '603 Decline' };
  if (mood < 0.16) return { kind: 'unplugged' };
  if (mood < 0.2) return { kind: 'unregistered' };
  const rings = Array.from({ length: 12 }, () => drawRing(random));
  return { kind: 'person', isQuiet: chance(random, 0.15), rings };
}

function drawRing(random: RandomSource): RingPlan {
  if (chance(random, 0.15)) return 'ignores';
  return { answersAfterMs: seldomLong(random, 20, 1_800) };
}
