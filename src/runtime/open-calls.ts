import type { Call, OpenCall } from '../domain/call/call.ts';
import { reservedBy } from '../domain/call/call.ts';
import type { CallId, Extension, Uniqueid } from '../domain/identity.ts';
import { invariant } from '../domain/invariant.ts';

/** The calls that have no ending yet. A channel has at most one of them. */
export class OpenCalls {
  readonly #byId = new Map<CallId, OpenCall>();
  readonly #byUniqueid = new Map<Uniqueid, CallId>();

  constructor(calls: readonly OpenCall[]) {
    for (const call of calls) this.put(call);
  }

  /** The call as it is now; an ended one leaves. */
  put(call: Call): void {
    if (call.phase === 'ended') {
      this.#byId.delete(call.callId);
      if (this.#byUniqueid.get(call.uniqueid) === call.callId) this.#byUniqueid.delete(call.uniqueid);
      return;
    }
    const other = this.#byUniqueid.get(call.uniqueid);
    invariant(other === undefined || other === call.callId, `two open calls on channel ${call.uniqueid}`);
    this.#byId.set(call.callId, call);
    this.#byUniqueid.set(call.uniqueid, call.callId);
  }

  get(callId: CallId): OpenCall | undefined {
    return this.#byId.get(callId);
  }

  of(uniqueid: Uniqueid): OpenCall | undefined {
    const callId = this.#byUniqueid.get(uniqueid);
    return callId === undefined ? undefined : this.#byId.get(callId);
  }

  all(): readonly OpenCall[] {
    return [...this.#byId.values()];
  }

  /** How many are in each phase. */
  get counts(): Readonly<Record<OpenCall['phase'], number>> {
    const counts = { waiting: 0, offered: 0, talking: 0, leaving: 0 };
    for (const { phase } of this.#byId.values()) counts[phase] += 1;
    return counts;
  }

  isReserved(extension: Extension): boolean {
    for (const call of this.#byId.values()) if (reservedBy(call) === extension) return true;
    return false;
  }
}
