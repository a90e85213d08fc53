import { expect, test } from 'vitest';
import { HeldCalls } from '../../../src/runtime/relays/held-calls.ts';
import { aHold, aResume, aState, aTransfer } from './relays.ts';

test('a call that was put on hold is resumed once', () => {
  const held = new HeldCalls([]);
  expect(held.release('a')).toBe(false);
  held.hold('a');
  held.hold('a');
  expect(held.release('a')).toBe(true);
  expect(held.release('a')).toBe(false);
});

test('what is still to be told of before a restart is known after it', () => {
  const untold = [
    aHold('held'),
    aHold('resumed'),
    aHold('transferred'),
    aState('1001', 'busy'),
    aResume('resumed'),
    aTransfer('transferred', '1002'),
    aHold('again'),
    aResume('again'),
    aHold('again'),
  ];
  const held = new HeldCalls(untold);
  const names = ['held', 'resumed', 'transferred', 'again'];
  expect(names.filter((name) => held.release(name))).toEqual(['held', 'again']);
});

test('calls that end on hold do not pile up: the one that was put on hold longest ago is forgotten', () => {
  const held = new HeldCalls([]);
  for (let call = 0; call < 1_000; call += 1) held.hold(`call ${call}`);
  held.hold('call 0');
  held.hold('one more');
  expect(['call 0', 'call 1', 'call 2', 'one more'].map((name) => held.release(name))).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
