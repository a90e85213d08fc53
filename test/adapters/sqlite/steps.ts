import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';
import type { Step } from '../../../src/ports/store.ts';
import { aCall, MORNING } from '../../domain/builders.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

/** A store's file in a folder of its own, which goes when the test is over. */
export class StoreFile implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'sqlite-store-'));
  readonly path = join(this.folder, 'deep', 'bridge.db');
  readonly clock = new ManualClock();
  readonly #open: SqliteStore[] = [];

  open(): SqliteStore {
    const store = new SqliteStore(this.path, this.clock);
    this.#open.push(store);
    return store;
  }

  async close(store: SqliteStore): Promise<void> {
    this.#open.splice(this.#open.indexOf(store), 1);
    await store.close();
  }

  /** Somebody else's hand on it. */
  write(change: (database: DatabaseSync) => void): void {
    using database = new DatabaseSync(this.path);
    change(database);
  }

  remove(): void {
    rmSync(this.path);
  }

  /** All that is on the disk, the journal among it. */
  get bytes(): Buffer {
    const parts = [this.path, `${this.path}-wal`].filter((part) => existsSync(part));
    return Buffer.concat(parts.map((part) => readFileSync(part)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#open) await store.close();
    rmSync(this.folder, { recursive: true });
  }
}

export function aStep(changes: Partial<Step> = {}): Step {
  return { calls: [], timeline: [], entries: [], outbox: [], requestsStartedAt: [], ...changes };
}

export function anEntry(seq: number, id = 'a'): Entry {
  const { callId } = aCall().withId(id).waiting();
  return {
    seq,
    report: { kind: 'canceled', callId, at: MORNING + seq },
    attempts: 0,
    parkedBecause: undefined,
  };
}

export function aLine(id = 'a') {
  const { callId } = aCall().withId(id).waiting();
  const facts = { queue: 'support' };
  return {
    callId,
    at: MORNING,
    from: 'new',
    to: 'waiting',
    input: 'entered',
    facts,
    inferred: false,
  } as const;
}
