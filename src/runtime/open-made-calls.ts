import type { CallId, Extension } from '../domain/identity.ts';
import { type MadeCall, SURELY_THERE_AFTER_MS } from '../domain/made-call/made-call.ts';

/**
 * The calls that agents make from the help desk, and that are not over. An agent may have several: one whom they have passed
 * their customer on goes on without them.
 */
export class OpenMadeCalls {
  readonly #byId = new Map<CallId, MadeCall>();
  /** By the clock that never jumps. Those that are known from before the start are not young any more. */
  readonly #youngUntil = new Map<CallId, number>();

  constructor(calls: readonly MadeCall[] = []) {
    for (const call of calls) this.#byId.set(call.callId, call);
  }

  /** `now` is of the clock that never jumps. */
  add(call: MadeCall, now: number): void {
    this.#byId.set(call.callId, call);
    this.#youngUntil.set(call.callId, now + SURELY_THERE_AFTER_MS);
  }

  /** Whoever wished for it was not told that its phone rings, nor its id: nobody is told so later. */
  doubt(callId: CallId): MadeCall | undefined {
    const call = this.#byId.get(callId);
    if (call === undefined) return undefined;
    const doubted = { ...call, isIdUntold: true } as const;
    this.#byId.set(callId, doubted);
    return doubted;
  }

  forget(callId: CallId): void {
    this.#byId.delete(callId);
    this.#youngUntil.delete(callId);
  }

  get(callId: CallId): MadeCall | undefined {
    return this.#byId.get(callId);
  }

  /** The one that was made last. */
  of(agent: Extension): MadeCall | undefined {
    return this.all().findLast((call) => call.agent === agent);
  }

  /**
   * Whether the agent's phone is about to ring for a call of their own. Later the phone itself says whether it is in use:
   * an agent who has passed their customer on is free while that call goes on.
   */
  isReserved(agent: Extension, now: number): boolean {
    return this.#young(agent, now) !== undefined;
  }

  /** A double click, or a browser that tries again: whoever wishes the same so soon is rung already. */
  sameWish(agent: Extension, number: string, now: number): MadeCall | undefined {
    const call = this.#young(agent, now);
    return call?.clientNumber === number && call.isIdUntold !== true ? call : undefined;
  }

  all(): readonly MadeCall[] {
    return [...this.#byId.values()];
  }

  #young(agent: Extension, now: number): MadeCall | undefined {
    const call = this.of(agent);
    return call !== undefined && now < (this.#youngUntil.get(call.callId) ?? -Infinity) ? call : undefined;
  }
}
