import { expect, test } from 'vitest';
import { agentNamed, agentSeenFree, headDenied, nobodyKnown } from '../../src/domain/queue/known-agents.ts';
import { success } from '../../src/ports/failure.ts';
import { HelpDeskLane } from '../../src/runtime/help-desk-lane.ts';
import { aCall, extension } from '../domain/builders.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const queue = aCall().waiting().queue;
const NOBODY_ASIDE = { isInUse: () => false, isSetAside: () => false, nextInTurnAt: undefined };

type Seen = Parameters<HelpDeskLane['choose']>[0];

/**
 * The help desk may be asked once a minute, and one caller waits. By all signs an agent is free; asked, it says nothing
 * about agents, or that there is nobody.
 */
function anOffice(changes: Partial<Seen> = {}, answer: 'nothing' | 'nobody' = 'nothing') {
  const clock = new ManualClock();
  const lane = new HelpDeskLane(
    { requestsPerMinute: 1, failOpenAfterMs: 3_600_000, clock, random: () => 0 },
    { openCalls: [], openMadeCalls: [], entries: [], relays: [], lastSeq: 0, requestsStartedAt: [] },
  );
  const call = aCall().heard().waiting();
  const named = agentNamed(nobodyKnown, { queue, extension: extension('1001'), now: 0 });
  const agents = agentSeenFree(named, extension('1001'), 500);
  let seen: Seen = { calls: [call], agents, extensions: NOBODY_ASIDE, mayAsk: true, ...changes };

  function spend(now: Partial<Seen>): void {
    for (let choice = lane.choose({ ...seen, ...now }); choice.kind === 'start'; ) {
      lane.started(choice.request);
      lane.settled(choice.request, success(undefined));
      if (answer === 'nobody') seen = { ...seen, agents: headDenied(seen.agents, queue, clock.monotonic()) };
      choice = lane.choose({ ...seen, ...now });
    }
  }

  /** Sends what may be sent each second. When an operator was told, and how many seconds were lost by then. */
  async function warningsWithin(seconds: number, now: Partial<Seen> = {}) {
    const told: { afterS: number; lostS: number }[] = [];
    for (let afterS = 0; afterS < seconds; afterS += 1) {
      spend(now);
      const lostMs = lane.takeShortage();
      if (lostMs !== undefined) told.push({ afterS, lostS: Math.round(lostMs / 1_000) });
      await clock.pass(1_000);
    }
    return told;
  }
  return { warningsWithin };
}

test('an operator is told when a caller with a free agent has waited for the limit for a minute of ten', async () => {
  const [first] = await anOffice().warningsWithin(90);
  expect(first?.lostS).toBe(60);
  expect(first?.afterS).toBeLessThan(70);
});

test('an operator is told once in ten minutes, however long it lasts', async () => {
  const told = await anOffice().warningsWithin(30 * 60);
  expect(told).toHaveLength(3);
  const gaps = told.slice(1).map(({ afterS }, index) => afterS - (told[index]?.afterS ?? 0));
  expect(gaps).toEqual([600, 600]);
});

test('less than a minute of ten is worth no word', async () => {
  const office = anOffice();
  for (let time = 0; time < 4; time += 1) {
    expect(await office.warningsWithin(45)).toEqual([]);
    expect(await office.warningsWithin(600, { calls: [] })).toEqual([]);
  }
});

test('an operator is not told while it is the agents who are missing: all are in calls', async () => {
  const extensions = { ...NOBODY_ASIDE, isInUse: () => true };
  expect(await anOffice({ extensions }).warningsWithin(20 * 60)).toEqual([]);
});

test('an operator is not told while it is the agents who are missing: nobody was asked about for long, in more queues than the limit can serve', async () => {
  const calls = ['support', 'sales', 'billing'].map((name) =>
    aCall().withId(name).inQueue(name).heard().waiting(),
  );
  const agents = calls.reduce(
    (known, call) => agentNamed(known, { queue: call.queue, extension: extension('1001'), now: 0 }),
    nobodyKnown,
  );
  const extensions = { ...NOBODY_ASIDE, isInUse: () => true };
  expect(await anOffice({ calls, agents, extensions }).warningsWithin(20 * 60)).toEqual([]);
});

test('an operator is not told while it is the agents who are missing: there is no sign of anybody', async () => {
  const office = anOffice({ agents: nobodyKnown }, 'nobody');
  expect(await office.warningsWithin(20 * 60)).toEqual([]);
});

test('an operator is not told while the PBX is away', async () => {
  expect(await anOffice({ mayAsk: false }).warningsWithin(20 * 60)).toEqual([]);
});
