import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { uniqueidFrom } from '../../../src/domain/identity.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, MORNING } from '../../domain/builders.ts';
import { aCallBack, aLine, anEntry, aRelay, aStep, aTransfer, StoreFile, someFlags } from './steps.ts';

const NUMBER = '5511987654321';
const LATER = MORNING + 86_400_000;

/** A call that is over and told, which leaves its number wherever a number can be left. */
async function aCallThatIsOver(store: SqliteStore, id: string, seq: number): Promise<void> {
  const { callId, queue } = aCall().withId(id).waiting();
  const visit = { clientNumber: NUMBER, callId };
  const received: Report = {
    ...visit,
    kind: 'received',
    queue,
    helpDeskQueueId: 7,
    at: MORNING,
    mayHoldAgent: false,
  };
  await store.commit(
    aStep({ calls: [{ ...aCall().withId(id).waiting(), ...visit }], timeline: [aLine(id)] }),
  );
  await store.commit(
    aStep({
      calls: [{ ...aCall().withId(id).ended('canceled'), ...visit }],
      timeline: [{ ...aLine(id), facts: { target: NUMBER } }],
      entries: [{ ...anEntry(seq, id), report: received }, anEntry(seq + 1, id)],
      requestsStartedAt: [1],
    }),
  );
  await store.commit(
    aStep({ outbox: [seq, seq + 1].map((one) => ({ kind: 'delivered', seq: one, at: MORNING }) as const) }),
  );
}

function rowsOf({ path }: StoreFile): Record<string, unknown> {
  using database = new DatabaseSync(path, { readOnly: true });
  const count = (table: string) => database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'];
  return {
    calls: count('calls'),
    timeline: count('timeline'),
    outbox: count('outbox'),
    relays: count('relays'),
  };
}

test('a call that ended long ago is forgotten, and not a byte of its number is left on the disk', async () => {
  await using file = new StoreFile();
  const store = file.open();
  for (let n = 0; n < 60; n += 1) await aCallThatIsOver(store, `call-${n}`, 2 * n + 1);
  const endedAt = aCall().ended('canceled').endedAt;
  expect(await store.purge(endedAt)).toBe(0);
  expect(file.bytes.includes(NUMBER)).toBe(true);
  expect(await store.purge(endedAt + 1)).toBe(60);
  // The newest report stays, without a word in it: its number must not be given again.
  expect(rowsOf(file)).toEqual({ calls: 0, timeline: 0, outbox: 1, relays: 0 });
  expect((await store.load()).lastSeq).toBe(120);
  expect(file.bytes.includes(NUMBER)).toBe(false);
  await store.load();
});

test('a call of which something is still to be told is not forgotten, nor is one that goes on', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const untold = aCall().withId('a').ended('canceled');
  const open = aCall().withId('b').talkingTo('1001');
  await store.commit(aStep({ calls: [untold, open], timeline: [aLine('a')], entries: [anEntry(1, 'a')] }));
  expect(await store.purge(LATER)).toBe(0);
  const kept = await store.load();
  expect(kept.entries).toEqual([anEntry(1, 'a')]);
  expect(kept.openCalls).toEqual([open]);
});

test.each(['due', 'parked'])(
  'a call of which a relay is %s is kept as long as others are; then both are forgotten, to the last byte',
  async (state) => {
    await using file = new StoreFile();
    const store = file.open();
    const parkedBecause = state === 'parked' ? 'no such call' : undefined;
    const relays = [aTransfer(1, 'a', NUMBER), { ...aTransfer(2, 'a', NUMBER), parkedBecause, at: LATER }];
    await store.commit(aStep({ calls: [aCall().withId('a').ended('completed')], relays }));
    await store.commit(aStep({ relayed: [{ kind: 'delivered', seq: 1, at: MORNING }] }));
    expect(await store.purge(LATER)).toBe(0);
    expect(rowsOf(file)).toMatchObject({ calls: 1, relays: 2 });
    expect(await store.purge(LATER + 1)).toBe(1);
    expect(rowsOf(file)).toMatchObject({ calls: 0, relays: 0 });
    expect(file.bytes.includes(NUMBER)).toBe(false);
    // What comes of it now is news of nothing.
    await store.commit(aStep({ relayed: [{ kind: 'delivered', seq: 2, at: LATER }] }));
    expect(await store.load()).toMatchObject({ relays: [] });
  },
);

test('a call of which a relay is told is forgotten, and a call-back that is due is forgotten with its caller', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const relays = [{ ...aTransfer(1, 'a', NUMBER), at: LATER }, aCallBack(2, 'b'), someFlags(3, 'b')];
  await store.commit(aStep({ calls: ['a', 'b'].map((id) => aCall().withId(id).ended('lost')), relays }));
  await store.commit(aStep({ relayed: [{ kind: 'delivered', seq: 1, at: LATER }] }));
  expect(await store.purge(LATER)).toBe(2);
  expect(rowsOf(file)).toMatchObject({ calls: 0, relays: 0 });
});

test('a relay about no call of ours keeps no call from being forgotten', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [aCall().ended('completed')], relays: [aRelay(1)] }));
  expect(await store.purge(LATER)).toBe(1);
  expect((await store.load()).relays).toEqual([aRelay(1)]);
});

test('relays that belong to no call go when they are old, and not before; those of a kept call stay', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const open = aCall().withId('a').talkingTo('1001');
  const relays = [aRelay(1), aTransfer(2, 'forgotten', '1002'), aTransfer(3, 'a', '1002'), aRelay(4)];
  const told = [1, 2, 3].map((seq) => ({ kind: 'delivered', seq, at: MORNING }) as const);
  await store.commit(aStep({ calls: [open], relays, relayed: told }));
  await store.purge(MORNING);
  expect(rowsOf(file)).toMatchObject({ relays: 4 });
  await store.purge(MORNING + 1);
  expect(rowsOf(file)).toMatchObject({ relays: 2 });
  expect((await store.load()).relays).toEqual([aRelay(4)]);
});

test('an earlier visit of a channel that is still here is not forgotten: the next one is numbered after it', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const uniqueid = uniqueidFrom('1795361570.12');
  const first = { ...aCall().withId('first').ended('lost'), uniqueid };
  const second = { ...aCall().withId('second').waiting(), uniqueid };
  await store.commit(aStep({ calls: [first, second] }));
  expect(await store.purge(LATER)).toBe(0);
  expect(await store.visitsOf(uniqueid)).toBe(2);
});

test('reports that belong to no call go when they are old, and not before', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries: [anEntry(1, 'made'), anEntry(2, 'made')] }));
  await store.commit(aStep({ outbox: [{ kind: 'delivered', seq: 1, at: MORNING }] }));
  await store.purge(MORNING);
  expect(rowsOf(file)).toMatchObject({ outbox: 2 });
  await store.purge(MORNING + 1);
  expect((await store.load()).entries).toEqual([anEntry(2, 'made')]);
  expect(rowsOf(file)).toMatchObject({ outbox: 1 });
});

test('many calls are forgotten in portions, between which the loop goes on', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = Array.from({ length: 450 }, (_, n) => aCall().withId(`call-${n}`).ended('canceled'));
  await store.commit(aStep({ calls }));
  const purged = store.purge(LATER);
  await store.commit(aStep({ calls: [aCall().withId('new').waiting()] }));
  expect(rowsOf(file)).toMatchObject({ calls: 251 });
  await file.clock.pass(1);
  expect(await purged).toBe(450);
  expect((await store.load()).openCalls).toMatchObject([{ callId: 'new' }]);
});

test('a store that is closed while calls are being forgotten is no fault', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = Array.from({ length: 450 }, (_, n) => aCall().withId(`call-${n}`).ended('canceled'));
  await store.commit(aStep({ calls }));
  const purged = store.purge(LATER);
  await file.close(store);
  await file.clock.pass(1);
  expect(await purged).toBe(200);
});

test('two months of days do not make the file larger than a few of them: freed space is used again', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const sizes: number[] = [];
  for (let day = 0; day < 60; day += 1) {
    const calls = Array.from({ length: 20 }, (_, n) => aCall().withId(`${day}-${n}`).ended('canceled'));
    const ended = calls.map((call) => ({ ...call, endedAt: MORNING + day }));
    const timeline = ended.flatMap(({ callId }) => Array.from({ length: 7 }, () => aLine(callId)));
    await store.commit(aStep({ calls: ended, timeline }));
    await store.purge(MORNING + day);
    sizes.push(statSync(file.path).size);
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1.25 * (sizes[2] ?? 0));
  expect(rowsOf(file)).toMatchObject({ calls: 20, timeline: 140 });
});
