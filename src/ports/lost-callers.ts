import type { CallId, Instant } from '../domain/identity.ts';

/** What a far side wants that calls back the callers whom nobody could take. */
export interface LostCallersWanted {
  /** Its own name for what it is about. Kept with what was handed out, and looked at by nobody. */
  readonly task: string;
  /** At most so many, and at least one. */
  readonly count: number;
  /** Whoever was lost by then no longer waits for a call. */
  readonly since: Instant;
  readonly now: Instant;
  /**
   * A caller's number as the far side dials it, or nothing where it cannot. Two spellings that lead to the same number are
   * one caller; they and the number end in the same six digits.
   */
  readonly numberOf: (clientNumber: string) => string | undefined;
}

export interface HandedOut {
  readonly callers: readonly LostCaller[];
  /** At this moment there is nobody else. */
  readonly exhausted: boolean;
}

export interface LostCaller {
  /** The visit by which they have waited longest. */
  readonly callId: CallId;
  /** As `numberOf` gave it. */
  readonly number: string;
}

export interface LostCallers {
  /**
   * Gives out callers who were lost, the oldest first, and keeps on the disk that it did before it resolves. Nobody is
   * given out twice, to whatever task and after whatever restart, until they are lost anew; nobody who was answered since,
   * and nobody who is calling at this moment. Repeating is not harmless: where the answer is lost on its way, its callers
   * are not given again, for they may have been heard of, and nobody is to be called twice. Rejects with a `StoreFault`.
   */
  handOutLost(wanted: LostCallersWanted): Promise<HandedOut>;
}
