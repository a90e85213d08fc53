import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ParkedEntries } from '../../src/adapters/sqlite/parked-entries.ts';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { callIdFrom } from '../../src/domain/identity.ts';
import type { Entry } from '../../src/domain/outbox/entry.ts';
import type { Kept } from '../../src/ports/store.ts';
import { HelpDeskLane } from '../../src/runtime/help-desk-lane.ts';
import { MORNING } from '../domain/builders.ts';
import { refused } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { Stage } from './stage.ts';

/** A stage whose store is a file, so that a person can put a hand on it. */
class Office implements AsyncDisposable {
  readonly stage = new Stage();
  readonly #folder = mkdtempSync(join(tmpdir(), 'released-'));
  readonly #path = join(this.#folder, 'bridge.db');

  static async open(): Promise<Office> {
    const office = new Office();
    office.stage.store = new SqliteStore(office.#path, office.stage.clock);
    await office.stage.start();
    return office;
  }

  /** What a person does with the commands. */
  async byHand(work: (parked: ParkedEntries) => void): Promise<void> {
    using parked = new ParkedEntries(this.#path);
    work(parked);
  }

  /** A caller was answered, whose `transfered` the help desk refused, and has left again. */
  async aRefusedTransfer(name: string, extension: string): Promise<void> {
    const { stage } = this;
    await stage.rings(name, extension);
    stage.helpDesk.failsOnce(refused, idOf(name));
    stage.pbx.answers(extension);
    await stage.pass(1);
    stage.pbx.hangsUp(name);
    await stage.pass(30);
  }

  /** `kind` and state of what is still to be told. */
  async owed(): Promise<readonly string[]> {
    const { entries } = await this.stage.store.load();
    return entries.map(
      ({ report, parkedBecause }) => `${report.kind} ${parkedBecause === undefined ? 'due' : 'parked'}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stage.stop();
    await this.stage.store.close();
    rmSync(this.#folder, { recursive: true });
  }
}

test('a refused report that a person releases is sent within five seconds, and what waited behind it follows', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await office.aRefusedTransfer('a', '1001');
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask']);
  await office.byHand((parked) => parked.release(1));
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
  expect(await office.owed()).toEqual([]);
});

test('a released report that is refused again is set aside again, and can be released again', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await office.aRefusedTransfer('a', '1001');
  stage.helpDesk.failsOnce(refused);
  await office.byHand((parked) => parked.release(1));
  await stage.pass(60);
  expect(await office.owed()).toEqual(['transfered parked', 'completed due']);
  await office.byHand((parked) => parked.release(1));
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
});

test('a refused report that a person gives up is never sent, and the rest of the call goes on', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await office.aRefusedTransfer('a', '1001');
  await office.byHand((parked) => parked.drop(1, stage.clock.now()));
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'completed']);
  expect(await office.owed()).toEqual([]);
});

/** A caller was there whom the help desk, all the time, refused to hear of. */
async function aRefusedCaller({ stage }: Office): Promise<void> {
  stage.helpDesk.failure = refused;
  stage.pbx.enters('a');
  await stage.pass(1);
  stage.pbx.hangsUp('a');
  await stage.pass(60);
  stage.helpDesk.failure = undefined;
}

test('a caller whose queue had a wrong number is registered under the right one, once that is mended', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await aRefusedCaller(office);
  expect(await office.owed()).toEqual(['received parked', 'lost due']);
  await stage.stop();
  for (const { rules } of stage.settings.queues) Object.assign(rules, { helpDeskQueueId: 99 });
  await office.byHand((parked) => parked.release(1));
  await stage.start();
  await stage.pass(5);
  expect(stage.helpDesk.heard.slice(-2)).toMatchObject([
    { what: 'ask', helpDeskQueueId: 99, callId: idOf('a'), isOk: true },
    { what: 'report', callId: idOf('a'), report: { kind: 'lost' }, isOk: true },
  ]);
});

test('a caller whom a person gives up is given up whole: of one who never came the rest would be refused', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await aRefusedCaller(office);
  const heard = stage.helpDesk.heard.length;
  await office.byHand((parked) => {
    expect(parked.drop(1, stage.clock.now())).toEqual({ kind: 'done', lane: 'movidesk', also: [2] });
  });
  await stage.pass(60);
  expect(await office.owed()).toEqual([]);
  expect(stage.helpDesk.heard).toHaveLength(heard);
});

test('a person’s hand on one call is not felt by another', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await office.aRefusedTransfer('a', '1001');
  await office.aRefusedTransfer('b', '1002');
  await office.byHand((parked) => parked.release(1));
  await stage.pass(60);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('completed');
  expect(stage.helpDesk.toldOf(idOf('b'))).toEqual(['ask']);
  expect(await office.owed()).toEqual(['transfered parked', 'completed due']);
});

test('a report that was refused in this very step stays set aside, though the store does not know it yet', () => {
  const clock = new ManualClock();
  const due: Entry = { ...someEntry, parkedBecause: undefined };
  const settings = { requestsPerMinute: 10, failOpenAfterMs: 60_000, clock, random: () => 0 };
  const kept: Kept = {
    openCalls: [],
    openMadeCalls: [],
    entries: [due],
    relays: [],
    lastSeq: 1,
    requestsStartedAt: [],
  };
  const lane = new HelpDeskLane(settings, kept);
  const change = lane.settled({ kind: 'report', entry: due }, { ok: false, failure: refused });
  expect(lane.takeUp([due], new Set([change?.seq ?? 0]))).toEqual({ released: [], dropped: [] });
  // With the step kept, the same sight of the store is somebody's doing.
  expect(lane.takeUp([due], new Set())).toEqual({ released: [due], dropped: [] });
});

const someEntry: Omit<Entry, 'parkedBecause'> = {
  seq: 1,
  report: { kind: 'canceled', callId: callIdFrom('a'), at: MORNING },
  attempts: 0,
};

test('what was released or given up while the daemon was away is so when it is back', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await office.aRefusedTransfer('a', '1001');
  await office.aRefusedTransfer('b', '1002');
  await stage.stop();
  await office.byHand((parked) => {
    parked.release(1);
    parked.drop(3, stage.clock.now());
  });
  await stage.start();
  await stage.pass(5);
  expect(stage.helpDesk.toldOf(idOf('a')).slice(-2)).toEqual(['transfered 1001', 'completed']);
  expect(stage.helpDesk.toldOf(idOf('b')).slice(-1)).toEqual(['completed']);
});

test('the diary of a call whose ending was given up is not kept for ever', async () => {
  await using office = await Office.open();
  const { stage } = office;
  await stage.talks('a', '1001');
  stage.helpDesk.failsOnce(refused);
  stage.pbx.hangsUp('a');
  await stage.pass(5);
  expect(await stage.pbx.readDiary(idOf('a'))).toMatchObject({ ok: true, diary: { answeredBy: '1001' } });
  await office.byHand((parked) => parked.drop(2, stage.clock.now()));
  await stage.pass(5);
  expect(await stage.pbx.readDiary(idOf('a'))).toMatchObject({ ok: true, diary: undefined });
});
