import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../ports/clock.ts';
import { StoreFault } from '../../ports/store-fault.ts';
import { makeFolderOf } from './open-database.ts';
import { isBusy, unusable } from './sqlite-fault.ts';

// A daemon that is just being replaced ends well within this, unless a request of its own is still under way.
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 100;

/**
 * One daemon to a store. The lock is the operating system's, on a file beside the store, and goes with the process
 * however it ends; SQLite's exclusive transaction is how Node can take one. The store itself stays open for commands.
 */
export class StoreLock {
  readonly #database: DatabaseSync;

  /** Waits a little for whoever is about to leave. Rejects with a `StoreFault`. */
  static async take(path: string, clock: Pick<Clock, 'monotonic' | 'after'>): Promise<StoreLock> {
    const patientUntil = clock.monotonic() + PATIENCE_MS;
    for (;;) {
      const lock = tryToLock(path);
      if (lock !== undefined) return new StoreLock(lock);
      if (clock.monotonic() >= patientUntil) throw inUse(path);
      await new Promise<void>((resolve) => void clock.after(LOOK_AGAIN_MS, resolve));
    }
  }

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  release(): void {
    this.#database.close();
  }
}

function tryToLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    makeFolderOf(path);
    database = new DatabaseSync(`${path}.lock`, { timeout: 0 });
    // In memory, for nothing is ever written: no third file beside the store.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    if (isBusy(cause)) return undefined;
    throw unusable(path, cause);
  }
}

function inUse(path: string): StoreFault {
  return new StoreFault('STORE_IN_USE', {
    message: `another asterisk-movidesk works on the store ${path}`,
    remedy: `stop it first (fuser ${path}.lock names its process), or name another file in store.path`,
  });
}
