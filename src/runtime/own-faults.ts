import type { Entry } from '../domain/outbox/entry.ts';
import type { Report } from '../domain/outbox/report.ts';
import { isLink } from '../domain/outbox/report.ts';
import type { Failure } from '../ports/failure.ts';

/**
 * Reports that are at fault themselves. The help desk may answer one with a fault for ever (an id over which it stumbles), or
 * not accept the token for one kind of them, and be well all the same: that shows once it has taken something else since.
 * Such a one says nothing of the help desk, and no caller is sent away because of it.
 */
export class OwnFaults {
  #takenCount = 0;
  /** How many these were when it first failed, by `seq`. */
  readonly #whenFailed = new Map<number, number>();

  /** The help desk took a request. */
  taken(): void {
    this.#takenCount += 1;
  }

  failed({ seq, report }: Entry, failure: Failure): void {
    if (!this.#whenFailed.has(seq) && mayBeOwn(report, failure)) this.#whenFailed.set(seq, this.#takenCount);
  }

  /** It was delivered, given up, or set aside. */
  forget(seq: number): void {
    this.#whenFailed.delete(seq);
  }

  isSuspect({ seq }: Entry): boolean {
    return this.#whenFailed.has(seq);
  }

  /** From now on it counts as proven. */
  presume({ seq }: Entry): void {
    if (this.#whenFailed.has(seq)) this.#whenFailed.set(seq, -1);
  }

  isProven({ seq }: Entry): boolean {
    const whenFailed = this.#whenFailed.get(seq);
    return whenFailed !== undefined && whenFailed < this.#takenCount;
  }
}

/** A token that is good for endings, but not for links, is a matter of its rights. Any other is good for all, or for nothing. */
const mayBeOwn = (report: Report, { kind }: Failure): boolean =>
  kind === 'broken' || (kind === 'unauthorized' && isLink(report));
