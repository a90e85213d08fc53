import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { failed, success } from '../../src/ports/failure.ts';
import { HelpDeskLane } from '../../src/runtime/help-desk-lane.ts';
import { hoursIn } from '../domain/budget/hours.ts';
import { MORNING } from '../domain/builders.ts';
import { anEntry } from '../domain/outbox/entries.ts';
import { broken, noAnswer, refused, throttled, unauthorized, unreachable } from '../fakes/failures.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { Stage } from './stage.ts';
import { WatchedStage } from './watched-stage.ts';

const names = (count: number, prefix = 'caller') => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** The most requests that were started in any 60 s. */
const busiestMinute = (stage: Stage): number => busiest(stage.helpDesk.heard.map((one) => one.at));

function busiest(at: readonly number[], withinMs = 60_000): number {
  return Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + withinMs).length));
}

async function anHourOfCallers(stage: Stage): Promise<void> {
  for (let minute = 0; minute < 20; minute += 1) {
    for (const name of names(3, `caller-${minute}`)) stage.pbx.enters(name);
    await stage.pass(50);
    for (const name of names(2, `caller-${minute}`)) stage.pbx.hangsUp(name);
    await stage.pass(13);
  }
}

test.each([1, 2, 3, 10])('a limit of %i requests is kept in any 60 s', async (requestsPerMinute) => {
  const stage = await Stage.open({ requestsPerMinute, maxWaitMs: 3_600_000 });
  await anHourOfCallers(stage);
  expect(busiestMinute(stage)).toBeLessThanOrEqual(requestsPerMinute);
  expect(busiestMinute(stage)).toBeGreaterThan(requestsPerMinute / 2);
});

test('endings are told though polls would like to have spent everything', async () => {
  const stage = await Stage.open();
  await stage.talks('a', '1001');
  for (const name of names(20)) stage.pbx.enters(name);
  await stage.pass(40);
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  expect(stage.helpDesk.toldOf('pbx1-a').at(-1)).toBe('completed');
});

test('a head of a queue is asked about though newcomers keep coming', async () => {
  const stage = await Stage.open({ maxWaitMs: 3_600_000 });
  stage.pbx.enters('first');
  for (let second = 0; second < 300; second += 4) {
    stage.pbx.enters(`newcomer-${second}`);
    await stage.pass(4);
  }
  const { heard } = stage.helpDesk;
  const asked = heard.filter(({ callId }) => callId === 'pbx1-first').map(({ at }) => at);
  const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  expect(asked.length).toBeGreaterThanOrEqual(5);
  // The newcomers of the first half minute spend the whole window; after that, the head comes before them.
  expect(Math.max(...gaps)).toBeLessThan(61_000);
  expect(stage.pbx.placeOf('first')).toEqual({ at: 'hold' });
});

test('a caller who cannot be asked about for endings that have piled up goes to the fallback, and is told of later', async () => {
  const stage = await Stage.open({ requestsPerMinute: 20, failOpenAfterMs: 60_000, maxWaitMs: 3_600_000 });
  for (const name of names(60)) stage.pbx.enters(name);
  await stage.pass(300);
  stage.helpDesk.failure = unreachable;
  await stage.pass(120);
  for (const name of names(60)) stage.pbx.hangsUp(name);
  await stage.pass(1);
  stage.helpDesk.failure = undefined;
  while (stage.helpDesk.toldOf('pbx1-caller-0').at(-1) !== 'lost') await stage.pass(1);
  stage.pbx.enters('starved');
  stage.pbx.enters('behind');
  await stage.pass(119);
  expect(stage.bridge.canServe).toBe(true);
  expect(stage.pbx.placeOf('starved')).toEqual({ at: 'hold' });
  await stage.pass(2);
  for (const name of ['starved', 'behind'])
    expect(stage.pbx.placeOf(name)).toEqual({ at: 'fallback', bridged: false });
  expect(stage.bridge.canServe).toBe(false);
  for (const name of ['starved', 'behind']) stage.pbx.hangsUp(name);
  await stage.pass(600);
  expect(stage.bridge.canServe).toBe(true);
  expect(stage.helpDesk.toldOf('pbx1-starved')).toEqual(['ask', 'lost']);
  expect(busiestMinute(stage)).toBeLessThanOrEqual(20);
});

test('a caller is not taken for starved while the help desk has told us to wait', async () => {
  const stage = await Stage.open({ requestsPerMinute: 3, failOpenAfterMs: 60_000, maxWaitMs: 3_600_000 });
  for (const name of names(3)) stage.pbx.enters(name);
  await stage.pass(50);
  stage.helpDesk.failsOnce(throttled(60_000));
  await stage.pass(30);
  expect(stage.pbx.placeOf('caller-0')).toEqual({ at: 'hold' });
  await stage.pass(40);
  expect(stage.pbx.placeOf('caller-0')).toEqual({ at: 'hold' });
});

/** A stage whose store keeps nothing before so many milliseconds have passed. */
function onDiskThatTakes(settings: ConstructorParameters<typeof Stage>[0] = {}) {
  const stage = new Stage(settings);
  const memory = new SqliteStore(':memory:', stage.clock);
  const disk = { takesMs: 0 };
  stage.store = {
    load: () => memory.load(),
    undelivered: () => memory.undelivered(),
    undeliveredRelays: () => memory.undeliveredRelays(),
    changedElsewhere: () => memory.changedElsewhere(),
    visitsOf: (uniqueid) => memory.visitsOf(uniqueid),
    purge: (endedBefore) => memory.purge(endedBefore),
    close: () => memory.close(),
    commit: async (step) => {
      if (disk.takesMs > 0) await new Promise<void>((resolve) => stage.clock.after(disk.takesMs, resolve));
      return memory.commit(step);
    },
  };
  return { stage, disk };
}

test('the limit is kept though the disk takes seconds', async () => {
  const { stage, disk } = onDiskThatTakes();
  disk.takesMs = 2_000;
  await stage.start();
  for (const name of names(20)) stage.pbx.enters(name);
  await stage.pass(30);
  disk.takesMs = 0;
  await stage.pass(120);
  expect(busiestMinute(stage)).toBeLessThanOrEqual(10);
  expect(stage.helpDesk.heard.length).toBeGreaterThan(15);
});

test('the minute counts from when a request was sent, not from when it was chosen and a slow disk was told', async () => {
  const { stage, disk } = onDiskThatTakes({ maxWaitMs: 3_600_000 });
  await stage.start();
  for (const name of names(30)) stage.pbx.enters(name);
  await stage.pass(300);
  // Endings spend the last permit, and these are enough for the next three minutes.
  for (const name of names(30)) stage.pbx.hangsUp(name);
  disk.takesMs = 5_000;
  await stage.pass(30);
  disk.takesMs = 0;
  await stage.pass(300);
  for (const name of names(30)) expect(stage.helpDesk.toldOf(`pbx1-${name}`).at(-1)).toBe('canceled');
  // The minute, and the half second that a request may travel.
  const sentAt = stage.helpDesk.heard.map(({ at }) => at);
  expect(busiest(sentAt, 60_500)).toBe(10);
});

test('a refusal of what a slow disk held up teaches how many were sent in the minute before that was sent', async () => {
  const clock = new ManualClock();
  const lane = new HelpDeskLane(
    { requestsPerMinute: 10, failOpenAfterMs: 60_000, clock, random: () => 0 },
    { openCalls: [], openMadeCalls: [], entries: [], relays: [], lastSeq: 0, requestsStartedAt: [] },
  );
  const request = (seq: number) =>
    ({ kind: 'report', entry: anEntry(seq, 'completed', `call-${seq}`) }) as const;
  const send = (...seqs: readonly number[]) => {
    for (const seq of seqs) lane.started(request(seq));
    for (const seq of seqs) lane.settled(request(seq), success(undefined));
  };
  send(1, 2);
  await clock.pass(30_000);
  send(3, 4, 5, 6, 7, 8);
  await clock.pass(29_000);
  const chosenAt = clock.monotonic();
  lane.started(request(9));
  // By now the first two are more than a minute old.
  await clock.pass(2_000);
  lane.sentNow(new Set([chosenAt]));
  lane.settled(request(9), failed(throttled()));
  expect(lane.allowed.limit).toBe(6);
});

test('the limit is kept across a restart', async () => {
  const stage = await Stage.open();
  for (const name of names(20)) stage.pbx.enters(name);
  await stage.pass(20);
  for (let restart = 0; restart < 5; restart += 1) {
    await stage.stop();
    await stage.start();
    await stage.pass(7);
  }
  await stage.pass(120);
  expect(busiestMinute(stage)).toBeLessThanOrEqual(10);
});

test.each([-3_600_000, -30_000, 0, 30_000, 3_600_000])(
  'the limit is kept across a restart before which the wall clock was set by %i ms',
  async (ms) => {
    const stage = await Stage.open();
    for (const name of names(20)) stage.pbx.enters(name);
    await stage.pass(1);
    await stage.stop();
    stage.clock.setWallBy(ms);
    await stage.start();
    for (const name of names(20, 'later')) stage.pbx.enters(name);
    await stage.pass(180);
    expect(busiestMinute(stage)).toBeLessThanOrEqual(10);
  },
);

test('the limit is kept over a reboot of the machine, wherever its wall clock comes up', async () => {
  const stage = await Stage.open({ maxWaitMs: 7_200_000 });
  await stage.pass(3_600);
  for (const name of names(20)) stage.pbx.enters(name);
  await stage.pass(20);
  await stage.stop();
  const offMs = 5_000;
  const bootedAt = stage.clock.monotonic() + offMs;
  const heardBefore = stage.helpDesk.heard.splice(0).map(({ at }) => at);
  stage.clock.reboot(offMs);
  stage.clock.setWallBy(3_600_000);
  await stage.pass(3);
  await stage.start();
  for (const name of names(20, 'later')) stage.pbx.enters(name);
  await stage.pass(180);
  const heardAfter = stage.helpDesk.heard.map(({ at }) => at + bootedAt);
  expect(busiest([...heardBefore, ...heardAfter])).toBeLessThanOrEqual(10);
  expect(heardBefore.length).toBeGreaterThan(5);
  expect(heardAfter.length).toBeGreaterThan(10);
});

test.each([-3_600_000, 3_600_000])('the limit is kept while the wall clock is set by %i ms', async (ms) => {
  const stage = await Stage.open();
  for (const name of names(8)) stage.pbx.enters(name);
  await stage.pass(20);
  stage.clock.setWallBy(ms);
  for (const name of names(8, 'later')) stage.pbx.enters(name);
  await stage.pass(180);
  expect(busiestMinute(stage)).toBeLessThanOrEqual(10);
});

test('a wall clock that is set moves no deadline of a caller who rings', async () => {
  const stage = await Stage.open({ ringMs: 20_000, maxWaitMs: 7_200_000 });
  stage.pbx.phones.has('1001', 'rings for ever');
  await stage.rings('a', '1001');
  stage.clock.setWallBy(3_600_000);
  await stage.pass(20);
  expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'agent' });
  await stage.pass(6);
  expect(stage.pbx.placeOf('a')).toEqual({ at: 'hold' });
});

// The stage's morning begins at eleven.
const tillLate = hoursIn('UTC', { '00:00': 4, '11:10': 12, '11:20': 4 });

/** More than any of these limits can carry: somebody comes in every five seconds, and each has left again after twenty. */
async function rushOf(stage: Stage, minutes: number): Promise<void> {
  const until = stage.clock.monotonic() + minutes * 60_000;
  while (stage.clock.monotonic() < until) {
    const name = `rush-${stage.clock.monotonic()}`;
    stage.pbx.enters(name);
    stage.clock.after(20_000, () => stage.pbx.hangsUp(name));
    await stage.pass(5);
  }
}

/** The most requests in any 60 s of the last five minutes. */
const busiestMinuteLately = (stage: Stage): number =>
  busiest(stage.helpDesk.heard.map(({ at }) => at).filter((at) => at > stage.clock.monotonic() - 300_000));

test.each([-30_000, 0, 30_000])(
  'a limit that goes by the hour is kept while it rises and falls, by a far clock that is %i ms ahead',
  async (aheadMs) => {
    const stage = await WatchedStage.watch({ requestsPerMinute: tillLate });
    const wallAhead = stage.clock.now() - stage.clock.monotonic();
    await rushOf(stage, 30);
    const arrivals = stage.helpDesk.heard.map(({ at }) => at + wallAhead + aheadMs - MORNING);
    const counts = arrivals.map((at) => ({
      at,
      count: arrivals.filter((one) => one <= at && one > at - 60_000).length,
      allowed: at >= 10 * 60_000 && at < 20 * 60_000 ? 12 : 4,
    }));
    expect(counts.filter(({ count, allowed }) => count > allowed)).toEqual([]);
    // Each limit is made use of, nearly to the last.
    const most = (from: number, to: number): number =>
      Math.max(
        ...counts.filter(({ at }) => at >= from * 60_000 && at < to * 60_000).map(({ count }) => count),
      );
    expect(most(0, 9)).toBeGreaterThanOrEqual(3);
    expect(most(12, 18)).toBeGreaterThanOrEqual(9);
    expect(most(22, 30)).toBeGreaterThanOrEqual(3);
  },
);

test('a caller who waits for the limit is asked about when the hour brings more, though nothing else happens', async () => {
  const stage = new WatchedStage({ requestsPerMinute: hoursIn('UTC', { '00:00': 1, '11:10': 12 }) });
  // The store is looked into every two seconds; none of those falls on the moment looked at.
  await stage.pass(1);
  await stage.start();
  // More is allowed from half a minute past, for clocks differ.
  await stage.pass(10 * 60 - 10);
  stage.pbx.enters('first');
  await stage.pass(1);
  stage.pbx.enters('second', { queue: 'sales' });
  await stage.pass(37);
  expect([stage.asksAbout('first'), stage.asksAbout('second')]).toEqual([1, 0]);
  await stage.pass(1.1);
  expect(stage.asksAbout('second')).toBe(1);
});

test('a refusal though the limit was kept makes us ask less, and little by little as much as before', async () => {
  const stage = await WatchedStage.watch();
  await rushOf(stage, 20);
  const usual = busiestMinuteLately(stage);
  stage.helpDesk.failsOnce(throttled());
  await rushOf(stage, 5);
  const afterwards = busiestMinuteLately(stage);
  expect(afterwards).toBeLessThan(usual);
  expect(afterwards).toBeGreaterThanOrEqual(usual / 2);
  // A request more every five minutes.
  await rushOf(stage, 30);
  expect(busiestMinuteLately(stage)).toBe(usual);
});

test.each([unreachable, noAnswer, broken, refused, unauthorized])(
  'a request that fails otherwise ($kind) is no reason to ask less',
  async (failure) => {
    const stage = await WatchedStage.watch();
    await rushOf(stage, 20);
    const usual = busiestMinuteLately(stage);
    for (let time = 0; time < 3; time += 1) stage.helpDesk.failsOnce(failure);
    await rushOf(stage, 10);
    expect(busiestMinuteLately(stage)).toBeGreaterThanOrEqual(usual);
  },
);
