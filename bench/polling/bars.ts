import { NO_LIMIT, OURS, SAME_LIMIT } from './contenders/contenders.ts';
import type { Figures } from './figures.ts';
import type { Setting } from './settings.ts';

/** What a setting came to, a line for each contender. */
export interface Outcome {
  readonly setting: Setting;
  readonly figures: readonly Figures[];
}

/** One promise, what was measured for it, and whether it is kept. */
export interface Bar {
  readonly what: string;
  readonly measured: string;
  readonly isHeld: boolean;
}

const NEAR_CLAIRVOYANT_TIMES = 3;
// Of six; the rest may fall short, with the seconds shown.
const NEAR_CLAIRVOYANT_SHARE = 4 / 6;
const ENDING_DELAY_P95_S = 15;
const JUMP_SHARE = 0.02;
const REQUESTS_PER_ANSWERED = 4.5;

const isNone = (count: number): boolean => count === 0;

/** The bars that the daemon's own way has to clear. */
export function barsOf(outcomes: readonly Outcome[]): readonly Bar[] {
  const shortOfOverload = outcomes.filter(({ setting }) => !setting.isOverload);
  return [
    beatsTheField(outcomes),
    isNearClairvoyant(outcomes),
    each('windows over the limit: none', outcomes, ({ beyondLimit }) => beyondLimit, isNone),
    each(
      `endings’ delay p95 under ${ENDING_DELAY_P95_S} s short of overload, of callers of whom Movidesk knew`,
      shortOfOverload,
      ({ endingDelayP95 }) => endingDelayP95,
      (seconds) => seconds < ENDING_DELAY_P95_S,
    ),
    each(
      `order inversions under ${100 * JUMP_SHARE} % of the calls`,
      outcomes,
      ({ jumps }) => 100 * (jumps['first poll'] + jumps['later poll'] + jumps.return),
      (percent) => percent < 100 * JUMP_SHARE,
    ),
    each('… and none by a later poll', outcomes, ({ jumps }) => 100 * jumps['later poll'], isNone),
    each(
      `at most ${REQUESTS_PER_ANSWERED} requests per answered call short of overload`,
      shortOfOverload,
      ({ requestsPerAnswered }) => requestsPerAnswered,
      (requests) => requests <= REQUESTS_PER_ANSWERED,
    ),
  ];
}

function beatsTheField(outcomes: readonly Outcome[]): Bar {
  const clairvoyants = [SAME_LIMIT.name, NO_LIMIT.name];
  const margins = outcomes.map(({ setting, figures }) => {
    const field = figures.filter(({ contender }) => ![OURS.name, ...clairvoyants].includes(contender));
    const best = Math.min(...field.map(({ overNoLimit }) => overNoLimit.mean));
    const ours = of(figures, OURS.name).overNoLimit.mean;
    return { text: `${setting.name} ${ours.toFixed(1)} of ${best.toFixed(1)} s`, isHeld: ours < best };
  });
  const what = 'least mean excess wait of all that are not clairvoyant, in each setting';
  return bar(what, margins, margins.length);
}

function isNearClairvoyant(outcomes: readonly Outcome[]): Bar {
  const margins = outcomes.map(({ setting, figures }) => {
    const ours = of(figures, OURS.name).overNoLimit.mean;
    const best = of(figures, SAME_LIMIT.name).overNoLimit.mean;
    const text = `${setting.name} ${ours.toFixed(1)} of ${best.toFixed(1)} s`;
    return { text, isHeld: ours <= NEAR_CLAIRVOYANT_TIMES * best };
  });
  const wanted = Math.ceil(outcomes.length * NEAR_CLAIRVOYANT_SHARE);
  const what = `at most ${NEAR_CLAIRVOYANT_TIMES} times the excess of the clairvoyant with the same limit, in ${wanted} of ${outcomes.length}`;
  return bar(what, margins, wanted);
}

function each(
  what: string,
  outcomes: readonly Outcome[],
  measure: (ours: Figures) => number,
  isGood: (measured: number) => boolean,
): Bar {
  const margins = outcomes.map(({ setting, figures }) => {
    const measured = measure(of(figures, OURS.name));
    return { text: `${setting.name} ${measured.toFixed(1)}`, isHeld: isGood(measured) };
  });
  return bar(what, margins, margins.length);
}

function bar(what: string, margins: readonly { text: string; isHeld: boolean }[], wanted: number): Bar {
  const held = margins.filter(({ isHeld }) => isHeld).length;
  const measured = margins.map(({ text, isHeld }) => (isHeld ? text : `${text} (!)`)).join(', ');
  return { what, measured, isHeld: held >= wanted };
}

function of(figures: readonly Figures[], name: string): Figures {
  const found = figures.find(({ contender }) => contender === name);
  if (found === undefined) throw new Error(`${name} did not play`);
  return found;
}
