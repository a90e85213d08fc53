import { describe, expect, test } from 'vitest';
import { commandOf, type Outcome, play } from './episode.ts';
import { CALLING_SEEDS, callingEpisode, FAILED_SEEDS, QUICK_SEEDS, quickEpisode } from './presets.ts';

const SEEDS_A_TEST = 25;
const CALLING_A_TEST = 20;

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

  test.each(CALLING_SEEDS.filter((_, index) => index % CALLING_A_TEST === 0))(
    `in the ${CALLING_A_TEST} storms in which agents call customers, from seed %i on`,
    async (first) => {
      const seeds = CALLING_SEEDS.slice(CALLING_SEEDS.indexOf(first)).slice(0, CALLING_A_TEST);
      const outcomes: Outcome[] = [];
      for (const seed of seeds) outcomes.push(await play(callingEpisode(seed)));
      expect(outcomes.flatMap(breachesOf)).toEqual([]);
      const sum = (key: 'wishes' | 'made' | 'links') => outcomes.reduce((total, one) => total + one[key], 0);
      expect(sum('wishes')).toBeGreaterThan(CALLING_A_TEST * 10);
      expect(sum('made')).toBeGreaterThan(CALLING_A_TEST * 5);
      expect(sum('links')).toBeGreaterThan(CALLING_A_TEST);
    },
  );

  test.each(FAILED_SEEDS)('where it once was: $seed', async (episode) => {
    expect(breachesOf(await play(episode))).toEqual([]);
  });
});

test.each([quickEpisode(7), callingEpisode(2_002)])(
  'the same seed is the same run: $seed',
  async (episode) => {
    const lines: [string[], string[]] = [[], []];
    for (const told of lines)
      await play(episode, (passedMs, text) =>
        told.push(`${passedMs} ${text.replace(/amv-[0-9a-f-]+/g, '')}`),
      );
    expect(lines[0].length).toBeGreaterThan(500);
    expect(lines[1]).toEqual(lines[0]);
  },
);

test('another seed is another run', async () => {
  const [one, other] = [await play(quickEpisode(1)), await play(quickEpisode(3))];
  expect({ ...one, episode: undefined }).not.toEqual({ ...other, episode: undefined });
  expect(one.endings).toBeGreaterThan(0);
  expect(one.lives).toBeGreaterThan(1);
});
