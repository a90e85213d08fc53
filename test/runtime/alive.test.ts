import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { Stage } from './stage.ts';

/** A disk that does not answer from the moment it is told to. */
class StallingStore extends SqliteStore {
  isStalled = false;

  override changedElsewhere(): Promise<boolean> {
    return this.isStalled ? new Promise(() => {}) : super.changedElsewhere();
  }
}

test('a daemon that has nothing to do is alive', async () => {
  const stage = await Stage.open();
  await stage.pass(600);
  expect(stage.bridge.isAlive).toBe(true);
});

test('a daemon whose loop waits for ever is not, though time passes for everything else', async () => {
  const store = new StallingStore(':memory:', new ManualClock());
  const stage = new Stage({}, store);
  await stage.start();
  store.isStalled = true;
  await stage.pass(15);
  expect(stage.bridge.isAlive).toBe(true);
  await stage.pass(10);
  expect(stage.bridge.isAlive).toBe(false);
});

test('a daemon that stops has no loop to come round, and is alive until it has stopped', async () => {
  const stage = await Stage.open();
  await stage.stop();
  await stage.pass(60);
  expect(stage.bridge.isAlive).toBe(true);
});
