import { expect, test } from 'vitest';
import { eraseNumber } from '../../../src/adapters/sqlite/erase-number.ts';
import { ParkedEntries } from '../../../src/adapters/sqlite/parked-entries.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import type { RelayChange } from '../../../src/ports/store.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
import { aCallBack, anEntry, aRelay, aState, aStep, aTransfer, StoreFile, someFlags } from './steps.ts';

const NUMBER = '+5511987654321';

const ended = (id: string, clientNumber = NUMBER) => ({ ...aCall().withId(id).ended('lost'), clientNumber });
const told = (...seqs: readonly number[]) =>
  seqs.map((seq) => ({ kind: 'delivered', seq, at: MORNING, result: `named ${seq}` }) as const);

/** What a far side is told that calls the person back: no relay that is so far known carries the caller's own number. */
const aCallback = (seq: number, id: string, clientNumber: string) =>
  aRelay(seq, {
    lane: 'ccai',
    callId: callIdFrom(id),
    relay: { kind: 'called', clientNumber, tries: [{ number: clientNumber }] } as never,
    line: 'callbacks',
  });

test('a number is taken out of the relays of a call that is over, in every field and spelling', async () => {
  await using file = new StoreFile();
  const relays = [
    aCallback(1, 'over', NUMBER),
    // As the far side wants it spelled, which no comparison of digits finds.
    aCallback(2, 'over', 'unknown to us: 011 98765-4321'),
    aTransfer(3, 'over', '5511987654321'),
    aTransfer(4, 'over', '1002'),
  ];
  await file.open().commit(aStep({ calls: [ended('over')], relays, relayed: told(1, 2, 3, 4) }));
  const erasure = eraseNumber(file.path, '55 11 98765-4321');
  expect(erasure).toMatchObject({ erased: ['over'], stillNeeded: [], relays: { stillNeeded: [] } });
  expect(file.bytes.includes('11987654321')).toBe(false);
  using reader = new StoreReader(file.path);
  expect(reader.relaysOf('over')).toMatchObject([
    { relay: { clientNumber: 'erased', tries: [{ number: 'erased' }] }, result: 'named 1' },
    { relay: { clientNumber: 'erased' } },
    { relay: { to: 'erased', linkedCall: 'there-over' } },
    { relay: { to: '1002' }, state: 'delivered' },
  ]);
});

test('a person to whom another caller was sent on is forgotten, whether that call was ours or not', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const relays = [
    aTransfer(1, 'other', NUMBER),
    aTransfer(2, undefined, NUMBER),
    aTransfer(3, 'other', '55119876543210'),
  ];
  await store.commit(aStep({ calls: [ended('other', '5511900000000')], relays, relayed: told(1, 2, 3) }));
  expect(eraseNumber(file.path, NUMBER)).toMatchObject({
    erased: [],
    stillNeeded: [],
    relays: { erased: [1, 2], stillNeeded: [] },
  });
  expect(eraseNumber(file.path, NUMBER).relays).toEqual({ erased: [], stillNeeded: [] });
  using reader = new StoreReader(file.path);
  expect(reader.call('other')).toMatchObject({ clientNumber: '5511900000000' });
  expect(reader.relaysOf('other')).toMatchObject([
    { relay: { to: 'erased' } },
    { relay: { to: '55119876543210' } },
  ]);
});

test.each(['011987654321', '0 41 11 98765-4321', '987654321', '87654321'])(
  'a transfer to %s, as an agent dialled it, is forgotten with the person',
  async (to) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ relays: [aTransfer(1, undefined, to)], relayed: told(1) }));
    expect(eraseNumber(file.path, NUMBER).relays).toEqual({ erased: [1], stillNeeded: [] });
    expect(file.bytes.includes(to)).toBe(false);
  },
);

test.each(['7654321', '4321', '011987654320', '9876543210'])(
  'a transfer to %s is no transfer to them, and stays',
  async (to) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(aStep({ relays: [aTransfer(1, undefined, to)], relayed: told(1) }));
    expect(eraseNumber(file.path, NUMBER).relays).toEqual({ erased: [], stillNeeded: [] });
    expect(file.bytes.includes(to)).toBe(true);
  },
);

test('an extension takes nothing with it but itself, and what is no transfer counts to the last digit', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const relays = [aTransfer(1, undefined, '011987654321'), aCallback(2, 'other', '011987654321')];
  await store.commit(aStep({ calls: [ended('other', '100')], relays, relayed: told(1, 2) }));
  expect(eraseNumber(file.path, '4321').relays.erased).toEqual([]);
  expect(eraseNumber(file.path, NUMBER).relays.erased).toEqual([1]);
});

test.each(['due', 'parked'])(
  'a call of which a relay is %s loses its number; the relay keeps the one to which it goes, and is named',
  async (state) => {
    await using file = new StoreFile();
    const store = file.open();
    const parkedBecause = state === 'parked' ? 'no such call' : undefined;
    const relays = [
      { ...aTransfer(1, 'over', NUMBER), parkedBecause },
      { ...aTransfer(2, undefined, NUMBER), parkedBecause },
    ];
    await store.commit(aStep({ calls: [ended('over')], relays }));
    expect(eraseNumber(file.path, NUMBER)).toMatchObject({
      erased: ['over'],
      stillNeeded: [],
      relays: { erased: [], stillNeeded: [1, 2] },
    });
    expect(await store.undeliveredRelays()).toEqual(relays);
    using reader = new StoreReader(file.path);
    expect(reader.call('over')).toMatchObject({ clientNumber: 'erased' });
    await store.commit(aStep({ relayed: told(1, 2) }));
    expect(eraseNumber(file.path, NUMBER)).toMatchObject({
      erased: [],
      stillNeeded: [],
      relays: { erased: [1, 2] },
    });
    expect(file.bytes.includes('5511987654321')).toBe(false);
  },
);

test.each<[string, readonly RelayChange[]]>([
  ['is due', []],
  ['waits for a person', [{ kind: 'parked', seq: 1, attempts: 1, cause: `400 ${NUMBER} is no number` }]],
])(
  'a caller whose call-back %s is forgotten at once, and nobody can call them any more',
  async (_what, relayed) => {
    await using file = new StoreFile();
    const store = file.open();
    await store.commit(
      aStep({ calls: [ended('over')], relays: [aCallBack(1, 'over'), someFlags(2, 'over')] }),
    );
    await store.commit(aStep({ relayed }));
    expect(eraseNumber(file.path, NUMBER)).toMatchObject({
      erased: ['over'],
      stillNeeded: [],
      relays: { erased: [], stillNeeded: [] },
    });
    expect(await store.undeliveredRelays()).toHaveLength(2);
    const numberOf = (number: string) => (number.startsWith('+') ? number : undefined);
    expect(await store.callerHistory(callIdFrom('over'), numberOf)).toMatchObject({ number: undefined });
    expect(file.bytes.includes('5511987654321')).toBe(false);
  },
);

test('what a far side quoted when it refused a number is forgotten with it', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const cause = '422 {"phone":"+55 (11) 98765-4321"} is no number';
  const parked = [1, 2].map((seq) => ({ kind: 'parked', seq, attempts: 1, cause }) as const);
  await store.commit(
    aStep({
      calls: [ended('over')],
      entries: [anEntry(1, 'over')],
      outbox: parked.slice(0, 1),
      relays: [aTransfer(2, 'over', '1002'), aTransfer(3, 'over', '1003')],
      relayed: [...parked.slice(1), { kind: 'delivered', seq: 3, at: MORNING, result: `${NUMBER}@there` }],
    }),
  );
  {
    using entries = new ParkedEntries(file.path);
    for (const seq of [1, 2]) entries.drop(seq, MORNING);
  }
  eraseNumber(file.path, NUMBER);
  using reader = new StoreReader(file.path);
  expect(reader.outboxOf('over')).toMatchObject([{ state: 'dropped', cause: 'erased' }]);
  expect(reader.relaysOf('over')).toMatchObject([
    { state: 'dropped', cause: 'erased' },
    { result: 'erased' },
  ]);
  expect(file.bytes.includes('98765-4321')).toBe(false);
});

test('the states of an agent who once called from their own phone are theirs, and stay', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const held = aRelay(2, { relay: { kind: 'call-held', extension: extension('1001'), linkedCall: 'there' } });
  await store.commit(aStep({ calls: [ended('inside', '1001')], relays: [aState(1, 'busy'), held] }));
  expect(eraseNumber(file.path, '1001')).toMatchObject({
    erased: ['inside'],
    relays: { erased: [], stillNeeded: [] },
  });
  expect(await store.undeliveredRelays()).toEqual([aState(1, 'busy'), held]);
});
