import { describe, expect, test } from 'vitest';
import { agentFrom, type TracedCaller } from '../../bench/polling/day-trace.ts';
import { callIdOfCaller } from '../../bench/polling/far-movidesk.ts';
import { aCaller } from './builders.ts';
import { FarSide } from './far-side.ts';

const QUEUES = [{ name: 'support', agents: ['1001', '1002'], callsPerMinuteAtPeak: 1 }];
const [ANN, BOB, CAY] = [aCaller('ann'), aCaller('bob'), aCaller('cay')];
const WRAP_UP_MS = 25_000;
const TALKER = aCaller('talker', { wrapUpMs: WRAP_UP_MS });
const STRANGER = aCaller('stranger');
const OTHERS = Array.from({ length: 25 }, (_, index) => aCaller(`caller-${index + 1}`));
const CALLERS = [ANN, BOB, CAY, TALKER, ...OTHERS];
const TEN = OTHERS.slice(0, 10);
// Twice the longest way, and the answering.
const THERE_AND_BACK_MS = 1_000;

function aFarSide(hasLimit = true): FarSide {
  const far = new FarSide(QUEUES, CALLERS, hasLimit);
  for (const caller of CALLERS) far.journal.enters(caller);
  return far;
}

/** Asks about them all at once, and what came back once everything has. */
async function askAll(far: FarSide, callers: readonly TracedCaller[]): Promise<readonly string[]> {
  const asked = Promise.all(callers.map((caller) => far.ask(caller)));
  await far.passUntil(far.time.passedMs + THERE_AND_BACK_MS);
  return asked;
}

async function settled(far: FarSide, told: Promise<string>): Promise<void> {
  await far.passUntil(far.time.passedMs + THERE_AND_BACK_MS);
  expect(await told).toBe('heard');
}

describe('the limit', () => {
  test('answers the eleventh request within 60 s that it is one too many', async () => {
    const far = aFarSide();
    expect(await askAll(far, TEN)).not.toContain('throttled');
    expect(far.journal.counts).toMatchObject({ requests: 10, beyondLimit: 0 });
    expect(await askAll(far, [ANN])).toEqual(['throttled']);
    expect(far.journal.counts).toMatchObject({ requests: 11, beyondLimit: 1 });
  });

  test('counts reports like questions', async () => {
    const far = aFarSide();
    await askAll(far, TEN);
    const told = far.ended(ANN, 'canceled');
    await far.passUntil(5_000);
    expect(await told).toBe('throttled');
    expect(far.journal.counts).toMatchObject({ requests: 11, beyondLimit: 1 });
  });

  test('keeps what it did not let in from being acted upon', async () => {
    const far = aFarSide();
    await askAll(far, [ANN, ...TEN.slice(1)]);
    const heard: string[] = [];
    far.movidesk.onHeard = () => heard.push('something');
    far.movidesk.onEnding = (uniqueid) => heard.push(uniqueid);
    const told = far.ended(ANN, 'canceled');
    await askAll(far, [BOB]);
    expect(await told).toBe('throttled');
    expect(heard).toEqual([]);
    const { book } = far.movidesk.account;
    expect(book.find(callIdOfCaller(BOB))).toBeUndefined();
    expect(book.find(callIdOfCaller(ANN))).toMatchObject({ ending: undefined });
  });

  test('does not count what it did not let in', async () => {
    const far = aFarSide();
    await askAll(far, TEN);
    await far.passUntil(30_000);
    expect(await askAll(far, [ANN])).toEqual(['throttled']);
    // The ten are forgotten; had the eleventh counted, one of these would be too many.
    await far.passUntil(61_000);
    expect(await askAll(far, OTHERS.slice(10, 20))).not.toContain('throttled');
    expect(far.journal.counts.beyondLimit).toBe(1);
  });

  test('lets the next in when the first of the ten arrived 60 s ago, and not a millisecond before', async () => {
    const { firstAt, wayMs } = await arrivalsOfEleven();
    const onTime = await eleventhArrivingAt(firstAt + 60_000, wayMs);
    expect(onTime).toEqual({ isThrottled: false, beyondLimit: 0 });
    const tooEarly = await eleventhArrivingAt(firstAt + 59_999, wayMs);
    expect(tooEarly).toEqual({ isThrottled: true, beyondLimit: 1 });
  });
});

describe('where there is no limit', () => {
  test('everybody is let in, and what is beyond it is counted all the same', async () => {
    const far = aFarSide(false);
    const answers = await askAll(far, OTHERS.slice(0, 12));
    expect(answers).not.toContain('throttled');
    expect(far.journal.counts).toMatchObject({ requests: 12, beyondLimit: 2 });
    const known = far.movidesk.account.book.all().map(({ callId }) => callId);
    expect(known.toSorted()).toEqual(OTHERS.slice(0, 12).map(callIdOfCaller).toSorted());
  });

  test('what is let in beyond it counts like the others', async () => {
    const far = aFarSide(false);
    await askAll(far, TEN);
    await far.passUntil(30_000);
    await askAll(far, [ANN]);
    await far.passUntil(61_000);
    // With the one from the first half of the minute these are ten, and the last makes eleven.
    await askAll(far, OTHERS.slice(10, 19));
    expect(far.journal.counts.beyondLimit).toBe(1);
    await askAll(far, [BOB]);
    expect(far.journal.counts.beyondLimit).toBe(2);
  });
});

describe('the strict simulator behind it', () => {
  test('breaks the run where a report breaks the rules', async () => {
    const far = aFarSide();
    await askAll(far, [ANN]);
    void far.ended(ANN, 'completed');
    await expect(far.passUntil(5_000)).rejects.toThrow('completedCall before transferedCall');
  });

  test('breaks the run where a caller is reported of whom it never heard', async () => {
    const far = aFarSide();
    void far.ended(ANN, 'canceled');
    await expect(far.passUntil(5_000)).rejects.toThrow('canceledCall for an id never received');
  });

  test('is asked about nobody who is not in the day', async () => {
    await expect(aFarSide().ask(STRANGER)).rejects.toThrow('is nobody');
  });
});

describe('an agent', () => {
  test('wraps up for as long as their last caller’s trace says, from when Movidesk hears of the end', async () => {
    const far = aFarSide();
    await askAll(far, [TALKER]);
    await settled(far, far.transfered(TALKER, agentFrom('1001')));
    let heardAt = 0;
    far.movidesk.onEnding = () => {
      heardAt = far.time.now();
    };
    await settled(far, far.ended(TALKER, 'completed'));
    const { allocation } = far.movidesk.account;
    const wrapsUp = [WRAP_UP_MS - 1, WRAP_UP_MS].map((ms) => allocation.isWrappingUp('1001', heardAt + ms));
    expect(wrapsUp).toEqual([true, false]);
  });
});

describe('what is on its way', () => {
  test('is sent at once, and asked about until the answer is back', async () => {
    const far = aFarSide();
    const asked = far.ask(ANN);
    expect(far.movidesk.isAskedAbout({ caller: ANN })).toBe(true);
    expect(far.movidesk.isAskedAbout({ caller: BOB })).toBe(false);
    expect(far.journal.of(ANN.uniqueid).polls).toBe(1);
    expect(far.journal.counts.requests).toBe(0);
    await far.time.passUntil(5_000, () => far.journal.counts.requests === 1);
    expect(far.movidesk.isAskedAbout({ caller: ANN })).toBe(true);
    await far.passUntil(5_000);
    expect(await asked).toBe('1001');
    expect(far.movidesk.isAskedAbout({ caller: ANN })).toBe(false);
  });

  test('is a question only where an agent is asked for', async () => {
    const far = aFarSide();
    await askAll(far, [ANN]);
    const told = far.ended(ANN, 'canceled');
    expect(far.movidesk.isAskedAbout({ caller: ANN })).toBe(false);
    await far.passUntil(5_000);
    expect(await told).toBe('heard');
    expect(far.journal.counts).toMatchObject({ polls: 1, requests: 2 });
  });

  test('counts by when it was sent, the oldest excluded at the edge', async () => {
    const far = aFarSide();
    void far.ask(ANN);
    await far.passUntil(1_000);
    void far.ask(BOB);
    await far.passUntil(1_500);
    const within = [500, 501, 1_500, 1_501].map((ms) => far.movidesk.sentWithin(ms));
    expect(within).toEqual([0, 1, 1, 2]);
  });
});

describe('whoever wants to know', () => {
  test('is told of every ending when it is heard, and of nothing else', async () => {
    const far = aFarSide();
    const endings: string[] = [];
    far.movidesk.onEnding = (uniqueid) => endings.push(uniqueid);
    // One after the other, for requests overtake each other.
    expect(await askAll(far, [ANN])).toEqual(['1001']);
    await askAll(far, [BOB]);
    await askAll(far, [CAY]);
    await settled(far, far.transfered(ANN, agentFrom('1001')));
    expect(endings).toEqual([]);
    await settled(far, far.ended(ANN, 'completed'));
    await settled(far, far.ended(BOB, 'lost'));
    await settled(far, far.ended(CAY, 'canceled'));
    expect(endings).toEqual([ANN, BOB, CAY].map(({ uniqueid }) => uniqueid));
  });

  test('is told of all that was acted upon, before its answer is back', async () => {
    const far = aFarSide();
    let heardAt: number | undefined;
    far.movidesk.onHeard = () => {
      heardAt = far.time.passedMs;
    };
    let answeredAt: number | undefined;
    void far.ask(ANN).then(() => {
      answeredAt = far.time.passedMs;
    });
    await far.time.passUntil(5_000, () => answeredAt !== undefined);
    // At least 20 ms there, and 100 ms for the answering and 20 ms back.
    expect(heardAt).toBeGreaterThanOrEqual(20);
    expect((answeredAt ?? 0) - (heardAt ?? 0)).toBeGreaterThanOrEqual(120);
  });
});

/** When the first of ten questions arrives, and how long an eleventh is on its way: the same in every far side of this seed. */
async function arrivalsOfEleven(): Promise<{ firstAt: number; wayMs: number }> {
  const far = aFarSide();
  const { counts } = far.journal;
  for (const caller of TEN) void far.ask(caller);
  await far.time.passUntil(THERE_AND_BACK_MS, () => counts.requests === 1);
  const firstAt = far.time.passedMs;
  await far.passUntil(30_000);
  void far.ask(ANN);
  await far.time.passUntil(31_000, () => counts.requests === 11);
  return { firstAt, wayMs: far.time.passedMs - 30_000 };
}

async function eleventhArrivingAt(at: number, wayMs: number) {
  const far = aFarSide();
  await askAll(far, TEN);
  await far.passUntil(at - wayMs);
  const [answer] = await askAll(far, [ANN]);
  return { isThrottled: answer === 'throttled', beyondLimit: far.journal.counts.beyondLimit };
}
