import type { CallId, Uniqueid } from '../../src/domain/identity.ts';
import type { Kept, Step, Store } from '../../src/ports/store.ts';

/** Nobody dies here, so nothing is kept but how often a channel has come in. */
export class ForgetfulStore implements Store {
  readonly #visits = new Map<Uniqueid, Set<CallId>>();

  async load(): Promise<Kept> {
    return { openCalls: [], openMadeCalls: [], entries: [], relays: [], lastSeq: 0, requestsStartedAt: [] };
  }

  async commit({ calls }: Step): Promise<void> {
    for (const { uniqueid, callId } of calls)
      this.#visits.set(uniqueid, (this.#visits.get(uniqueid) ?? new Set()).add(callId));
  }

  async undelivered(): Promise<readonly []> {
    return [];
  }

  async undeliveredRelays(): Promise<readonly []> {
    return [];
  }

  async changedElsewhere(): Promise<boolean> {
    return false;
  }

  async visitsOf(uniqueid: Uniqueid): Promise<number> {
    return this.#visits.get(uniqueid)?.size ?? 0;
  }

  async purge(): Promise<number> {
    return 0;
  }

  async close(): Promise<void> {}
}
