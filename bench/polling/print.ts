import { table } from '../../src/cli/table.ts';
import { DAY_SHAPE } from './assumptions.ts';
import type { Bar, Outcome } from './bars.ts';
import { OURS } from './contenders/contenders.ts';
import type { Excess, Figures } from './figures.ts';
import { LOSSES } from './lost-seconds.ts';

// Times in seconds; the excess over the clairvoyant without limit, then over the one with the same limit; inversions of
// the order in three kinds; requests beyond the limit.
const HEADS = [
  'seconds, or shares',
  'answered',
  'wait',
  'over no limit',
  'p95',
  'over same limit',
  'p95',
  'requests/call',
  'wasted/call',
  'endings p95',
  'unheard',
  'told p95',
  'all endings p95',
  'jumps: first poll',
  'later poll',
  'return',
  'over the limit',
];

export function settingText({ setting, figures }: Outcome): string {
  const peak = setting.queues.reduce((sum, { callsPerMinuteAtPeak }) => sum + callsPerMinuteAtPeak, 0);
  const mean = (peak * DAY_SHAPE.reduce((sum, part) => sum + part, 0)) / DAY_SHAPE.length;
  const ours = figures.find(({ contender }) => contender === OURS.name);
  return [
    `${setting.name}: ${setting.prose}`,
    `  ${figures[0]?.callers} callers; ${peak.toFixed(1)} calls a minute at the peak, ${mean.toFixed(1)} in the mean`,
    '',
    table(HEADS, figures.map(rowOf)),
    ...(ours === undefined ? [] : ['', lostText(ours)]),
  ].join('\n');
}

function rowOf(figures: Figures): readonly string[] {
  return [
    figures.contender,
    percent(figures.answeredShare),
    figures.meanWait.toFixed(1),
    ...excess(figures.overNoLimit),
    ...excess(figures.overSameLimit),
    figures.requestsPerAnswered.toFixed(2),
    figures.wastedPollsPerAnswered.toFixed(2),
    figures.endingDelayP95.toFixed(1),
    percent(figures.unheardShare),
    figures.unheardShare === 0 ? '-' : figures.unheardDelayP95.toFixed(0),
    figures.anyEndingDelayP95.toFixed(1),
    percent(figures.jumps['first poll']),
    percent(figures.jumps['later poll']),
    percent(figures.jumps.return),
    String(figures.beyondLimit),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const excess = ({ mean, error, p95 }: Excess): readonly string[] => [
  `${mean.toFixed(1)} ±${error.toFixed(1)}`,
  p95.toFixed(1),
];

function lostText({ lost }: Figures): string {
  const parts = LOSSES.map((loss) => `${loss} ${lost[loss].toFixed(2)}`);
  return `  ours, seconds per answered call in which a head waited though an agent stood free:\n    ${parts.join(', ')}`;
}

export function barText({ what, measured, isHeld }: Bar): string {
  return `${isHeld ? 'held  ' : 'MISSED'} ${what}\n         ${measured}`;
}
