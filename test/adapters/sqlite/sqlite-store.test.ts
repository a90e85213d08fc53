import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { uniqueidFrom } from '../../../src/domain/identity.ts';
import { aCall, MORNING } from '../../domain/builders.ts';
import { aLine, anEntry, aStep, StoreFile } from './steps.ts';

test('a new store knows nothing, and makes its folder', async () => {
  await using file = new StoreFile();
  expect(await file.open().load()).toEqual({
    openCalls: [],
    openMadeCalls: [],
    entries: [],
    relays: [],
    lastSeq: 0,
    requestsStartedAt: [],
  });
});

test('what was kept is there for the next process, in every phase, to the last field', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [
    aCall().withId('a').unasked().waiting(),
    aCall().withId('b').asked().waitingAgainAfter('1001'),
    aCall().withId('c').offeredTo('1001', 'moving'),
    aCall().withId('d').talkingTo('1002'),
    aCall().withId('e').leaving('waited', { message: 'message.wav' }),
  ];
  await store.commit(aStep({ calls }));
  await file.close(store);
  const kept = await file.open().load();
  // A field that is undefined is not written; nothing reads the difference.
  expect(kept.openCalls).toEqual(calls);
});

test('open calls come back in the order in which the callers came', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const late = aCall()
    .withId('a')
    .enteredAt(MORNING + 2)
    .waiting();
  const early = aCall()
    .withId('b')
    .enteredAt(MORNING + 1)
    .waiting();
  await store.commit(aStep({ calls: [late, early] }));
  expect((await store.load()).openCalls).toEqual([early, late]);
});

test('a call is kept as it is now, and no more once it has ended', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [aCall().waiting()] }));
  await store.commit(aStep({ calls: [aCall().offeredTo('1001')] }));
  expect((await store.load()).openCalls).toEqual([aCall().offeredTo('1001')]);
  await store.commit(aStep({ calls: [aCall().ended('canceled')] }));
  expect((await store.load()).openCalls).toEqual([]);
});

test('visits of a channel are counted, open and ended, and those of no other', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const uniqueid = uniqueidFrom('1795361570.12');
  expect(await store.visitsOf(uniqueid)).toBe(0);
  const first = { ...aCall().ended('completed'), uniqueid };
  const second = { ...aCall().withId('second').waiting(), uniqueid };
  await store.commit(aStep({ calls: [first, second, aCall().withId('other').waiting()] }));
  expect(await store.visitsOf(uniqueid)).toBe(2);
});

test('reports come back in order until they are delivered', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries: [anEntry(2), anEntry(1), anEntry(3, 'b')] }));
  await store.commit(aStep({ outbox: [{ kind: 'delivered', seq: 2, at: MORNING }] }));
  expect((await store.load()).entries).toEqual([anEntry(1), anEntry(3, 'b')]);
});

test('the last number given is remembered though its report was delivered', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries: [anEntry(1), anEntry(2)] }));
  await store.commit(
    aStep({
      outbox: [
        { kind: 'delivered', seq: 1, at: MORNING },
        { kind: 'delivered', seq: 2, at: MORNING },
      ],
    }),
  );
  await file.close(store);
  expect(await file.open().load()).toMatchObject({ entries: [], lastSeq: 2 });
});

test('a report that failed is still to be told, with its attempts; a refused one is set aside with its reason', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries: [anEntry(1), anEntry(2, 'b')] }));
  await store.commit(
    aStep({
      outbox: [
        { kind: 'failed', seq: 1, attempts: 3, cause: '503' },
        { kind: 'parked', seq: 2, attempts: 1, cause: '422 no such id' },
      ],
    }),
  );
  expect((await store.load()).entries).toEqual([
    { ...anEntry(1), attempts: 3 },
    { ...anEntry(2, 'b'), attempts: 1, parkedBecause: '422 no such id' },
  ]);
});

test('a report that was given up is told no more, and is seen with its reason', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries: [anEntry(1), anEntry(2)] }));
  await store.commit(
    aStep({ outbox: [{ kind: 'dropped', seq: 1, at: MORNING, cause: '422 no such call' }] }),
  );
  expect(await store.undelivered()).toEqual([anEntry(2)]);
  using reader = new StoreReader(file.path);
  expect(reader.outboxOf(anEntry(1).report.callId)).toMatchObject([
    { seq: 1, state: 'dropped', attempts: 1, cause: '422 no such call', settledAt: MORNING },
    { seq: 2, state: 'due', settledAt: undefined },
  ]);
});

test('a step that cannot be kept whole leaves nothing behind, and the next one is kept', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ entries: [anEntry(1)] }));
  // The number is taken already, which is seen only after the call and its line were written.
  const broken = aStep({
    calls: [aCall().withId('b').waiting()],
    timeline: [aLine('b')],
    entries: [anEntry(2), anEntry(1)],
    outbox: [{ kind: 'delivered', seq: 1, at: MORNING }],
    requestsStartedAt: [MORNING],
  });
  await expect(store.commit(broken)).rejects.toThrow('could not keep a step');
  const kept = await store.load();
  expect(kept).toEqual({
    openCalls: [],
    openMadeCalls: [],
    entries: [anEntry(1)],
    relays: [],
    lastSeq: 1,
    requestsStartedAt: [],
  });
  expect(timelineOf(file)).toEqual([]);

  await store.commit(aStep({ calls: [aCall().waiting()] }));
  expect((await store.load()).openCalls).toHaveLength(1);
});

test('the timeline of a call can be read in order, by another process while the daemon runs', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ timeline: [aLine('a'), { ...aLine('a'), to: 'ended', inferred: true }] }));
  expect(timelineOf(file)).toEqual([
    { to_phase: 'waiting', facts: '{"queue":"support"}', inferred: 0 },
    { to_phase: 'ended', facts: '{"queue":"support"}', inferred: 1 },
  ]);
});

test('a hostile name is kept as it is', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const call = { ...aCall().waiting(), clientNumber: `'); DROP TABLE calls; --\u0000\ud83d\ude00` };
  await store.commit(aStep({ calls: [call] }));
  expect((await store.load()).openCalls).toEqual([call]);
});

function timelineOf(file: StoreFile): unknown[] {
  const database = new DatabaseSync(file.path, { readOnly: true });
  const rows = database.prepare('SELECT to_phase, facts, inferred FROM timeline ORDER BY line').all();
  database.close();
  return rows.map((row) => ({ ...row }));
}
