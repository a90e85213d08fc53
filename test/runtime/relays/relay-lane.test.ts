import { expect, test } from 'vitest';
import type { RelayEntry } from '../../../src/domain/relay/relay.ts';
import { success } from '../../../src/ports/failure.ts';
import { broken, noAnswer, refused, throttled, unauthorized, unreachable } from '../../fakes/failures.ts';
import { aHold, anEntryOf, aResume, aState, aTransfer } from './relays.ts';
import { aLane, done, fails } from './some-lane.ts';

const holdOf = (seq: number, call: string) => anEntryOf(seq, aHold(call));

test('what happens to a call is told in order, one thing at a time', () => {
  const { lane, starts } = aLane();
  const entries = [
    holdOf(1, 'a'),
    anEntryOf(2, aResume('a')),
    holdOf(3, 'a'),
    anEntryOf(4, aTransfer('a', '1002')),
  ];
  for (const entry of entries) expect(lane.add(entry)).toEqual([]);
  for (const entry of entries) {
    expect(starts()).toEqual([entry.seq]);
    expect(lane.settled(entry, done)).toMatchObject({ kind: 'delivered', seq: entry.seq });
  }
  expect(lane.nextAt).toBe(Infinity);
});

test('lines do not wait for one another, and no more are on their way than the far side bears', () => {
  const { lane, starts } = aLane([], 2);
  for (const entry of [holdOf(1, 'a'), holdOf(2, 'b'), holdOf(3, 'c')]) lane.add(entry);
  expect(starts()).toEqual([1, 2]);
  expect(lane.nextAt).toBe(Infinity);
  lane.settled(holdOf(2, 'b'), done);
  expect(starts()).toEqual([3]);
});

test('an answer has a name for what was told, and a time where it is done later', () => {
  const { lane, clock } = aLane([holdOf(1, 'a')]);
  lane.startNext();
  expect(lane.settled(holdOf(1, 'a'), success({ name: 'task-77', dueAt: 99 }))).toEqual({
    kind: 'delivered',
    seq: 1,
    at: clock.now(),
    result: 'task-77',
    dueAt: 99,
  });
});

test.each([unreachable, noAnswer, broken])(
  'what failed ($kind) is told again after one second, two, four and so on up to a minute',
  async (failure) => {
    const { lane, clock, starts } = aLane([holdOf(1, 'a')]);
    const waits: number[] = [];
    let entry = lane.startNext();
    for (let attempts = 1; attempts <= 8; attempts += 1) {
      if (entry === undefined) throw new Error('Nothing was sent.');
      const change = lane.settled(entry, fails(failure));
      expect(change).toEqual({ kind: 'failed', seq: 1, attempts, cause: failure.cause });
      expect(starts()).toEqual([]);
      waits.push((lane.nextAt - clock.monotonic()) / 1_000);
      await clock.pass(lane.nextAt - clock.monotonic());
      entry = lane.startNext();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  },
);

test('when the far side is back after it was down, all that waited for it is told at once, in order', async () => {
  const { lane, clock, sends, starts } = aLane([holdOf(1, 'a'), holdOf(2, 'b')]);
  for (let second = 0; second < 40; second += 1) {
    for (const entry of sends()) lane.settled(entry, fails(unreachable));
    await clock.pass(1_000);
  }
  expect(lane.failingMs).toBe(40_000);
  lane.add(holdOf(3, 'c'));
  expect(starts()).toEqual([3]);
  lane.settled(holdOf(3, 'c'), done);
  expect(starts()).toEqual([1, 2]);
  expect(lane.failingMs).toBe(0);
});

test('one that fails while others arrive is not told again each time that one of them arrives', async () => {
  const { lane, clock, sends } = aLane([holdOf(1, 'a')]);
  let attempts = 0;
  for (let seq = 2; seq < 602; seq += 1) {
    lane.add(holdOf(seq, `call ${seq}`));
    for (const entry of sends()) {
      if (entry.seq === 1) attempts += 1;
      lane.settled(entry, entry.seq === 1 ? fails(broken) : done);
    }
    await clock.pass(100);
  }
  // After 0, 1, 3, 7, 15 and 31 seconds of the minute.
  expect(attempts).toBe(6);
});

/** For so many minutes everything fails; how often something was tried. */
async function attemptsIn(
  minutes: number,
  { lane, clock, sends }: ReturnType<typeof aLane>,
): Promise<number> {
  let attempts = 0;
  for (let tenth = 0; tenth < minutes * 600; tenth += 1) {
    for (const entry of sends()) {
      attempts += 1;
      lane.settled(entry, fails(unreachable));
    }
    await clock.pass(100);
  }
  return attempts;
}

test('a far side that is down is not tried the more often, the more there is to tell it', async () => {
  const down = aLane(Array.from({ length: 300 }, (_, index) => holdOf(index + 1, `call ${index}`)));
  const { lane, clock, sends } = down;
  await attemptsIn(1, down);
  // Four in five seconds.
  expect(await attemptsIn(10, down)).toBeLessThanOrEqual(10 * 12 * 4);
  await clock.pass(5_000);
  const left = new Set<number>();
  for (let sent = sends(); sent.length > 0; sent = sends()) {
    for (const { seq } of sent) left.add(seq);
    for (const entry of sent) lane.settled(entry, done);
  }
  expect(left.size).toBe(300);
});

test('a far side that is down hears soon that it is back, when there is little to tell it', async () => {
  const down = aLane([holdOf(1, 'a')]);
  await attemptsIn(10, down);
  down.lane.add(holdOf(2, 'b'));
  expect(down.starts()).toContain(2);
});

test('a far side that asks for a rest is left alone for as long as it says; then those come first who were not sent yet', async () => {
  const { lane, clock, starts } = aLane([holdOf(1, 'a'), holdOf(2, 'b')], 1);
  starts();
  lane.settled(holdOf(1, 'a'), fails(throttled(30_000)));
  expect(starts()).toEqual([]);
  expect(lane.nextAt).toBe(clock.monotonic() + 30_000);
  await clock.pass(29_999);
  expect(starts()).toEqual([]);
  await clock.pass(1);
  expect(starts()).toEqual([2]);
  lane.settled(holdOf(2, 'b'), done);
  expect(starts()).toEqual([1]);
});

test.each([
  ['throttled', throttled(), 60],
  ['throttled for ever', throttled(1e12), 3_600],
  ['unauthorized', unauthorized, 60],
] as const)('%s, nothing is sent for a while, whatever comes to be told', async (_, failure, seconds) => {
  const { lane, clock, starts } = aLane([holdOf(1, 'a')]);
  starts();
  lane.settled(holdOf(1, 'a'), fails(failure));
  await clock.pass(seconds * 1_000 - 1);
  lane.add(holdOf(2, 'b'));
  expect(starts()).toEqual([]);
  expect(lane.nextAt).toBe(clock.monotonic() + 1);
  await clock.pass(1);
  expect(starts()).toEqual([1, 2]);
});

test('what was refused is set aside, and holds back only what happened to the same call', async () => {
  const { lane, clock, starts } = aLane([holdOf(1, 'a'), anEntryOf(2, aResume('a')), holdOf(3, 'b')]);
  expect(starts()).toEqual([1, 3]);
  expect(lane.settled(holdOf(1, 'a'), fails(refused))).toEqual({
    kind: 'parked',
    seq: 1,
    attempts: 1,
    cause: refused.cause,
  });
  lane.settled(holdOf(3, 'b'), done);
  await clock.pass(86_400_000);
  expect(starts()).toEqual([]);
  expect(lane.nextAt).toBe(Infinity);
});

test('what a person releases goes first in its line, and what they give up is not waited for', () => {
  const parked = (seq: number, call: string) =>
    anEntryOf(seq, aHold(call), { attempts: 1, parkedBecause: 'no' });
  const waiting = [anEntryOf(3, aResume('a')), anEntryOf(4, aResume('b'))];
  const { lane, starts } = aLane([parked(1, 'a'), parked(2, 'b'), ...waiting]);
  expect(starts()).toEqual([]);
  const { released, dropped } = lane.takeUp([holdOf(1, 'a'), ...waiting], new Set());
  expect([released.map(({ seq }) => seq), dropped.map(({ seq }) => seq)]).toEqual([[1], [2]]);
  expect(starts()).toEqual([1, 4]);
});

test('a newer state takes the place of those that wait, refused ones among them, but not of the one on its way', () => {
  const states = [1, 2, 3, 4].map((seq) => anEntryOf(seq, aState('1001', seq % 2 ? 'busy' : 'idle')));
  const [first, second, third, fourth] = states as [RelayEntry, RelayEntry, RelayEntry, RelayEntry];
  const { lane, starts } = aLane();
  lane.add(first);
  expect(starts()).toEqual([1]);
  expect(lane.add(second)).toEqual([]);
  expect(lane.add(third)).toEqual([{ kind: 'superseded', seq: 2 }]);
  lane.settled(first, done);
  expect(starts()).toEqual([3]);
  expect(lane.settled(third, fails(refused))).toMatchObject({ kind: 'parked', seq: 3 });
  expect(lane.add(fourth)).toEqual([{ kind: 'superseded', seq: 3 }]);
  expect(starts()).toEqual([4]);
});

test('a state that fails on its way is moot where a newer one waits', () => {
  const { lane, starts } = aLane();
  const old = anEntryOf(1, aState('1001', 'busy'));
  lane.add(old);
  starts();
  lane.add(anEntryOf(2, aState('1001', 'idle')));
  expect(lane.settled(old, fails(unreachable))).toEqual({ kind: 'superseded', seq: 1 });
  expect(starts()).toEqual([2]);
});

test('what happened to a call is never moot', () => {
  const { lane, starts } = aLane();
  for (const entry of [holdOf(1, 'a'), holdOf(2, 'a'), holdOf(3, 'a')]) expect(lane.add(entry)).toEqual([]);
  starts();
  expect(lane.settled(holdOf(1, 'a'), fails(unreachable))).toMatchObject({ kind: 'failed', seq: 1 });
});

test('however much there is to be told, the loop does not look through it while nothing changes', () => {
  let looks = 0;
  const watched = (seq: number): RelayEntry => {
    const { line, ...entry } = holdOf(seq, `call ${seq}`);
    return {
      ...entry,
      get line() {
        looks += 1;
        return line;
      },
    };
  };
  // More than a function takes arguments.
  const entries = Array.from({ length: 150_000 }, (_, index) => watched(index + 1));
  const { lane, sends } = aLane(entries, 1);
  for (const entry of sends()) lane.settled(entry, fails(unauthorized));
  expect(lane.nextAt).toBeGreaterThan(0);
  expect(looks).toBeGreaterThan(0);
  looks = 0;
  for (let turn = 0; turn < 100; turn += 1) expect([sends(), lane.nextAt > 0]).toEqual([[], true]);
  expect(looks).toBe(0);
});

test.each([
  ['due', undefined],
  ['refused', 'no such call'],
])('what a relay costs does not grow with how many others are %s', (_, parkedBecause) => {
  let looks = 0;
  const kept = Array.from({ length: 10_000 }, (_each, index) => {
    const { line, ...entry } = anEntryOf(index + 1, aHold(`call ${index}`), { parkedBecause });
    return {
      ...entry,
      get line() {
        looks += 1;
        return line;
      },
    };
  });
  const { lane, sends } = aLane(kept, 8);
  let sent = [...sends()];
  looks = 0;
  const ROUNDS = 100;
  for (let round = 0; round < ROUNDS; round += 1) {
    lane.add(anEntryOf(20_000 + round, aState('1001', 'busy')));
    const [first, ...others] = [...sent, ...sends()];
    if (first !== undefined) lane.settled(first, done);
    sent = [...others, ...sends()];
  }
  expect(looks / ROUNDS).toBeLessThan(100);
});
