import { expect, test } from 'vitest';
import type { Call, Ending } from '../../../src/domain/call/call.ts';
import type { HandedOut, LostCallersWanted } from '../../../src/ports/lost-callers.ts';
import { aCall, MORNING } from '../../domain/builders.ts';
import { aStep, StoreFile } from './steps.ts';

const ANA = '11987650001';
const BIA = '11987650002';

/** A call of theirs that ended so, that many seconds into the morning. */
function ended(id: string, clientNumber: string, ending: Ending, atSecond: number): Call {
  return { ...aCall().withId(id).ended(ending), clientNumber, endedAt: MORNING + atSecond * 1000 };
}

/** That many, each with its place in the row. */
const many = <Item>(length: number, make: (n: number) => Item): Item[] =>
  Array.from({ length }, (_, n) => make(n));

const mobile = (n: number) => `119${10_000_000 + n}`;
/** As many numbers as are wanted, up to 90,000, that end in the same six digits. */
const alike = (n: number) => `${11 + (n % 80)}9${10 + Math.floor(n / 80)}654321`;

/** Of a number with an area everything; how often it was asked is how many numbers were read. */
function reading() {
  const read: string[] = [];
  const numberOf = (clientNumber: string) => {
    read.push(clientNumber);
    return clientNumber.length >= 11 ? `0055${clientNumber}` : undefined;
  };
  return { read, numberOf };
}

const some = (changes: Partial<LostCallersWanted> = {}): LostCallersWanted => ({
  ...{ task: 'task-1', count: 100, since: MORNING - 1, now: MORNING + 86_400_000 },
  numberOf: reading().numberOf,
  ...changes,
});

const idsIn = ({ callers }: HandedOut) => callers.map(({ callId }) => String(callId));

test('lost callers who were answered since are looked at two hundred at a time, and whoever is behind them is found', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const lost = many(450, (n) => ended(`l${n}`, mobile(n), 'lost', n));
  const served = many(450, (n) => ended(`s${n}`, mobile(n), 'completed', 1_000 + n));
  await store.commit(aStep({ calls: [...lost, ...served, ended('a', ANA, 'lost', 900)] }));
  const { read, numberOf } = reading();
  const one = some({ count: 1, numberOf });
  expect(await store.handOutLost(one)).toEqual({ callers: [], exhausted: false });
  expect(read).toHaveLength(200);
  expect(await store.handOutLost(one)).toEqual({ callers: [], exhausted: false });
  expect(await store.handOutLost(one)).toMatchObject({ callers: [{ callId: 'a' }], exhausted: true });
  expect(await store.handOutLost(one)).toEqual({ callers: [], exhausted: true });
});

test('so many callers who cannot be dialled do not keep the others from being called, in whatever portions', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const undialled = many(450, (n) => ended(`u${n}`, String(1_000 + n), 'lost', n));
  const calls = [...undialled, ended('a', ANA, 'lost', 900), ended('b', BIA, 'lost', 901)];
  await store.commit(aStep({ calls }));
  const answers: HandedOut[] = [];
  for (let n = 0; n < 4; n++) answers.push(await store.handOutLost(some({ count: 1 })));
  expect(answers.flatMap(idsIn)).toEqual(['a', 'b']);
  expect(answers.map(({ exhausted }) => exhausted)).toEqual([false, false, false, true]);
  // From the first one again: one of them can be dialled by now.
  const numberOf = (number: string) => (number === '1003' ? '005511987651003' : undefined);
  expect(idsIn(await store.handOutLost(some({ numberOf })))).toEqual(['u3']);
});

test('a caller who was calling when it was their turn is given in the next round, and nobody is said to be the last before', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const undialled = many(250, (n) => ended(`u${n}`, String(1_000 + n), 'lost', 1 + n));
  const calling = { ...aCall().withId('open').waiting(), clientNumber: ANA };
  await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0), ...undialled, calling] }));
  expect(await store.handOutLost(some())).toEqual({ callers: [], exhausted: false });
  await store.commit(aStep({ calls: [ended('open', ANA, 'canceled', 400)] }));
  expect(await store.handOutLost(some())).toEqual({ callers: [], exhausted: false });
  expect(idsIn(await store.handOutLost(some()))).toEqual(['a']);
  expect(await store.handOutLost(some())).toEqual({ callers: [], exhausted: true });
});

test('a caller who goes on calling does not keep a task from its end where they are the last', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const undialled = many(250, (n) => ended(`u${n}`, String(1_000 + n), 'lost', n));
  const calling = { ...aCall().withId('open').waiting(), clientNumber: ANA };
  await store.commit(aStep({ calls: [...undialled, ended('a', ANA, 'lost', 900), calling] }));
  expect(await store.handOutLost(some())).toEqual({ callers: [], exhausted: false });
  expect(await store.handOutLost(some())).toEqual({ callers: [], exhausted: true });
});

test('whoever is calling does not keep another from being called whose number ends alike', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calling = { ...aCall().withId('open').waiting(), clientNumber: alike(1) };
  const calls = [ended('a', alike(0), 'lost', 0), ended('b', alike(1), 'lost', 1), calling];
  await store.commit(aStep({ calls }));
  expect(idsIn(await store.handOutLost(some()))).toEqual(['a']);
});

test('what was lost too long ago is passed over, also where an answer was cut short before it', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const undialled = many(250, (n) => ended(`u${n}`, String(1_000 + n), 'lost', n));
  const calls = [...undialled, ended('a', ANA, 'lost', 300), ended('b', BIA, 'lost', 301)];
  await store.commit(aStep({ calls }));
  await store.handOutLost(some());
  const later = some({ since: MORNING + 300_000 });
  expect(await store.handOutLost(later)).toMatchObject({ callers: [{ callId: 'b' }], exhausted: true });
});

test('of a flood from numbers that end alike only the last hundred are called, each once', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const flood = many(900, (n) => ended(`f${n}`, alike(n), 'lost', n));
  await store.commit(aStep({ calls: [...flood, ended('a', ANA, 'lost', 2_000)] }));
  const { read, numberOf } = reading();
  const answers = [await store.handOutLost(some({ numberOf }))];
  expect(read.length).toBeLessThanOrEqual(300);
  for (let n = 0; n < 5; n++) answers.push(await store.handOutLost(some()));
  expect(answers.map(({ exhausted }) => exhausted)).toEqual([false, false, false, false, false, true]);
  expect(answers.flatMap(idsIn)).toEqual([...many(100, (n) => `f${800 + n}`), 'a']);
  expect(await store.handOutLost(some())).toEqual({ callers: [], exhausted: true });
});

test('somebody who was lost a thousand times is given once, and not again by what lies further back', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: many(1_000, (n) => ended(`f${n}`, ANA, 'lost', n)) }));
  const answers: HandedOut[] = [];
  for (let n = 0; n < 8; n++) answers.push(await store.handOutLost(some()));
  expect(answers.flatMap(idsIn)).toEqual(['f900']);
  expect(answers.at(-1)).toEqual({ callers: [], exhausted: true });
});

test('callers who called very often are fewer in one answer, and none is left out', async () => {
  await using file = new StoreFile();
  const store = file.open();
  // Fifty calls each, of which nobody answered one.
  const calls = many(1_000, (n) => ended(`f${n}`, mobile(n % 20), 'lost', n));
  await store.commit(aStep({ calls }));
  const { read, numberOf } = reading();
  const first = await store.handOutLost(some({ numberOf }));
  expect(first).toMatchObject({ callers: { length: 8 }, exhausted: false });
  expect(read.length).toBeLessThanOrEqual(20);
  const rest = [await store.handOutLost(some()), await store.handOutLost(some())];
  expect([first, ...rest].flatMap(idsIn)).toEqual(many(20, (n) => `f${n}`));
  expect(rest.at(-1)).toMatchObject({ exhausted: true });
});
