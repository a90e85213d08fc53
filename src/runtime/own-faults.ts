import type { Entry } from '../domain/outbox/entry.ts';
import { isLink } from '../domain/outbox/report.ts';
import type { Failure } from '../ports/failure.ts';

/** What is known of a report that the help desk answers with one kind of failure only. */
interface Mark {
  readonly kind: Failure['kind'];
  /** When it first did. */
  readonly since: number;
  /** How many requests it had taken when it last did. */
  readonly takenCount: number;
  /** How often it did, having taken something else in between. */
  readonly times: number;
  readonly isPresumed: boolean;
}

/**
 * Reports that are at fault themselves. The help desk may answer one with a fault for ever (an id over which it stumbles), or
 * not accept the token for one kind of them, and be well all the same: that shows once it has taken something else since.
 * Such a one says nothing of the help desk, and no caller is sent away because of it.
 */
export class OwnFaults {
  #takenCount = 0;
  readonly #marks = new Map<number, Mark>();

  /** The help desk took a request. */
  taken(): void {
    this.#takenCount += 1;
  }

  /** `now` is of the clock that never jumps. What was not answered, or is answered otherwise than before, begins anew. */
  failed(entry: Entry, failure: Failure, now: number): void {
    const { seq } = entry;
    const { kind } = failure;
    const mark = this.#marks.get(seq);
    if (!mayBeOwn(entry, failure)) this.#marks.delete(seq);
    else if (mark?.kind !== kind)
      this.#marks.set(seq, { kind, since: now, takenCount: this.#takenCount, times: 0, isPresumed: false });
    else if (mark.takenCount < this.#takenCount)
      this.#marks.set(seq, { ...mark, takenCount: this.#takenCount, times: mark.times + 1 });
  }

  /** It was delivered, given up, or set aside. */
  forget(seq: number): void {
    this.#marks.delete(seq);
  }

  /** Since when it may be at fault itself. */
  suspectSince({ seq }: Entry): number | undefined {
    return this.#marks.get(seq)?.since;
  }

  isProven({ seq }: Entry): boolean {
    const mark = this.#marks.get(seq);
    return mark !== undefined && (mark.isPresumed || mark.times > 0 || mark.takenCount < this.#takenCount);
  }

  /** How often it has failed while the help desk took other things. */
  timesProven({ seq }: Entry): number {
    return this.#marks.get(seq)?.times ?? 0;
  }

  /** It counts as proven, until that is taken back. */
  presume({ seq }: Entry): void {
    const mark = this.#marks.get(seq);
    if (mark !== undefined) this.#marks.set(seq, { ...mark, isPresumed: true });
  }

  presumeNone(): void {
    for (const [seq, mark] of this.#marks) {
      if (mark.isPresumed) this.#marks.set(seq, { ...mark, isPresumed: false });
    }
  }
}

/** A token that is good for endings, but not for links, is a matter of its rights. Any other is good for all, or for nothing. */
const mayBeOwn = ({ report }: Entry, { kind }: Failure): boolean =>
  kind === 'broken' || (kind === 'unauthorized' && isLink(report));
