import { describe, expect, test } from 'vitest';
import { commandOf, type Outcome, play } from './episode.ts';
import { FAILED_SEEDS, QUICK_SEEDS, quickEpisode } from './presets.ts';

const SEEDS_A_TEST = 25;

/** What was promised and not kept, with the command that shows how it came about. */
const breachesOf = ({ episode, breaches }: Outcome): readonly string[] =>
  breaches.map((breach) => `${breach}\n  again: ${commandOf(episode)}`);

describe('nothing is lost, doubled or misreported', () => {
  const firsts = Array.from({ length: QUICK_SEEDS / SEEDS_A_TEST }, (_, index) => index * SEEDS_A_TEST + 1);

  test.each(firsts)(`in the ${SEEDS_A_TEST} storms from seed %i on`, async (first) => {
    const outcomes: Outcome[] = [];
    for (let seed = first; seed < first + SEEDS_A_TEST; seed += 1)
      outcomes.push(await play(quickEpisode(seed)));
    expect(outcomes.flatMap(breachesOf)).toEqual([]);
    const sum = (key: 'visits' | 'answers' | 'lives') => outcomes.reduce((total, one) => total + one[key], 0);
    expect(sum('visits')).toBeGreaterThan(SEEDS_A_TEST * 8);
    expect(sum('answers')).toBeGreaterThan(SEEDS_A_TEST * 2);
    expect(sum('lives')).toBeGreaterThan(SEEDS_A_TEST * 4);
    for (const { episode, visits, callers } of outcomes)
      if (episode.severity === 0) expect(visits, `seed ${episode.seed}`).toBeGreaterThanOrEqual(callers - 1);
  });

  test.each(FAILED_SEEDS)('where it once was: $seed', async (episode) => {
    expect(breachesOf(await play(episode))).toEqual([]);
  });
});

test('the same seed is the same run', async () => {
  const lines: [string[], string[]] = [[], []];
  for (const told of lines)
    await play(quickEpisode(7), (passedMs, text) =>
      told.push(`${passedMs} ${text.replace(/amv-[0-9a-f-]+/g, '')}`),
    );
  expect(lines[0].length).toBeGreaterThan(500);
  expect(lines[1]).toEqual(lines[0]);
});

test('another seed is another run', async () => {
  const [one, other] = [await play(quickEpisode(1)), await play(quickEpisode(3))];
  expect({ ...one, episode: undefined }).not.toEqual({ ...other, episode: undefined });
  expect(one.endings).toBeGreaterThan(0);
  expect(one.lives).toBeGreaterThan(1);
});
