import type { Kept, Step, Store } from '../../src/ports/store.ts';

/** `kept`: the process dies right after the commit, before anything was done; `lost`: right before it. */
export type Death = { readonly atCommit: number; readonly step: 'kept' | 'lost' };

/** A store with whose Nth commit the process dies: nothing that came after it has happened. */
export class MortalStore implements Store {
  readonly #store: Store;
  readonly #death: Death | undefined;
  /** What was kept, step by step. */
  readonly steps: Step[] = [];
  commits = 0;
  isDead = false;

  constructor(store: Store, death: Death | undefined) {
    this.#store = store;
    this.#death = death;
  }

  load(): Promise<Kept> {
    return this.#store.load();
  }

  undelivered(): ReturnType<Store['undelivered']> {
    return this.#store.undelivered();
  }

  undeliveredRelays(): ReturnType<Store['undeliveredRelays']> {
    return this.#store.undeliveredRelays();
  }

  changedElsewhere(): Promise<boolean> {
    return this.#store.changedElsewhere();
  }

  visitsOf(uniqueid: Parameters<Store['visitsOf']>[0]): Promise<number> {
    return this.#store.visitsOf(uniqueid);
  }

  purge(endedBefore: Parameters<Store['purge']>[0]): Promise<number> {
    return this.#store.purge(endedBefore);
  }

  async commit(step: Step): Promise<void> {
    if (this.isDead) throw new Error('dead');
    this.commits += 1;
    const dies = this.commits === this.#death?.atCommit;
    this.isDead = dies;
    if (!dies || this.#death?.step === 'kept') {
      await this.#store.commit(step);
      this.steps.push(step);
    }
    if (dies) throw new Error('killed');
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
