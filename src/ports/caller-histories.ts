import type { CallId, Instant } from '../domain/identity.ts';

/** What is known of a caller whom nobody took, and of their other calls. */
export interface CallerHistory {
  /** As `numberOf` gave it; nothing where they cannot be called. */
  readonly number: string | undefined;
  /** When the call ended in which they were lost. */
  readonly lostAt: Instant;
  /** They are in a call of ours at this moment. */
  readonly isCalling: boolean;
  /** They were answered since. */
  readonly isServed: boolean;
  /** It is too far back to know whether they were. */
  readonly isTooFarBack: boolean;
  /** When another far side was last given them, to call them back: for this call, or since, or for another one before. */
  readonly handedOutAt: Instant | undefined;
  /** They were lost anew since, and that loss is on its way to be told: it decides. */
  readonly isLostAnew: boolean;
  /** When their last call ended, this one or a later one. */
  readonly lastCalledAt: Instant;
  /**
   * When a call-back was last made for a call of theirs, by this far side. For one that is to be made later it is that
   * time, and Infinity where nobody knows whether one was made, until a person has looked.
   */
  readonly calledBackAt: Instant | undefined;
  /** What the far side calls the one that was made for this very call. */
  readonly calledBackAs: string | undefined;
  /** When their last call before this one ended. */
  readonly calledBefore: Instant | undefined;
}

export interface CallerHistories {
  /**
   * The caller of a call that is over; nothing where it is not known any more. `numberOf`: a caller's number as the far
   * side dials it, or nothing where it cannot; see `LostCallersWanted`. Rejects with a `StoreFault`.
   */
  callerHistory(
    callId: CallId,
    numberOf: (clientNumber: string) => string | undefined,
  ): Promise<CallerHistory | undefined>;
}
