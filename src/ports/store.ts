import type { Call, OpenCall, Phase } from '../domain/call/call.ts';
import type { CallId, Instant, Uniqueid } from '../domain/identity.ts';
import type { Entry } from '../domain/outbox/entry.ts';

/** One step of the daemon: all of it is kept, or none. */
export interface Step {
  /** Calls as they are now; the last of a call counts. */
  readonly calls: readonly Call[];
  readonly timeline: readonly TimelineLine[];
  readonly entries: readonly Entry[];
  readonly outbox: readonly OutboxChange[];
  /** When requests to the help desk start with this step, by the clock that never jumps. */
  readonly requestsStartedAt: readonly number[];
}

/** One line of a call's life, as `calls show ID` prints it. */
export interface TimelineLine {
  readonly callId: CallId;
  readonly at: Instant;
  readonly from: Phase | 'new';
  readonly to: Phase;
  readonly input: string;
  /** Facts of the input: extension, reason, dial status … No phone numbers. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly inferred: boolean;
}

export type OutboxChange =
  | { readonly kind: 'delivered'; readonly seq: number; readonly at: Instant }
  | { readonly kind: 'failed'; readonly seq: number; readonly attempts: number; readonly cause: string }
  | { readonly kind: 'parked'; readonly seq: number; readonly attempts: number; readonly cause: string };

/** What the daemon needs to go on. */
export interface Kept {
  readonly openCalls: readonly OpenCall[];
  /** Undelivered entries, parked ones among them. */
  readonly entries: readonly Entry[];
  /** The highest `seq` ever given, 0 at first. */
  readonly lastSeq: number;
  /**
   * Requests that the limit may still have to count, ascending, by the clock that never jumps; none is in its future.
   * Those of an earlier boot stand at this one's beginning: they are at least as old as it is.
   */
  readonly requestsStartedAt: readonly number[];
}

/**
 * The memory that survives us. Asynchronous, so that another engine can stand behind it. What cannot be done rejects with
 * a `StoreFault`.
 */
export interface Store {
  load(): Promise<Kept>;
  /** Resolves when the step is on the disk. */
  commit(step: Step): Promise<void>;
  /** Entries that are not delivered, parked ones among them, in order, as they are on the disk now. */
  undelivered(): Promise<readonly Entry[]>;
  /** Whether somebody else has written to it since this was last asked: a person may have let go of a parked entry. */
  changedElsewhere(): Promise<boolean>;
  /** How many visits of this channel are known, open or ended: the next one is numbered after them. */
  visitsOf(uniqueid: Uniqueid): Promise<number>;
  /** Forgets calls that ended before that instant and of which nothing is left to tell. How many. */
  purge(endedBefore: Instant): Promise<number>;
  close(): Promise<void>;
}
