import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { aStep, StoreFile } from './steps.ts';

async function requestsOf(file: StoreFile): Promise<readonly number[]> {
  const store = file.open();
  const { requestsStartedAt } = await store.load();
  await file.close(store);
  return requestsStartedAt;
}

async function started(file: StoreFile, ...requestsStartedAt: number[]): Promise<void> {
  const store = file.open();
  await store.commit(aStep({ requestsStartedAt }));
  await file.close(store);
}

test('requests are there for the next process as they were, to the fraction of a millisecond', async () => {
  await using file = new StoreFile();
  await file.clock.pass(5_000);
  await started(file, 3_000.25, 4_000, 4_000, 6_000);
  expect(await requestsOf(file)).toEqual([3_000.25, 4_000, 4_000, 6_000]);
});

test('requests are remembered for two minutes, which is twice the window of the limit', async () => {
  await using file = new StoreFile();
  await file.clock.pass(199_000);
  await started(file, 70_000, 90_000);
  await started(file, 195_000);
  expect(await requestsOf(file)).toEqual([90_000, 195_000]);
  await file.clock.pass(20_000);
  expect(await requestsOf(file)).toEqual([195_000]);
});

test.each([-3_600_000, 3_600_000])(
  'a wall clock set by %i ms between two processes changes nothing',
  async (ms) => {
    await using file = new StoreFile();
    await file.clock.pass(10_000);
    await started(file, 10_500);
    file.clock.setWallBy(ms);
    await file.clock.pass(2_000);
    expect(await requestsOf(file)).toEqual([10_500]);
  },
);

test('after a reboot, requests are as old as the machine is up, and still so much later', async () => {
  await using file = new StoreFile();
  await file.clock.pass(3_600_000);
  await started(file, 3_590_000, 3_600_000);
  file.clock.reboot();
  await file.clock.pass(8_000);
  expect(await requestsOf(file)).toEqual([0, 0]);
  await file.clock.pass(3_585_000);
  expect(await requestsOf(file)).toEqual([]);
});

test('requests of an earlier boot that look like new ones count as new: that is the safe side', async () => {
  await using file = new StoreFile();
  await file.clock.pass(20_000);
  await started(file, 20_000);
  file.clock.reboot();
  await file.clock.pass(25_000);
  expect(await requestsOf(file)).toEqual([20_000]);
});

test('the table holds no more than two minutes of requests', async () => {
  await using file = new StoreFile();
  const store = file.open();
  for (let at = 1_000; at < 3_600_000; at += 6_000) await store.commit(aStep({ requestsStartedAt: [at] }));
  using database = new DatabaseSync(file.path, { readOnly: true });
  expect(database.prepare('SELECT count(*) AS rows FROM requests').get()).toEqual({ rows: 21 });
});
