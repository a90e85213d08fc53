import { describe, expect, test } from 'vitest';
import { eraseNumber } from '../../../src/adapters/sqlite/erase-number.ts';
import type { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import type { Call } from '../../../src/domain/call/call.ts';
import { callIdFrom, uniqueidFrom } from '../../../src/domain/identity.ts';
import type { CallerHistory } from '../../../src/ports/caller-histories.ts';
import type { RelayChange, TimelineLine } from '../../../src/ports/store.ts';
import { aCall } from '../../domain/builders.ts';
import { ANA, BIA, delivered, ended, handOut, historyOf, idsIn, minute, numberOf, of } from './callers.ts';
import { aCallBack, aLine, aStep, StoreFile, someFlags } from './steps.ts';

/** That the call ended by this input. */
const endedBy = (id: string, input: string): TimelineLine => ({
  ...aLine(id),
  ...{ from: 'leaving', to: 'ended', input },
});

const UNHEARD_OF: CallerHistory = {
  number: `+55${ANA}`,
  lostAt: minute(0),
  isCalling: false,
  isServed: false,
  isTooFarBack: false,
  handedOutAt: undefined,
  isLostAnew: false,
  lastCalledAt: minute(0),
  calledBackAt: undefined,
  calledBackAs: undefined,
  calledBefore: undefined,
};

test('of a caller who was lost, and is not known otherwise, the number and the time are known', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const calls = [ended('a', `0${ANA}`, 'lost', 0), ended('b', BIA, 'completed', 5)];
  await store.commit(aStep({ calls }));
  expect(await historyOf(store, 'a')).toEqual(UNHEARD_OF);
});

describe('nothing is known', () => {
  test('of a call that there never was, that is purged, or that goes on', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), of(aCall().withId('open').waiting(), ANA)];
    await store.commit(aStep({ calls }));
    await store.purge(minute(60));
    expect(await historyOf(store, 'a')).toBeUndefined();
    expect(await historyOf(store, 'never')).toBeUndefined();
    expect(await historyOf(store, 'open')).toBeUndefined();
  });

  test('of a call whose row cannot be read any more, and nothing breaks for that', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0), ended('a2', ANA, 'lost', 1)] }));
    file.write((database) => database.exec(`UPDATE calls SET body = '{' WHERE call_id = 'a'`));
    expect(await historyOf(store, 'a')).toBeUndefined();
    expect(await historyOf(store, 'a2')).toMatchObject({ number: `+55${ANA}`, calledBefore: undefined });
  });

  test('of a caller whose number was erased, but when they were lost', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('a2', `+55${ANA}`, 'completed', 5)];
    await store.commit(aStep({ calls }));
    eraseNumber(file.path, ANA);
    expect(await historyOf(store, 'a')).toEqual({ ...UNHEARD_OF, number: undefined });
  });

  test.each(['anonymous', '1001', '87650001'])(
    'of a caller whose number cannot be called (%s), but when they were lost',
    async (number) => {
      await using file = new StoreFile();
      const store = file.open();
      const open = of(aCall().withId('open').waiting(), number);
      await store.commit(
        aStep({ calls: [ended('a', number, 'lost', 0), open, ended('c', number, 'completed', 3)] }),
      );
      expect(await historyOf(store, 'a')).toEqual({ ...UNHEARD_OF, number: undefined });
    },
  );

  test('by another caller whose number ends alike', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const alike = ANA.replace(/^11/, '21');
    const calls = [
      ...[ended('c1', alike, 'lost', -9), ended('a', ANA, 'lost', 0), ended('c2', alike, 'completed', 3)],
      of(aCall().withId('open').waiting(), alike),
    ];
    await store.commit(aStep({ calls, relays: [aCallBack(1, 'c1')], relayed: [delivered(1, 1)] }));
    expect(await historyOf(store, 'a')).toEqual(UNHEARD_OF);
  });
});

describe('whether they are calling at this moment', () => {
  test.each([
    ['waits', aCall().withId('open').waiting()],
    ['is offered to an agent', aCall().withId('open').offeredTo('1001')],
    ['talks', aCall().withId('open').talkingTo('1001')],
    ['leaves a message', aCall().withId('open').leaving('waited')],
  ])('who %s is, in whatever spelling, until that is over', async (_what, open) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0), of(open, `+55${ANA}`)] }));
    expect(await historyOf(store, 'a')).toEqual({ ...UNHEARD_OF, isCalling: true });
    await store.commit(aStep({ calls: [ended('open', `+55${ANA}`, 'canceled', 9)] }));
    expect(await historyOf(store, 'a')).toEqual({ ...UNHEARD_OF, lastCalledAt: minute(9) });
  });
});

describe('whether they were answered since', () => {
  test.each<[string, readonly Call[], readonly TimelineLine[], boolean]>([
    ['by an agent, under another spelling', [ended('s', `0${ANA}`, 'completed', 3)], [], true],
    ['by the fallback', [ended('s', ANA, 'lost', 3)], [endedBy('s', 'found')], true],
    ['before they were lost', [ended('s', ANA, 'completed', -3)], [], false],
    ['by nobody: they gave up again', [ended('s', ANA, 'canceled', 3)], [endedBy('s', 'gone')], false],
    ['by nobody: they were lost again', [ended('s', ANA, 'lost', 3)], [endedBy('s', 'gone')], false],
  ])('%s', async (_what, calls, timeline, isServed) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0), ...calls], timeline }));
    expect(await historyOf(store, 'a')).toMatchObject({ isServed });
  });

  test('of a caller behind a hundred calls from numbers that end alike nobody can tell, and that is said', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const alike = (n: number) => `${11 + (n % 80)}9${10 + Math.floor(n / 80)}650001`;
    const flood = (length: number) =>
      Array.from({ length }, (_, n) => ended(`f${n}`, alike(n), 'lost', 1 + n / 100));
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0), ...flood(99)] }));
    expect(await historyOf(store, 'a')).toMatchObject({ isServed: false, isTooFarBack: false });
    await store.commit(aStep({ calls: flood(150).slice(99) }));
    const tooFarBack = { number: `+55${ANA}`, isServed: false, isTooFarBack: true };
    expect(await historyOf(store, 'a')).toMatchObject(tooFarBack);
    expect(await historyOf(store, 'f149')).toMatchObject({ isServed: false, isTooFarBack: false });
    // Nor is one of whom nobody can tell given to Udesk.
    expect(idsIn(await handOut(store, 5, 500))).not.toContain('a');
  });

  test('somebody who calls very often is read a hundred calls deep, and no more', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = Array.from({ length: 900 }, (_, n) => ended(`a${n}`, ANA, 'lost', n));
    await store.commit(aStep({ calls }));
    let read = 0;
    const counted = (number: string) => {
      read += 1;
      return numberOf(number);
    };
    const history = await store.callerHistory(callIdFrom('a899'), counted);
    expect(history).toMatchObject({ isServed: false, calledBefore: minute(898) });
    expect(read).toBe(1);
  });
});

describe('when somebody else was given them', () => {
  test('who was handed out to Udesk was then, by the very call and by another in another spelling', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('gave-up', `+55${ANA}`, 'canceled', 2)];
    await store.commit(aStep({ calls: [...calls, ended('b', BIA, 'lost', 3)] }));
    expect(idsIn(await handOut(store, 5, 1))).toEqual(['a']);
    const handedOutAt = minute(5);
    const later = { lastCalledAt: minute(2) };
    expect(await historyOf(store, 'a')).toEqual({ ...UNHEARD_OF, ...later, handedOutAt });
    expect(await historyOf(store, 'gave-up')).toMatchObject({ handedOutAt });
    expect(await historyOf(store, 'b')).toMatchObject({ handedOutAt: undefined });
  });

  test('who was lost anew after they were handed out was before that', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0)] }));
    await handOut(store, 5);
    await store.commit(aStep({ calls: [ended('a2', ANA, 'lost', 6)] }));
    expect(await historyOf(store, 'a2')).toMatchObject({ handedOutAt: minute(5) });
    await handOut(store, 9);
    expect(await historyOf(store, 'a')).toMatchObject({ handedOutAt: minute(9) });
  });

  test('who was handed out for a call was so after it, however the clock was set meanwhile', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0)] }));
    await handOut(store, -90);
    expect(await historyOf(store, 'a')).toMatchObject({ handedOutAt: minute(0) });
  });

  test('who was not given because they had been answered was not, whatever was settled for that', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('s', ANA, 'completed', 3)];
    await store.commit(aStep({ calls }));
    await handOut(store, 5);
    expect(await historyOf(store, 'a')).toMatchObject({ handedOutAt: undefined, isServed: true });
  });
});

describe('whether they were called back', () => {
  test('when, and as what, by the call for which it was; by their other calls only when', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('a2', `0${ANA}`, 'canceled', 9)];
    await store.commit(aStep({ calls, relays: [aCallBack(1, 'a'), someFlags(2, 'a'), aCallBack(3, 'a2')] }));
    await store.commit(aStep({ relayed: [delivered(1, 2, '397'), delivered(2, 3)] }));
    const calledBackAt = minute(2);
    expect(await historyOf(store, 'a')).toEqual({
      ...{ ...UNHEARD_OF, lastCalledAt: minute(9), isLostAnew: true },
      ...{ calledBackAt, calledBackAs: '397' },
    });
    expect(await historyOf(store, 'a2')).toMatchObject({
      ...{ calledBackAt, calledBackAs: undefined, handedOutAt: undefined, calledBefore: minute(0) },
    });
    await store.commit(aStep({ relayed: [delivered(3, 10)] }));
    expect(await historyOf(store, 'a')).toMatchObject({ calledBackAt: minute(10), calledBackAs: '397' });
    expect(await historyOf(store, 'a2')).toMatchObject({ calledBackAs: undefined });
  });

  test.each<[string, RelayChange]>([
    ['fails', { kind: 'failed', seq: 1, attempts: 1, cause: '503' }],
    ['was refused', { kind: 'parked', seq: 1, attempts: 1, cause: 'no such menu' }],
    ['was not needed', { kind: 'dropped', seq: 1, at: minute(2), cause: 'they were answered since' }],
    ['was put off', { kind: 'put-off', seq: 1, cause: 'they may call again' }],
  ])('not by one that %s', async (_what, change) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0)], relays: [aCallBack(1, 'a')] }));
    await store.commit(aStep({ relayed: [change] }));
    expect(await historyOf(store, 'a')).toEqual(UNHEARD_OF);
    expect(idsIn(await handOut(store, 5))).toEqual(['a']);
  });
});

describe('a call-back that is ordered for later', () => {
  const dueAt = minute(600);

  test('counts as made at the time for which it is ordered, whichever call it is for', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('a2', `0${ANA}`, 'lost', 9), ended('b', BIA, 'lost', 9)];
    await store.commit(aStep({ calls, relays: [aCallBack(1, 'a'), aCallBack(2, 'b')] }));
    await store.commit(aStep({ relayed: [{ kind: 'started', seq: 1, at: minute(2) }] }));
    const relayed = [{ ...delivered(1, 2, '397'), dueAt }, delivered(2, 10, '398')];
    await store.commit(aStep({ relayed }));
    expect(await historyOf(store, 'a')).toMatchObject({ calledBackAt: dueAt, calledBackAs: '397' });
    expect(await historyOf(store, 'a2')).toMatchObject({ calledBackAt: dueAt, calledBackAs: undefined });
    expect(await historyOf(store, 'b')).toMatchObject({ calledBackAt: minute(10) });
    using reader = new StoreReader(file.path);
    expect(reader.relaysOf('a')).toMatchObject([{ result: '397', settledAt: minute(2), dueAt }]);
    expect(reader.relaysOf('b')).toMatchObject([{ result: '398', dueAt: undefined }]);
  });
});

describe('whether they were lost anew since', () => {
  test.each<[string, readonly RelayChange[], boolean]>([
    ['and are to be called for that: they were', [], true],
    ['and that is put off: they were', [{ kind: 'put-off', seq: 2, cause: 'they may call again' }], true],
    ['and that fails so far: they were', [{ kind: 'failed', seq: 2, attempts: 1, cause: '503' }], true],
    ['and were called for that', [delivered(2, 7)], false],
    ['and that was refused', [{ kind: 'parked', seq: 2, attempts: 1, cause: 'no such menu' }], false],
    ['and that was not needed', [{ kind: 'dropped', seq: 2, at: minute(7), cause: 'not needed' }], false],
  ])('%s', async (_what, relayed, isLostAnew) => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [
      ended('a', ANA, 'lost', 0),
      ended('a2', `0${ANA}`, 'canceled', 6),
      ended('b', BIA, 'lost', 0),
    ];
    await store.commit(aStep({ calls, relays: [aCallBack(1, 'a'), aCallBack(2, 'a2'), aCallBack(3, 'b')] }));
    await store.commit(aStep({ relayed }));
    expect(await historyOf(store, 'a')).toMatchObject({ isLostAnew, lastCalledAt: minute(6) });
    // The later one is the one that decides.
    expect(await historyOf(store, 'a2')).toMatchObject({ isLostAnew: false, lastCalledAt: minute(6) });
    expect(await historyOf(store, 'b')).toMatchObject({ isLostAnew: false, lastCalledAt: minute(0) });
  });

  test('a later loss that nobody is to be called for does not decide, nor do flags', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('a2', ANA, 'canceled', 6)];
    await store.commit(aStep({ calls, relays: [aCallBack(1, 'a'), someFlags(2, 'a2')] }));
    expect(await historyOf(store, 'a')).toMatchObject({ isLostAnew: false, lastCalledAt: minute(6) });
  });
});

describe('who was called back is not given to Udesk to be called again', () => {
  /** Ana was lost twice, gave up and was lost, and Bia was lost; Ana is called back for one of hers. */
  async function calledBackFor(store: SqliteStore, id: string): Promise<void> {
    const calls = [
      ...[ended('a1', ANA, 'lost', 0), ended('a2', `+55${ANA}`, 'lost', 1)],
      ...[ended('gave-up', `0${ANA}`, 'canceled', 2), ended('b', BIA, 'lost', 3)],
    ];
    await store.commit(aStep({ calls, relays: [aCallBack(1, id)] }));
    await store.commit(aStep({ relayed: [delivered(1, 5, '397')] }));
  }

  test.each(['a1', 'a2', 'gave-up'])('whichever of their calls it was for: %s', async (id) => {
    await using file = new StoreFile();
    const store = file.open();
    await calledBackFor(store, id);
    expect(idsIn(await handOut(store, 6))).toEqual(['b']);
    expect(idsIn(await handOut(store, 7))).toEqual([]);
  });

  test('until they are lost anew', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await calledBackFor(store, 'a2');
    await store.commit(aStep({ calls: [ended('a3', ANA, 'lost', 6)] }));
    expect(idsIn(await handOut(store, 7))).toEqual(['b', 'a3']);
  });

  test('and that is kept though Udesk had asked in the same moment', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0)], relays: [aCallBack(1, 'a')] }));
    await handOut(store, 1);
    await store.commit(aStep({ relayed: [delivered(1, 2, '397')] }));
    expect(await historyOf(store, 'a')).toMatchObject({ calledBackAs: '397', handedOutAt: minute(1) });
  });

  test('and a call that is purged takes with it that its caller was called back', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await calledBackFor(store, 'a1');
    expect(await store.purge(minute(60))).toBe(4);
    await store.commit(aStep({ calls: [ended('a5', ANA, 'lost', 90)] }));
    expect(await historyOf(store, 'a5')).toMatchObject({ calledBackAt: undefined, calledBefore: undefined });
  });
});

describe('when they called before', () => {
  test('the last call that was over when this one came counts, however it ended and was spelled', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const calls = [
      ...[ended('first', ANA, 'completed', -600), ended('last', `+55${ANA}`, 'canceled', -60)],
      ...[ended('b', BIA, 'lost', -30), ended('a', ANA, 'lost', 0), ended('later', ANA, 'lost', 30)],
    ];
    await store.commit(aStep({ calls }));
    expect(await historyOf(store, 'a')).toMatchObject({ calledBefore: minute(-60) });
    expect(await historyOf(store, 'first')).toMatchObject({ calledBefore: undefined });
  });

  test('one phone call that went through two queues is no second one', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const uniqueid = uniqueidFrom('1795361570.12');
    const visits = [ended('v1', ANA, 'lost', -1), ended('v2', ANA, 'lost', 0)];
    const before = ended('before', ANA, 'completed', -30);
    await store.commit(aStep({ calls: visits.map((call) => ({ ...call, uniqueid })) }));
    expect(await historyOf(store, 'v2')).toMatchObject({ calledBefore: undefined });
    await store.commit(aStep({ calls: [before] }));
    expect(await historyOf(store, 'v2')).toMatchObject({ calledBefore: minute(-30) });
  });

  test('who called from two telephones at a time has not called before', async () => {
    await using file = new StoreFile();
    const store = file.open();
    const long = { ...ended('long', ANA, 'lost', 5), enteredAt: minute(-5) };
    await store.commit(aStep({ calls: [long, ended('a', ANA, 'lost', 0)] }));
    expect(await historyOf(store, 'a')).toMatchObject({ calledBefore: undefined });
    expect(await historyOf(store, 'long')).toMatchObject({ calledBefore: undefined });
  });
});
