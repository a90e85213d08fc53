import type { Relay } from '../../domain/relay/relay.ts';

// A call that ends on hold is never taken off it, so they would pile up. Before one falls out that is still there, as many
// agents would have to have somebody on hold; and then no more is lost than that one is not resumed over there.
const MOST_HELD = 1_000;

/** Calls of a far side that an agent has put on hold. Those that were told of before a restart are not known any more. */
export class HeldCalls {
  /** The one put on hold last is the last. */
  readonly #names = new Set<string>();

  /** `untold`: what the far side is still to hear, in order. */
  constructor(untold: readonly Relay[]) {
    for (const relay of untold) {
      if (relay.kind === 'call-held') this.hold(relay.linkedCall);
      else if ('linkedCall' in relay) this.release(relay.linkedCall);
    }
  }

  hold(linkedCall: string): void {
    this.#names.delete(linkedCall);
    this.#names.add(linkedCall);
    const [oldest] = this.#names;
    if (this.#names.size > MOST_HELD && oldest !== undefined) this.#names.delete(oldest);
  }

  /** Whether it was on hold. */
  release(linkedCall: string): boolean {
    return this.#names.delete(linkedCall);
  }
}
