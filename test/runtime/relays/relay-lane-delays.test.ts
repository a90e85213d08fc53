import { expect, test } from 'vitest';
import { aHold, anEntryOf, aResume, aState } from './relays.ts';
import { aLane } from './some-lane.ts';

test('what is to wait is sent after that long, and not looked at before', async () => {
  const { lane, clock, starts } = aLane();
  expect(lane.add(anEntryOf(1, aHold('a')), 60_000)).toEqual([]);
  expect(starts()).toEqual([]);
  expect(lane.nextAt).toBe(clock.monotonic() + 60_000);
  await clock.pass(59_999);
  expect(starts()).toEqual([]);
  await clock.pass(1);
  expect(starts()).toEqual([1]);
});

test('what is to wait holds back its own line, and no other', () => {
  const { lane, starts } = aLane();
  lane.add(anEntryOf(1, aHold('a')), 60_000);
  lane.add(anEntryOf(2, aResume('a')));
  lane.add(anEntryOf(3, aHold('b')));
  lane.add(anEntryOf(4, aState('1001', 'busy')), 0);
  expect(starts()).toEqual([3, 4]);
});

test('what was to wait when the daemon ended is looked at right after the start', () => {
  const before = aLane();
  const entry = anEntryOf(1, aHold('a'));
  before.lane.add(entry, 60_000);
  expect(aLane([entry]).starts()).toEqual([1]);
});
