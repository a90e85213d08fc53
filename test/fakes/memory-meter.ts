import type { AskReason } from '../../src/domain/budget/ask-memory.ts';
import type { QueueName } from '../../src/domain/identity.ts';
import type { Meter, PollResult, RequestOperation, RequestOutcome } from '../../src/ports/meter.ts';

/** A meter that remembers each thing it was told. */
export class MemoryMeter implements Meter {
  /** Why the help desk was asked, and what came of it, in words: `newcomer: extension`. */
  readonly polls: string[] = [];
  readonly excessWaits: { readonly queue: QueueName; readonly ms: number }[] = [];
  /** What was told, and what came of it, in words: `completed: ok`. */
  readonly requests: string[] = [];
  #usedRatio = () => Number.NaN;

  polled(reason: AskReason, result: PollResult): void {
    this.polls.push(`${reason}: ${result}`);
  }

  excessWaited(queue: QueueName, ms: number): void {
    this.excessWaits.push({ queue, ms });
  }

  requestSettled(operation: RequestOperation, outcome: RequestOutcome): void {
    this.requests.push(`${operation}: ${outcome}`);
  }

  watchBudget(usedRatio: () => number): void {
    this.#usedRatio = usedRatio;
  }

  get usedRatio(): number {
    return this.#usedRatio();
  }
}
