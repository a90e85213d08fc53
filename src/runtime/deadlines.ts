import type { Call, CallRules } from '../domain/call/call.ts';
import { deadlineOf, msUntilDeadline } from '../domain/call/deadline.ts';
import type { CallId, Instant } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * One timer a call at the most, for the deadline that the call itself names: no timer needs to be stored, and after a
 * restart the same timers run again. An instant is turned into a duration when its timer is set; a wall clock that jumps
 * later does not move it.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #onDue: (callId: CallId, of: Instant) => void;
  readonly #timers = new Map<CallId, { of: Instant; cancel: () => void }>();

  constructor(clock: Clock, onDue: (callId: CallId, of: Instant) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  watch(call: Call, rules: CallRules): void {
    const of = deadlineOf(call, rules);
    const { callId } = call;
    if (this.#timers.get(callId)?.of === of) return;
    this.#cancel(callId);
    const now = this.#clock.now();
    const inMs = msUntilDeadline(call, rules, { now, monotonic: this.#clock.monotonic() });
    if (of === undefined || inMs === undefined) return;
    const cancel = this.#clock.after(inMs, () => {
      this.#timers.delete(callId);
      this.#onDue(callId, of);
    });
    this.#timers.set(callId, { of, cancel });
  }

  close(): void {
    for (const callId of [...this.#timers.keys()]) this.#cancel(callId);
  }

  #cancel(callId: CallId): void {
    this.#timers.get(callId)?.cancel();
    this.#timers.delete(callId);
  }
}
