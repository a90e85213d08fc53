import { describe, expect, test } from 'vitest';
import { broken, noAnswer, refused, unauthorized, unavailable, unreachable } from '../../fakes/failures.ts';
import { aHold, aLostCaller, anEntryOf, aTransfer } from './relays.ts';
import { aLane, done, fails } from './some-lane.ts';

/** Callers who are to be called back, each on a line of its own. */
const orders = (count: number) =>
  Array.from({ length: count }, (_, index) => anEntryOf(index + 1, aLostCaller(String(index))));

/** Nothing of it was sent: a number that cannot be called, or a mistake of ours. */
const UNSENT = { ...refused, status: 0, cause: 'not sent: the caller is not kept any more' };

/** Sends the next that may be sent now, and it comes to this; whether there was one. */
function comesTo({ lane }: ReturnType<typeof aLane>, outcome: Parameters<typeof lane.settled>[1]): boolean {
  const entry = lane.startNext();
  if (entry !== undefined) lane.settled(entry, outcome);
  return entry !== undefined;
}

const pauseIn = ({ lane, clock }: ReturnType<typeof aLane>) =>
  Math.max(0, lane.nextAt - clock.monotonic()) / 1_000;

/** So many come to this, each as soon as it may be sent; the pauses after them, in seconds. */
async function pausesWhile(
  some: ReturnType<typeof aLane>,
  outcome: Parameters<typeof comesTo>[1],
  times: number,
) {
  const pauses: number[] = [];
  for (let time = 0; time < times; time += 1) {
    expect(comesTo(some, outcome)).toBe(true);
    pauses.push(pauseIn(some));
    await some.clock.pass(pauseIn(some) * 1_000);
  }
  return pauses;
}

describe('while nobody knows what became of the last ones, the others are spared', () => {
  test.each([noAnswer, broken, { ...broken, status: 502 }])(
    'one that got no answer ($kind) pauses nobody, the second does for a minute, then for two, up to a quarter of an hour',
    async (failure) => {
      const some = aLane(orders(10), 1);
      expect(await pausesWhile(some, fails(failure), 9)).toEqual([0, 60, 120, 240, 480, 900, 900, 900, 900]);
      expect(some.lane.parkedCount).toBe(9);
    },
  );

  test('transfers spare nobody: agents’ states are told behind them', async () => {
    const transfers = [1, 2, 3].map((seq) => anEntryOf(seq, aTransfer(`call ${seq}`, '1002')));
    expect(await pausesWhile(aLane([...transfers, ...orders(0)], 1), fails(noAnswer), 2)).toEqual([0, 0]);
  });

  test('until a person sends one again, who has looked over there', async () => {
    const some = aLane(orders(10), 1);
    await pausesWhile(some, fails(noAnswer), 5);
    comesTo(some, fails(noAnswer));
    expect(pauseIn(some)).toBe(900);
    some.lane.takeUp(orders(10), new Set());
    // One that is down is tried at this pace.
    expect(pauseIn(some)).toBe(5);
  });

  test('of a hundred only four an hour are left to a person, after the first hour', async () => {
    const some = aLane(orders(100), 1);
    const perHour: number[] = [];
    for (let hour = 1; hour <= 5; hour += 1) {
      const before = some.lane.parkedCount;
      while (some.lane.nextAt < hour * 3_600_000) {
        await some.clock.pass(pauseIn(some) * 1_000);
        comesTo(some, fails(noAnswer));
      }
      await some.clock.pass(hour * 3_600_000 - some.clock.monotonic());
      perHour.push(some.lane.parkedCount - before);
    }
    expect(perHour).toEqual([8, 4, 4, 4, 4]);
  });

  test.each([
    ['is taken', done],
    ['is refused', fails(refused)],
  ])('until one %s: then they begin anew', async (_what, outcome) => {
    const some = aLane(orders(10), 1);
    await pausesWhile(some, fails(noAnswer), 4);
    comesTo(some, outcome);
    expect(await pausesWhile(some, fails(noAnswer), 3)).toEqual([0, 60, 120]);
  });

  test.each([
    ['was not sent', UNSENT],
    ['did not even arrive', unreachable],
    ['was turned away at the door', unavailable],
  ])('and one that %s does not begin it anew', async (_what, failure) => {
    const some = aLane(orders(10), 1);
    await pausesWhile(some, fails(noAnswer), 3);
    comesTo(some, fails(failure));
    await some.clock.pass(Math.min(pauseIn(some), 60) * 1_000);
    comesTo(some, fails(noAnswer));
    expect(pauseIn(some)).toBe(240);
  });

  test('what may be done twice pauses nobody, however often it gets no answer', () => {
    const holds = Array.from({ length: 10 }, (_, index) => anEntryOf(index + 1, aHold(`call ${index}`)));
    const some = aLane(holds, 1);
    for (const _ of holds.slice(1)) expect(comesTo(some, fails(noAnswer))).toBe(true);
    expect(pauseIn(some)).toBe(0);
  });
});

describe('what was not even sent says nothing of the far side', () => {
  /** Two are on their way, and the first comes back so; a third waits. */
  function comesBack(failure: Parameters<typeof fails>[0]) {
    const some = aLane(orders(3), 2);
    const [first, second] = some.sends();
    if (first === undefined || second === undefined) throw new Error('Two were to be sent.');
    some.lane.settled(first, fails(failure));
    return { ...some, second };
  }

  test('it does not end the pause of a credential that was refused, as an answer does', async () => {
    const { lane, second, starts, clock } = comesBack(unauthorized);
    lane.settled(second, fails(UNSENT));
    expect(starts()).toEqual([]);
    await clock.pass(60_000);
    expect(starts()).toContain(3);
    const answered = comesBack(unauthorized);
    answered.lane.settled(answered.second, fails(refused));
    expect(answered.starts()).toContain(3);
  });

  test('it does not end that the far side fails, as an answer does, and is no failure of its own', async () => {
    const { lane, second, clock } = comesBack(unreachable);
    lane.settled(second, fails(UNSENT));
    await clock.pass(1_000);
    expect(lane.failingMs).toBe(1_000);
    const answered = comesBack(unreachable);
    answered.lane.settled(answered.second, fails(refused));
    expect(answered.lane.isFailing).toBe(false);
    const unsent = comesBack(UNSENT);
    expect([unsent.lane.isFailing, unsent.lane.failingLineCount]).toEqual([false, 0]);
  });

  test('it does not show that the credential is good', () => {
    const { lane, second, starts } = comesBack(UNSENT);
    // Had anything been heard, it would be this one line that may not be spoken of.
    lane.settled(second, fails(unauthorized));
    expect(starts()).toEqual([]);
    const answered = comesBack(refused);
    answered.lane.settled(answered.second, fails(unauthorized));
    expect(answered.starts()).toEqual([3]);
  });

  test('it is left to a person all the same', () => {
    const some = aLane(orders(1));
    const [entry] = some.sends();
    if (entry === undefined) throw new Error('One was to be sent.');
    expect(some.lane.settled(entry, fails(UNSENT))).toMatchObject({ kind: 'parked', cause: UNSENT.cause });
    expect(some.lane.parkedCount).toBe(1);
  });
});
