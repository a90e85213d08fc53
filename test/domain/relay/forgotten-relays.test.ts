import { describe, expect, test } from 'vitest';
import { isForgotten, type Relay, type RelayEntry } from '../../../src/domain/relay/relay.ts';
import { aCallBack, aRelay, aState, aTransfer, someFlags } from '../../adapters/sqlite/steps.ts';
import { MORNING } from '../builders.ts';

const DAY_MS = 24 * 3_600_000;

const parked = (entry: RelayEntry): RelayEntry => ({ ...entry, parkedBecause: 'no such call' });

describe('what waits for a person is given up when nobody looked at it', () => {
  test.each<[Relay['kind'], RelayEntry, days: number]>([
    ['call-held', aRelay(1), 1],
    ['call-transferred', aTransfer(1, undefined, '1002'), 1],
    // Theirs or not: it is about the call over there.
    ['call-transferred', aTransfer(1, 'a', '1002'), 1],
    ['call-back', aCallBack(1, 'a'), 7],
    ['customer-flags', someFlags(1, 'a'), 7],
  ])('a %s', (_kind, entry, days) => {
    expect(isForgotten(parked(entry), MORNING + days * DAY_MS)).toBe(false);
    expect(isForgotten(parked(entry), MORNING + days * DAY_MS + 1)).toBe(true);
  });

  test('but an agent’s state never: the next one takes its place', () => {
    expect(isForgotten(parked(aState(1, 'busy')), MORNING + 30 * DAY_MS)).toBe(false);
  });

  test('and what is on its way never', () => {
    for (const entry of [aCallBack(1, 'a'), aRelay(2)])
      expect(isForgotten(entry, MORNING + 30 * DAY_MS)).toBe(false);
  });
});
