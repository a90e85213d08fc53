import { expect, test } from 'vitest';
import { CallPace } from '../../src/runtime/call-pace.ts';
import { extension } from '../domain/builders.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const AGENT = extension('1001');

test.each<[readonly number[], number, number]>([
  [[], 0, 0],
  [[0], 1_000, 0],
  [[0, 10_000], 11_000, 49_000],
  [[0, 10_000], 60_000, 0],
  [[0, 10_000], 80_000, 0],
  [[0, 10_000, 20_000], 30_000, 40_000],
  [[0, 10_000, 65_000], 66_000, 4_000],
])('two calls a minute and no more, in any minute: %j, at %i', async (askedAt, at, ms) => {
  const clock = new ManualClock();
  const start = clock.monotonic();
  const passTo = (to: number) => clock.pass(start + to - clock.monotonic());
  const pace = new CallPace(clock);
  for (const asked of askedAt) {
    await passTo(asked);
    pace.add(AGENT);
  }
  await passTo(at);
  expect(pace.msUntilNext(AGENT, 2)).toBe(ms);
  expect(pace.msUntilNext(extension('1002'), 2)).toBe(0);
});
