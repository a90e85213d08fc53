import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/adapters/sqlite/open-store.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { StoreFile } from './steps.ts';

const open = (file: StoreFile) => openStore(file.path, { clock: file.clock, log: new MemoryLog() });

test('a second daemon waits five seconds for the first to leave, and is refused then', async () => {
  await using file = new StoreFile();
  const first = await open(file);
  const second = open(file).catch((fault: unknown) => fault);
  await file.clock.pass(4_900);
  expect(await Promise.race([second, 'still waiting'])).toBe('still waiting');
  await file.clock.pass(200);
  expect(await second).toMatchObject({
    code: 'STORE_IN_USE',
    message: `another asterisk-movidesk works on the store ${file.path}`,
    remedy: expect.stringContaining('stop it first'),
  });
  await first.close();
});

test('a daemon whose predecessor is just stopping gets the store', async () => {
  await using file = new StoreFile();
  const first = await open(file);
  const second = open(file);
  await file.clock.pass(2_000);
  await first.close();
  await file.clock.pass(200);
  expect((await (await second).load()).openCalls).toEqual([]);
  await (await second).close();
});

test('whoever only looks needs no lock, and a store in memory has none', async () => {
  await using file = new StoreFile();
  const daemon = await open(file);
  expect((await file.open().load()).openCalls).toEqual([]);
  await daemon.close();
  const [one, other] = [await openInMemory(file), await openInMemory(file)];
  expect(existsSync(':memory:.lock')).toBe(false);
  await one.close();
  await other.close();
});

const openInMemory = (file: StoreFile) => openStore(':memory:', { clock: file.clock, log: new MemoryLog() });

test('a daemon that could not be started leaves the lock to the next one', async () => {
  await using file = new StoreFile();
  await file.close(file.open());
  file.write((database) => database.exec('PRAGMA user_version = 99'));
  await expect(open(file)).rejects.toMatchObject({ code: 'STORE_VERSION' });
  await expect(open(file)).rejects.toMatchObject({ code: 'STORE_VERSION' });
});
