import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { eraseNumber } from '../../../src/adapters/sqlite/erase-number.ts';
import type { Call, Ending } from '../../../src/domain/call/call.ts';
import type { LostCallersWanted } from '../../../src/ports/lost-callers.ts';
import type { TimelineLine } from '../../../src/ports/store.ts';
import { aCall, MORNING } from '../../domain/builders.ts';
import { aLine, anEntry, aStep, StoreFile } from './steps.ts';

const ANA = '11987650001';
const BIA = '11987650002';
const CAIO = '11987650003';
const YESTERDAY = MORNING - 86_400_000;
const minute = (minutes: number) => MORNING + minutes * 60_000;

const of = <Kind extends Call>(call: Kind, clientNumber: string): Kind => ({ ...call, clientNumber });

/** A call of theirs that ended so, that many minutes into the morning. */
function ended(id: string, clientNumber: string, ending: Ending, atMinute: number): Call {
  return { ...of(aCall().withId(id).ended(ending), clientNumber), endedAt: minute(atMinute) };
}

/** As a line of a call that ended: by that input. */
function endedBy(id: string, input: string): TimelineLine {
  return { ...aLine(id), from: 'leaving', to: 'ended', input };
}

/** Brazil's ways to write a number, as the far side dials them. */
function numberOf(clientNumber: string): string | undefined {
  const [, national] = /^(?:\+?55|0)?([1-9][0-9]{10})$/.exec(clientNumber) ?? [];
  return national === undefined ? undefined : `0055${national}`;
}

const some = (changes: Partial<LostCallersWanted> = {}): LostCallersWanted => ({
  task: 'task-1',
  count: 10,
  since: YESTERDAY,
  now: minute(600),
  numberOf,
  ...changes,
});

const given = (callId: string, clientNumber: string) => ({ callId, number: `0055${clientNumber}` });
const NOBODY = { callers: [], exhausted: true };

test('lost callers are given out, whoever was lost first before all others', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('b', BIA, 'lost', 2), ended('c', CAIO, 'lost', 3), ended('a', ANA, 'lost', 1)];
  await store.commit(aStep({ calls }));
  expect(await store.handOutLost(some())).toEqual({
    callers: [given('a', ANA), given('b', BIA), given('c', CAIO)],
    exhausted: true,
  });
});

test('no more are given than were wanted, and that there are others is said', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a', ANA, 'lost', 1), ended('b', BIA, 'lost', 2), ended('c', CAIO, 'lost', 3)];
  await store.commit(aStep({ calls }));
  const one = some({ count: 1 });
  expect(await store.handOutLost(one)).toEqual({ callers: [given('a', ANA)], exhausted: false });
  expect(await store.handOutLost(some({ count: 2 }))).toEqual({
    callers: [given('b', BIA), given('c', CAIO)],
    exhausted: true,
  });
  expect(await store.handOutLost(one)).toEqual(NOBODY);
});

test('nobody is given out twice: not to another task, not after a restart, not where the answer was lost', async () => {
  await using file = new StoreFile();
  const before = file.open();
  await before.commit(aStep({ calls: [ended('a', ANA, 'lost', 1)] }));
  await before.handOutLost(some());
  expect(await before.handOutLost(some())).toEqual(NOBODY);
  await file.close(before);
  const after = file.open();
  expect(await after.handOutLost(some({ task: 'task-2' }))).toEqual(NOBODY);
  expect(await after.handOutLost(some({ task: 'task-3', since: 0 }))).toEqual(NOBODY);
});

test('that a caller was given out is on the disk when they are', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 1)] }));
  await store.handOutLost(some());
  using onlooker = new DatabaseSync(file.path, { readOnly: true });
  expect(onlooker.prepare('SELECT * FROM lost_calls_settled').all()).toEqual([
    { call_id: 'a', task: 'task-1', settled_at: minute(600) },
  ]);
});

test('a caller who is lost anew is given out anew, even where the clock was set back', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('a1', ANA, 'lost', 10)] }));
  await store.handOutLost(some());
  await store.commit(aStep({ calls: [ended('a2', ANA, 'lost', 5)] }));
  expect((await store.handOutLost(some())).callers).toEqual([given('a2', ANA)]);
  expect(await store.handOutLost(some())).toEqual(NOBODY);
});

test('a caller who was lost three times, in as many spellings, is given out once, in the place of the first', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [
    ended('a1', `+55${ANA}`, 'lost', 1),
    ended('b', BIA, 'lost', 2),
    ended('a2', `0${ANA}`, 'lost', 3),
    ended('a3', ANA, 'lost', 4),
  ];
  await store.commit(aStep({ calls }));
  expect(await store.handOutLost(some({ count: 1 }))).toMatchObject({ callers: [given('a1', ANA)] });
  expect(await store.handOutLost(some())).toEqual({ callers: [given('b', BIA)], exhausted: true });
});

test('who was lost before they were given out is not given out by a call from further back', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('old', ANA, 'lost', -600), ended('new', ANA, 'lost', 1)] }));
  expect(await store.handOutLost(some({ since: MORNING }))).toMatchObject({ callers: [given('new', ANA)] });
  expect(await store.handOutLost(some())).toEqual(NOBODY);
});

test('whoever was lost too long ago no longer waits for a call', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 1), ended('b', BIA, 'lost', 2)] }));
  expect(await store.handOutLost(some({ since: minute(1) }))).toEqual({
    callers: [given('b', BIA)],
    exhausted: true,
  });
});

test.each(['completed', 'canceled'] as const)(
  'a caller whose only call was %s is not called',
  async (ending) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, ending, 1)] }));
    expect(await store.handOutLost(some())).toEqual(NOBODY);
  },
);

test('a caller who was answered after they were lost is not called, whatever they called from', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a1', ANA, 'lost', 1), ended('a2', `+55${ANA}`, 'completed', 9)];
  await store.commit(aStep({ calls: [...calls, ended('b', BIA, 'lost', 2)] }));
  expect(await store.handOutLost(some())).toEqual({ callers: [given('b', BIA)], exhausted: true });
});

test('a caller who was answered first and lost afterwards is called, and so is one who gave up since', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a1', ANA, 'completed', 1), ended('a2', ANA, 'lost', 2)];
  await store.commit(aStep({ calls: [...calls, ended('a3', ANA, 'canceled', 3)] }));
  expect((await store.handOutLost(some())).callers).toEqual([given('a2', ANA)]);
});

test('a caller who was lost, answered and lost again is called once', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a1', ANA, 'lost', 1), ended('a2', ANA, 'completed', 2), ended('a3', ANA, 'lost', 3)];
  await store.commit(aStep({ calls }));
  expect(await store.handOutLost(some())).toEqual({ callers: [given('a3', ANA)], exhausted: true });
  expect(await store.handOutLost(some())).toEqual(NOBODY);
});

test('a caller whom the fallback was serving when we let go of them is not called', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a1', ANA, 'lost', 1), ended('a2', ANA, 'lost', 5), ended('b', BIA, 'lost', 6)];
  const timeline = [endedBy('a1', 'gone'), endedBy('a2', 'found'), endedBy('b', 'gone')];
  await store.commit(aStep({ calls, timeline }));
  expect(await store.handOutLost(some())).toEqual({ callers: [given('b', BIA)], exhausted: true });
});

test.each([
  ['waits', aCall().withId('open').waiting()],
  ['is offered to an agent', aCall().withId('open').offeredTo('1001')],
  ['talks', aCall().withId('open').talkingTo('1001')],
  ['leaves a message', aCall().withId('open').leaving('waited')],
])(
  'a caller who %s at this moment is not called, and is once that call is lost as well',
  async (_what, open) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 1), of(open, `+55${ANA}`)] }));
    expect(await store.handOutLost(some())).toEqual(NOBODY);
    await store.commit(aStep({ calls: [ended('open', `+55${ANA}`, 'lost', 9)] }));
    expect(await store.handOutLost(some())).toEqual({ callers: [given('a', ANA)], exhausted: true });
  },
);

test('a caller whose number cannot be dialled is passed over, and is given when it can be', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = ['anonymous', '1001', '87650001'].map((number, n) => ended(`n${n}`, number, 'lost', n));
  await store.commit(aStep({ calls: [...calls, ended('a', ANA, 'lost', 9)] }));
  expect(await store.handOutLost(some({ count: 1 }))).toEqual({
    callers: [given('a', ANA)],
    exhausted: true,
  });
  const inSaoPaulo = some({
    numberOf: (number) => (number === '87650001' ? '005511987650001' : undefined),
  });
  expect((await store.handOutLost(inSaoPaulo)).callers).toMatchObject([{ callId: 'n2' }]);
});

test('another caller whose number ends alike is another caller', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const alike = ANA.replace(/^11/, '21');
  const calls = [ended('a', ANA, 'lost', 1), ended('b', alike, 'completed', 2), ended('c', alike, 'lost', 3)];
  await store.commit(aStep({ calls }));
  expect((await store.handOutLost(some())).callers).toEqual([given('a', ANA), given('c', alike)]);
});

test('nobody is given out where what was done cannot be kept', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 1), ended('b', BIA, 'lost', 2)] }));
  file.write((database) =>
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON lost_calls_settled WHEN NEW.call_id = 'b'
      BEGIN SELECT RAISE(ABORT, 'no room'); END`),
  );
  await expect(store.handOutLost(some())).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
  file.write((database) => database.exec('DROP TRIGGER full'));
  expect((await store.handOutLost(some())).callers).toEqual([given('a', ANA), given('b', BIA)]);
});

test('a call that is forgotten takes with it that its caller was given out, to the last byte of the number', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a', ANA, 'lost', 1), ended('b1', BIA, 'lost', 2), ended('b2', BIA, 'completed', 3)];
  await store.commit(aStep({ calls }));
  await store.handOutLost(some());
  const rows = () => {
    using database = new DatabaseSync(file.path, { readOnly: true });
    return database.prepare('SELECT call_id FROM lost_calls_settled').all();
  };
  expect(rows()).toEqual([{ call_id: 'a' }, { call_id: 'b1' }]);
  expect(await store.purge(minute(60))).toBe(3);
  expect(rows()).toEqual([]);
  expect([ANA, BIA].filter((number) => file.bytes.includes(number))).toEqual([]);
});

test('a person who was given out, and one who was not yet, can be erased: no byte is left, and nobody calls them', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 1), ended('b', BIA, 'lost', 2)] }));
  await store.handOutLost(some({ count: 1 }));
  expect(eraseNumber(file.path, ANA)).toMatchObject({ erased: ['a'], isJournalEmpty: true });
  expect(eraseNumber(file.path, BIA)).toMatchObject({ erased: ['b'], isJournalEmpty: true });
  expect([ANA, BIA].filter((number) => file.bytes.includes(number))).toEqual([]);
  expect(await store.handOutLost(some())).toEqual(NOBODY);
});

test('what is given out is no change of somebody else’s, and no word to the help desk', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 1)], entries: [anEntry(1, 'a')] }));
  await store.handOutLost(some());
  expect(await store.changedElsewhere()).toBe(false);
  expect((await store.load()).entries).toEqual([anEntry(1, 'a')]);
});
