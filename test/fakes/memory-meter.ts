import type { AskReason } from '../../src/domain/budget/ask-memory.ts';
import type { Ending } from '../../src/domain/call/call.ts';
import type { QueueName } from '../../src/domain/identity.ts';
import type { MadeCallResult } from '../../src/domain/made-call/made-call.ts';
import type {
  FoundChange,
  Meter,
  PollResult,
  Present,
  RequestOperation,
  RequestOutcome,
  WaitEnd,
} from '../../src/ports/meter.ts';

/** A meter that remembers each thing it was told. */
export class MemoryMeter implements Meter {
  /** Why the help desk was asked, and what came of it, in words: `newcomer: extension`. */
  readonly polls: string[] = [];
  readonly excessWaits: { readonly queue: QueueName; readonly ms: number }[] = [];
  /** What was told, and what came of it, in words: `completed: ok`. */
  readonly requests: string[] = [];
  readonly waits: { readonly queue: QueueName; readonly how: WaitEnd; readonly ms: number }[] = [];
  /** In words: `support: completed`. */
  readonly endings: string[] = [];
  readonly madeCalls: MadeCallResult[] = [];
  readonly findings: FoundChange[] = [];
  #present: (() => Present) | undefined;
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

  waitEnded(queue: QueueName, how: WaitEnd, ms: number): void {
    this.waits.push({ queue, how, ms });
  }

  callEnded(queue: QueueName, ending: Ending): void {
    this.endings.push(`${queue}: ${ending}`);
  }

  madeCallEnded(result: MadeCallResult): void {
    this.madeCalls.push(result);
  }

  found(change: FoundChange): void {
    this.findings.push(change);
  }

  watch(present: () => Present): void {
    this.#present = present;
  }

  get present(): Present {
    if (this.#present === undefined) throw new Error('Nothing was given to watch.');
    return this.#present();
  }

  watchBudget(usedRatio: () => number): void {
    this.#usedRatio = usedRatio;
  }

  get usedRatio(): number {
    return this.#usedRatio();
  }
}
