import type { Call, OpenCall, Phase } from '../domain/call/call.ts';
import type { CallId, Instant, Uniqueid } from '../domain/identity.ts';
import type { EndedMadeCall, MadeCall } from '../domain/made-call/made-call.ts';
import type { Entry } from '../domain/outbox/entry.ts';
import type { RelayEntry } from '../domain/relay/relay.ts';

/** One step of the daemon: all of it is kept, or none. */
export interface Step {
  /** Calls as they are now; the last of a call counts. */
  readonly calls: readonly Call[];
  /** Calls that agents made from the help desk, as they are now; the last of a call counts. */
  readonly madeCalls: readonly (MadeCall | EndedMadeCall)[];
  readonly timeline: readonly TimelineLine[];
  readonly entries: readonly Entry[];
  readonly outbox: readonly OutboxChange[];
  readonly relays: readonly RelayEntry[];
  /** What became of relays, those of this very step among them. */
  readonly relayed: readonly RelayChange[];
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
  | { readonly kind: 'parked'; readonly seq: number; readonly attempts: number; readonly cause: string }
  /** Refused, and given up: it is told to nobody, and kept to be seen. */
  | { readonly kind: 'dropped'; readonly seq: number; readonly at: Instant; readonly cause: string };

export type RelayChange =
  | {
      readonly kind: 'delivered';
      readonly seq: number;
      readonly at: Instant;
      /** What the far side calls it from now on. */
      readonly result?: string | undefined;
      /** When it will be done there, where that is later. */
      readonly dueAt?: Instant | undefined;
    }
  | { readonly kind: 'failed'; readonly seq: number; readonly attempts: number; readonly cause: string }
  | {
      readonly kind: 'parked';
      readonly seq: number;
      readonly attempts: number;
      readonly cause: string;
      /** It must not be done twice, and nobody knows whether it was done. */
      readonly mayBeDone?: boolean;
    }
  /** It is on its way with this step, and must not be done twice: where nothing more is kept of it, it loads parked. */
  | { readonly kind: 'started'; readonly seq: number; readonly at: Instant }
  /** It was not sent after all, and will be later. */
  | { readonly kind: 'put-off'; readonly seq: number; readonly cause: string }
  /** A later state of the same line took its place: it is told to nobody. */
  | { readonly kind: 'superseded'; readonly seq: number }
  /** Told to nobody, and kept to be seen. */
  | { readonly kind: 'dropped'; readonly seq: number; readonly at: Instant; readonly cause: string };

/** What the daemon needs to go on. */
export interface Kept {
  readonly openCalls: readonly OpenCall[];
  readonly openMadeCalls: readonly MadeCall[];
  /** Undelivered entries, parked ones among them. */
  readonly entries: readonly Entry[];
  /** Undelivered relays of all lanes, parked ones among them, ascending. */
  readonly relays: readonly RelayEntry[];
  /** The highest `seq` ever given to an entry or a relay, 0 at first. */
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
  /** The same of the relays of all lanes. */
  undeliveredRelays(): Promise<readonly RelayEntry[]>;
  /** Whether somebody else has written to it since this was last asked: a person may have let go of what was parked. */
  changedElsewhere(): Promise<boolean>;
  /** How many visits of this channel are known, open or ended: the next one is numbered after them. */
  visitsOf(uniqueid: Uniqueid): Promise<number>;
  /** Forgets calls that ended before that instant and of which nothing is left to tell. How many. */
  purge(endedBefore: Instant): Promise<number>;
  close(): Promise<void>;
}
