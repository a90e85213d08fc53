import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/adapters/sqlite/open-store.ts';
import { readStoreFacts } from '../../../src/adapters/sqlite/store-facts.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { aStep, StoreFile } from './steps.ts';

const factsOf = ({ path, clock }: StoreFile) => readStoreFacts(path, clock.monotonic());

async function aStore(file: StoreFile): Promise<void> {
  await file.close(file.open());
}

/** A caller was put through to this agent. */
function putThrough(seq: number, agent: string) {
  const call = aCall().withId(`call-${seq}`).waiting();
  const report = {
    kind: 'transfered',
    callId: call.callId,
    extension: extension(agent),
    at: MORNING,
  } as const;
  return aStep({ calls: [call], entries: [{ seq, report, attempts: 0, parkedBecause: undefined }] });
}

test('where nothing is yet, the daemon would make folder and file', async () => {
  await using file = new StoreFile();
  expect(factsOf(file)).toMatchObject({ folder: 'to-be-made', file: 'none', isInUse: false });
  expect(readdirSync(file.folder)).toEqual([]);
});

test('a folder that cannot be made is missing', () => {
  expect(readStoreFacts('/dev/null/deep/bridge.db', 0)).toMatchObject({ folder: 'missing' });
});

test('a store is read without a trace', async () => {
  await using file = new StoreFile();
  await aStore(file);
  const before = readdirSync(dirname(file.path));
  expect(factsOf(file)).toMatchObject({ folder: 'writable', file: 'read', isInUse: false });
  expect(readdirSync(dirname(file.path))).toEqual(before);
});

test('a daemon that works on it is seen, is not disturbed, and is missed once it has gone', async () => {
  await using file = new StoreFile();
  const store = await openStore(file.path, { clock: systemClock, log: new MemoryLog() });
  expect(factsOf(file)).toMatchObject({ isInUse: true, file: 'read' });
  await store.commit(aStep({ calls: [aCall().waiting()] }));
  await store.close();
  expect(factsOf(file)).toMatchObject({ isInUse: false, file: 'read' });
});

test('a daemon can start while somebody looks', async () => {
  await using file = new StoreFile();
  await (await openStore(file.path, { clock: systemClock, log: new MemoryLog() })).close();
  for (let look = 0; look < 20; look += 1) factsOf(file);
  await (await openStore(file.path, { clock: systemClock, log: new MemoryLog() })).close();
});

test.each<[string, (path: string) => void, RegExp]>([
  [
    'no database',
    (path) => writeFileSync(path, 'not a database, but long enough to be looked at as one'),
    /damaged/,
  ],
])('a file that is %s', async (_what, spoil, problem) => {
  await using file = new StoreFile();
  await aStore(file);
  spoil(file.path);
  expect(factsOf(file).file).toMatchObject({
    problem: expect.stringMatching(problem),
    remedy: expect.any(String),
  });
});

test('pages that were overwritten are damage', async () => {
  await using file = new StoreFile();
  const store = file.open();
  for (let many = 0; many < 300; many += 1)
    await store.commit(aStep({ calls: [aCall().withId(`call-${many}`).waiting()] }));
  await file.close(store);
  const bytes = readFileSync(file.path);
  bytes.fill(0x5a, 8_192, bytes.length - 4_096);
  writeFileSync(file.path, bytes);
  expect(factsOf(file).file).toMatchObject({ problem: expect.stringMatching(/damaged/) });
});

test('an index that contradicts its table is damage', async () => {
  await using file = new StoreFile();
  const store = file.open();
  await store.commit(aStep({ calls: [aCall().withId('known-by-this').waiting()] }));
  await file.close(store);
  const sound = readFileSync(file.path);
  const problems: unknown[] = [];
  // The id stands in the table, in its body, and in indexes: wherever one of them says something else.
  for (let at = sound.indexOf('known-by-this'); at !== -1; at = sound.indexOf('known-by-this', at + 1)) {
    const turned = Buffer.from(sound);
    turned.write('K', at);
    writeFileSync(file.path, turned);
    problems.push(factsOf(file).file);
  }
  expect(problems).toContainEqual({
    problem: expect.stringMatching(/damaged: .*index/),
    remedy: expect.stringMatching(/sets a damaged store aside/),
  });
});

test('tables of a newer version are told, and those of an older one are no fault', async () => {
  await using file = new StoreFile();
  await aStore(file);
  file.write((database) => database.exec('PRAGMA user_version = 99'));
  expect(factsOf(file).file).toMatchObject({ problem: expect.stringMatching(/newer version/) });
  file.write((database) => database.exec('PRAGMA user_version = 3'));
  expect(factsOf(file).file).toBe('older');
});

test('requests of the last minute are counted, older ones are not', async () => {
  await using file = new StoreFile();
  const store = file.open();
  const now = file.clock.monotonic() + 100_000;
  await store.commit(aStep({ requestsStartedAt: [now - 61_000, now - 59_000, now - 1] }));
  expect(readStoreFacts(file.path, now).requestsInLastMinute).toBe(2);
  await file.close(store);
  expect(readStoreFacts(file.path, now + 60_000).requestsInLastMinute).toBe(1);
});

test('agents to whom callers were put through are known, the latest first', async () => {
  await using file = new StoreFile();
  const store = file.open();
  for (const [seq, text] of ['1001', '1002', '1001', '1003', '1002'].entries())
    await store.commit(putThrough(seq + 1, text));
  expect(factsOf(file).extensions).toEqual(['1002', '1003', '1001']);
  await file.close(store);
});

test('the room on the disk is told', async () => {
  await using file = new StoreFile();
  expect(readStoreFacts(join(file.folder, 'bridge.db'), 0).freeBytes).toBeGreaterThan(0);
});
