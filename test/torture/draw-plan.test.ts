import { expect, it } from 'vitest';
import { drawPlan } from './draw-plan.ts';

const plans = Array.from({ length: 400 }, (_, seed) => drawPlan(seed));

it('the same seed draws the same round', () => {
  expect(drawPlan(7)).toEqual(drawPlan(7));
  expect(drawPlan(7)).not.toEqual(drawPlan(8));
});

it('no two callers of a run have the same number', () => {
  const numbers = plans.flatMap(({ callers }) => callers.map(({ number }) => number));
  expect(new Set(numbers).size).toBe(numbers.length);
});

it.each([
  ['a daemon killed once', plans.filter(({ kills }) => kills.length === 1)],
  ['one killed again at once', plans.filter(({ kills }) => kills.some((kill) => kill.againAfterMs))],
  ['one asked to stop', plans.filter(({ kills }) => kills.some(({ how }) => how === 'SIGTERM'))],
  ['one killed before it had a store', plans.filter(({ stillbornAfterMs }) => stillbornAfterMs)],
  ['one that is away for too long', plans.filter(({ kills }) => kills.some(({ downMs }) => downMs > 30_000))],
  ['few requests a minute', plans.filter(({ requestsPerMinute }) => requestsPerMinute <= 30)],
  ['a link that is cut', plans.filter(({ cuts }) => cuts.length > 0)],
  ['a Movidesk in trouble', plans.filter(({ movidesk }) => movidesk.length > 0)],
  ['an Asterisk that dies', plans.filter(({ pbx }) => pbx?.how === 'kill')],
])('among four hundred rounds there is %s', (_what, some) => {
  expect(some.length).toBeGreaterThan(0);
});
