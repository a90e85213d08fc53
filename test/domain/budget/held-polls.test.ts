import { expect, it } from 'vitest';
import { firstHeldFor, heldForLongerThan, heldNow, noneHeld } from '../../../src/domain/budget/held-polls.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';

const a = callIdFrom('a');
const heldA = { callId: a };
const heldB = { callId: callIdFrom('b') };

it('a caller is held from the first time that nothing could be asked', () => {
  const held = heldNow(heldNow(noneHeld, [heldA], 1_000), [heldA, heldB], 5_000);
  expect(heldForLongerThan(held, 60_000, 61_000)).toEqual([a]);
  expect(heldForLongerThan(held, 60_000, 60_999)).toEqual([]);
  expect(firstHeldFor(held, 60_000)).toBe(61_000);
});

it('a caller who was asked about in between is held anew', () => {
  const held = heldNow(heldNow(heldNow(noneHeld, [heldA], 1_000), [], 2_000), [heldA], 3_000);
  expect(heldForLongerThan(held, 60_000, 62_999)).toEqual([]);
  expect(firstHeldFor(noneHeld, 60_000)).toBeUndefined();
});
