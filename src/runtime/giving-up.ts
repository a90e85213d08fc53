import type { Entry } from '../domain/outbox/entry.ts';
import { mayBeGivenUp } from '../domain/outbox/report.ts';
import type { Failure, Outcome } from '../ports/failure.ts';

/**
 * Which reports are given up: of those that may be, what the help desk understands and will not have. Where it refuses the
 * token for one, it may do so for this kind alone: that shows once it has taken the token for something else since.
 */
export class GivingUp {
  /** Requests for which it took the token. */
  #taken = 0;
  /** How many these were when it first refused the token for a report, by `seq`. */
  readonly #whenRefused = new Map<number, number>();

  /** What was heard to a request. */
  heard(outcome: Outcome<unknown>): void {
    if (outcome.ok || outcome.failure.kind === 'refused') this.#taken += 1;
  }

  isDue({ seq, report }: Entry, { kind }: Failure): boolean {
    if (!mayBeGivenUp(report)) return false;
    if (kind !== 'unauthorized') return kind === 'refused';
    const whenRefused = this.#whenRefused.get(seq) ?? this.#taken;
    this.#whenRefused.set(seq, whenRefused);
    return whenRefused < this.#taken;
  }

  /** It was delivered, or given up. */
  forget(seq: number): void {
    this.#whenRefused.delete(seq);
  }
}
