import { describe, expect, test } from 'vitest';
import { NO_LIMIT, OURS } from '../../bench/polling/contenders/contenders.ts';
import type { Figures } from '../../bench/polling/figures.ts';
import { LOSSES, mapLosses } from '../../bench/polling/lost-seconds.ts';
import { barText, settingText } from '../../bench/polling/print.ts';
import { aSetting } from './builders.ts';

/** No figure like another. */
const FIGURES: Figures = {
  contender: OURS.name,
  callers: 123,
  answeredShare: 0.875,
  meanWait: 11,
  overNoLimit: { mean: 5, error: 0.5, p95: 25 },
  overSameLimit: { mean: 3, error: 0.3, p95: 23 },
  requestsPerAnswered: 3.25,
  wastedPollsPerAnswered: 0.75,
  endingDelayP95: 6,
  unheardShare: 0.125,
  unheardDelayP95: 40,
  anyEndingDelayP95: 9,
  jumps: { 'first poll': 0.01, 'later poll': 0.02, return: 0.03 },
  beyondLimit: 7,
  lost: mapLosses((loss) => LOSSES.indexOf(loss) + 1),
};
const SETTING = aSetting({
  name: 'office',
  prose: 'A small one.',
  queues: [
    { name: 'sales', agents: ['1001'], callsPerMinuteAtPeak: 1 },
    { name: 'support', agents: ['1002'], callsPerMinuteAtPeak: 2 },
  ],
});
const linesOf = (...figures: Figures[]): readonly string[] =>
  settingText({ setting: SETTING, figures }).split('\n');
const cellsOf = (line = ''): readonly string[] => line.trim().split(/\s{2,}/);

describe('what a setting came to', () => {
  test('is headed by what was played', () => {
    const [name, size] = linesOf(FIGURES);
    expect(name).toBe('office: A small one.');
    // 3 calls a minute, by the mean of the day's shape: (0.3 + 0.6 + 0.9 + 1 + 0.7 + 0.6 + 0.9 + 0.85 + 0.4) / 9.
    expect(size).toBe('  123 callers; 3.0 calls a minute at the peak, 2.1 in the mean');
  });

  test('puts each figure under its head', () => {
    const [, , , heads, row] = linesOf(FIGURES);
    const [contender, ...cells] = cellsOf(row);
    expect(contender).toBe('ours');
    expect(
      cellsOf(heads)
        .slice(1)
        .map((head, index) => [head, cells[index]]),
    ).toEqual([
      ['answered', '87.5 %'],
      ['wait', '11.0'],
      ['over no limit', '5.0 ±0.5'],
      ['p95', '25.0'],
      ['over same limit', '3.0 ±0.3'],
      ['p95', '23.0'],
      ['requests/call', '3.25'],
      ['wasted/call', '0.75'],
      ['endings p95', '6.0'],
      ['unheard', '12.5 %'],
      ['told p95', '40'],
      ['all endings p95', '9.0'],
      ['jumps: first poll', '1.0 %'],
      ['later poll', '2.0 %'],
      ['return', '3.0 %'],
      ['over the limit', '7'],
    ]);
  });

  test('has no delay for the unheard where there were none', () => {
    const [, , , , row] = linesOf({ ...FIGURES, unheardShare: 0, unheardDelayP95: Number.NaN });
    expect(cellsOf(row)[11]).toBe('-');
  });

  test('tells what the daemon lost, and of nobody else', () => {
    expect(linesOf({ ...FIGURES, contender: NO_LIMIT.name }).join('\n')).not.toContain('stood free');
    const text = linesOf(FIGURES).at(-1);
    expect(text).toBe(`    ${LOSSES.map((loss, index) => `${loss} ${index + 1}.00`).join(', ')}`);
  });
});

describe('a bar', () => {
  test('that is missed does not look like one that is held', () => {
    const bar = { what: 'less than one', measured: 'office 0.5' };
    expect(barText({ ...bar, isHeld: true })).toBe('held   less than one\n         office 0.5');
    expect(barText({ ...bar, isHeld: false })).toBe('MISSED less than one\n         office 0.5');
  });
});
