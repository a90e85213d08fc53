import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';
import type { AgentState } from '../../../src/domain/relay/agent-state.ts';
import type { RelayEntry } from '../../../src/domain/relay/relay.ts';
import { lineOf } from '../../../src/domain/relay/relay.ts';
import type { Step } from '../../../src/ports/store.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
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
  const nothing = { calls: [], madeCalls: [], timeline: [], entries: [], outbox: [], requestsStartedAt: [] };
  return { ...nothing, relays: [], relayed: [], ...changes };
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

/** Held by agent 1001, unless it is another relay; the call is over there, and none of ours. */
export function aRelay(seq: number, changes: Partial<RelayEntry> = {}): RelayEntry {
  const { relay = { kind: 'call-held', extension: extension('1001'), linkedCall: 'there' } } = changes;
  return {
    seq,
    lane: 'udesk',
    line: lineOf(relay),
    callId: undefined,
    relay,
    at: MORNING,
    attempts: 0,
    parkedBecause: undefined,
    ...changes,
  };
}

/** A state of agent 1001. */
export const aState = (seq: number, state: AgentState): RelayEntry =>
  aRelay(seq, { relay: { kind: 'agent-state', extension: extension('1001'), state } });

/** One of our calls was sent on to that number. */
export const aTransfer = (seq: number, id: string | undefined, to: string): RelayEntry =>
  aRelay(seq, {
    callId: id === undefined ? undefined : callIdFrom(id),
    relay: { kind: 'call-transferred', extension: extension('1001'), linkedCall: `there-${id}`, to },
  });

/** Somebody is to call the caller of this call back, who had waited for too long. */
export const aCallBack = (seq: number, id: string): RelayEntry => {
  const { callId, queue } = aCall().withId(id).waiting();
  const loss = { queue, ending: 'lost', reason: 'waited' } as const;
  return aRelay(seq, { lane: 'ccai', callId, relay: { kind: 'call-back', callId, loss } });
};

/** And what is known of them is to be said. */
export const someFlags = (seq: number, id: string): RelayEntry => {
  const callId = callIdFrom(id);
  return aRelay(seq, { lane: 'ccai', callId, relay: { kind: 'customer-flags', callId } });
};

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
