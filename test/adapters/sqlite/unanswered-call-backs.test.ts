import { describe, expect, test } from 'vitest';
import { ParkedEntries } from '../../../src/adapters/sqlite/parked-entries.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import type { RelayChange } from '../../../src/ports/store.ts';
import { ANA, ended, handOut, historyOf, idsIn, minute } from './callers.ts';
import { aCallBack, aStep, StoreFile, someFlags } from './steps.ts';

const started: RelayChange = { kind: 'started', seq: 1, at: minute(2) };

describe('who was perhaps called back, and a person has not looked yet', () => {
  const parked = { kind: 'parked', seq: 1, attempts: 1, cause: 'nobody knows' } as const;

  test.each<[string, readonly RelayChange[]]>([
    ['no answer came', [started, { ...parked, mayBeDone: true }]],
    ['the daemon died', [started]],
  ])('counts as called back, where %s', async (_what, changes) => {
    await using file = new StoreFile();
    let store = file.open();
    const calls = [ended('a', ANA, 'lost', 0), ended('a2', ANA, 'lost', 1), ended('a3', ANA, 'lost', 3)];
    await store.commit(aStep({ calls, relays: [aCallBack(1, 'a')] }));
    for (const change of changes) await store.commit(aStep({ relayed: [change] }));
    await file.close(store);
    store = file.open();
    await store.load();
    expect(await historyOf(store, 'a2')).toMatchObject({ calledBackAt: Infinity, calledBackAs: undefined });
    expect(idsIn(await handOut(store, 5))).toEqual(['a3']);
    {
      using entries = new ParkedEntries(file.path);
      entries.drop(1, minute(6));
    }
    expect(await historyOf(store, 'a')).toMatchObject({ calledBackAt: undefined });
  });

  test('is not given to Udesk while a call-back is on its way, and is when that was in vain', async () => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ calls: [ended('a', ANA, 'lost', 0)], relays: [aCallBack(1, 'a')] }));
    await store.commit(aStep({ relayed: [started] }));
    expect(idsIn(await handOut(store, 5))).toEqual([]);
    await store.commit(aStep({ relayed: [{ kind: 'failed', seq: 1, attempts: 1, cause: '503' }] }));
    expect(idsIn(await handOut(store, 6))).toEqual(['a']);
  });
});

describe('a call-back that was on its way when the daemon died', () => {
  const UNKNOWN = 'nobody knows whether it was done: the daemon ended while it was on its way';

  test('is left to a person, and holds back what is said of its caller', async () => {
    await using file = new StoreFile();
    const before = file.open();
    await before.commit(aStep({ relays: [aCallBack(1, 'a'), someFlags(2, 'a'), aCallBack(3, 'b')] }));
    await before.commit(aStep({ relayed: [started] }));
    await file.close(before);
    const after = file.open();
    const parked = { ...aCallBack(1, 'a'), attempts: 1, parkedBecause: UNKNOWN };
    expect((await after.load()).relays).toEqual([parked, someFlags(2, 'a'), aCallBack(3, 'b')]);
    using reader = new StoreReader(file.path);
    expect(reader.relaysOf('a')).toMatchObject([{ seq: 1, state: 'parked', cause: UNKNOWN }, { seq: 2 }]);
  });

  test.each<[string, RelayChange]>([['had failed', { kind: 'failed', seq: 1, attempts: 1, cause: '503' }]])(
    'is not meant where it %s after all',
    async (_what, change) => {
      await using file = new StoreFile();
      const before = file.open();
      await before.commit(aStep({ relays: [aCallBack(1, 'a')], relayed: [started] }));
      await before.commit(aStep({ relayed: [change] }));
      await file.close(before);
      const [entry] = (await file.open().load()).relays;
      expect(entry).toMatchObject({ seq: 1, attempts: change.kind === 'failed' ? 1 : 0 });
      expect(entry?.parkedBecause).toBeUndefined();
    },
  );

  test('is sent again where a person wants it, and is left to them once more where that dies as well', async () => {
    await using file = new StoreFile();
    let store = file.open();
    const dies = async () => {
      await store.commit(aStep({ relayed: [started] }));
      await file.close(store);
      store = file.open();
      return (await store.load()).relays[0]?.parkedBecause;
    };
    await store.commit(aStep({ relays: [aCallBack(1, 'a')] }));
    expect(await dies()).toBe(UNKNOWN);
    {
      using parked = new ParkedEntries(file.path);
      expect(parked.release(1)).toEqual({ kind: 'done', lane: 'ccai', also: [] });
    }
    expect((await store.load()).relays).toEqual([aCallBack(1, 'a')]);
    expect(await dies()).toBe(UNKNOWN);
  });
});
