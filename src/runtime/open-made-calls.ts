import type { CallId, Extension } from '../domain/identity.ts';
import { type MadeCall, SURELY_THERE_AFTER_MS } from '../domain/made-call/made-call.ts';

// A double click, or a browser that tries again: whoever wishes the same so soon is rung already.
const SAME_WISH_MS = 10_000;

interface Young {
  readonly reservedUntil: number;
  readonly repeatedUntil: number;
}

/**
 * The calls that agents make from the help desk, and that are not over. An agent may have several: one whom they have passed
 * their customer on goes on without them.
 */
export class OpenMadeCalls {
  readonly #byId = new Map<CallId, MadeCall>();
  /** By the clock that never jumps. Those that are known from before the start are not young any more. */
  readonly #young = new Map<CallId, Young>();

  constructor(calls: readonly MadeCall[] = []) {
    for (const call of calls) this.#byId.set(call.callId, call);
  }

  /** `now` is of the clock that never jumps. */
  add(call: MadeCall, now: number): void {
    this.#byId.set(call.callId, call);
    this.#young.set(call.callId, {
      reservedUntil: now + SURELY_THERE_AFTER_MS,
      repeatedUntil: now + SAME_WISH_MS,
    });
  }

  /** Whoever wished for it was not told that its phone rings, nor its id: nobody is told so later. */
  doubt(callId: CallId): MadeCall | undefined {
    const [young, call] = [this.#young.get(callId), this.#byId.get(callId)];
    if (young !== undefined) this.#young.set(callId, { ...young, repeatedUntil: -Infinity });
    if (call === undefined) return undefined;
    const doubted = { ...call, isIdUntold: true } as const;
    this.#byId.set(callId, doubted);
    return doubted;
  }

  forget(callId: CallId): void {
    this.#byId.delete(callId);
    this.#young.delete(callId);
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
    const call = this.of(agent);
    return call !== undefined && now < (this.#young.get(call.callId)?.reservedUntil ?? -Infinity);
  }

  /** Whether a wish for the same call is one that was heard already. */
  isRepeated({ callId, clientNumber }: MadeCall, number: string, now: number): boolean {
    return clientNumber === number && now < (this.#young.get(callId)?.repeatedUntil ?? -Infinity);
  }

  all(): readonly MadeCall[] {
    return [...this.#byId.values()];
  }
}
