import { expect, test } from 'vitest';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
const LIMIT = 10;
const MINUTE_MS = 60_000;
const ANSWER = { does: 'answer', afterMs: 200 } as const;

/** The most requests that arrived within any 60 seconds. */
function busiestMinute({ movidesk }: Scene): number {
  const arrivals = movidesk.ledger.map(({ at }) => at);
  return Math.max(
    ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + MINUTE_MS).length),
  );
}

// Movidesk answers the eleventh request of a minute with 429, and each test here ends with the question whether any of
// its rules was broken.
test('with ten requests a minute, Movidesk gets ten and never an eleventh, and still hears of everything', {
  timeout: 150_000,
}, async () => {
  const scene = await pbx.open({ requestsPerMinute: LIMIT });
  const { ledger } = scene.movidesk;
  const phones = [await scene.lab.phone('1001', ANSWER), await scene.lab.phone('1002', ANSWER)] as const;
  const talking = [await scene.lab.caller('support'), await scene.lab.caller('support')] as const;
  await scene.talk(talking[0], phones[0]);
  await scene.talk(talking[1], phones[1]);
  const waiting = [await scene.lab.caller('support'), await scene.lab.caller('q_sales')];
  // Four requests for those who talk, two for the newcomers; one more question, and the rest is kept for endings.
  await waitFor('all that may be spent on asking', () => ledger.length >= 7, 20_000);
  await Promise.all([...talking, ...waiting].map((caller) => caller.hangUp()));
  const late = await scene.lab.caller('support', { number: '5511987650055' });
  await scene.talk(late, phones[0], { timeoutMs: 80_000 });
  await late.hangUp();
  await scene.ended(scene.callId(late));
  await waitFor('every ending', () => scene.movidesk.calls().every(({ phase }) => phase === 'ended'));
  expect(busiestMinute(scene)).toBe(LIMIT);
  expect((ledger[LIMIT]?.at ?? 0) - (ledger[0]?.at ?? 0)).toBeGreaterThan(MINUTE_MS);
  expect(scene.movidesk.calls().map(({ ending }) => ending)).toEqual([
    ...['completed', 'completed', 'canceled', 'canceled', 'completed'],
  ]);
});
