import type { Operation } from './operations.ts';

interface FaultCommon {
  /** How many requests it befalls; 1 if not said. */
  readonly times?: number;
  /**
   * Whether Movidesk acts on the request all the same. An error status says no unless told otherwise; a lost answer
   * says yes, because that is the nastier half of an unknown outcome.
   */
  readonly heard?: boolean;
}

export type Fault =
  /** An answer with this status. */
  | (FaultCommon & {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    })
  /** No answer: the connection is reset, or stays open and silent. */
  | (FaultCommon & { readonly silence: 'reset' | 'hang' })
  /** The right answer, this much later; acted upon at once. */
  | (FaultCommon & { readonly delayMs: number });

/** Faults waiting for their requests, the oldest fitting one first. */
export class Faults {
  readonly #waiting: { readonly operation: Operation | 'any'; readonly fault: Fault; left: number }[] = [];

  add(operation: Operation | 'any', fault: Fault): void {
    this.#waiting.push({ operation, fault, left: fault.times ?? 1 });
  }

  end(): void {
    this.#waiting.length = 0;
  }

  take(operation: Operation): Fault | undefined {
    const found = this.#waiting.find((waiting) => [operation, 'any'].includes(waiting.operation));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#waiting.splice(this.#waiting.indexOf(found), 1);
    return found.fault;
  }
}

export function isHeard(fault: Fault | undefined): boolean {
  return fault?.heard ?? !(fault !== undefined && 'status' in fault);
}
