import type { Call, EndedCall, OpenCall } from '../domain/call/call.ts';
import type { Instant } from '../domain/identity.ts';
import type { EndedMadeCall, MadeCall } from '../domain/made-call/made-call.ts';
import type { Span } from '../domain/recording/link-repair.ts';
import type { LaneName } from '../domain/relay/relay.ts';
import type { TimelineLine } from './store.ts';

/** Calls as they were kept, for whoever looks into them. Rejects where the store cannot be read. */
export interface CallRecords {
  /** In the order in which they came. */
  open(): Promise<readonly OpenCall[]>;
  /** The latest first, at most so many. */
  ended(limit: number): Promise<readonly EndedCall[]>;
  /** Those whose end became known in one of the spans (from excluded, until included), with the link that was told last. */
  endedWithin(spans: readonly Span[]): Promise<readonly EndedWithLink[]>;
  /** Calls that agents made from the help desk: those that are open, then the latest that ended, at most so many of these. */
  made(limit: number): Promise<readonly (MadeCall | EndedMadeCall)[]>;
  /** Nothing where no such call is kept. */
  find(callId: string): Promise<CallRecord | undefined>;
  findMade(callId: string): Promise<MadeCallRecord | undefined>;
}

export interface EndedWithLink {
  readonly call: EndedCall;
  /** Of its recording, as the help desk was told or is about to be. */
  readonly toldLink: string | undefined;
}

export interface CallRecord {
  readonly call: Call;
  readonly timeline: readonly Omit<TimelineLine, 'callId'>[];
  /** What had to be told of it, to whomever. */
  readonly told: readonly ToldRecord[];
}

export interface MadeCallRecord {
  readonly call: MadeCall | EndedMadeCall;
  readonly told: readonly ToldRecord[];
}

export interface ToldRecord {
  /** Its number in the outbox. */
  readonly id: number;
  readonly lane: LaneName | 'movidesk';
  /** The kind of the report or relay. */
  readonly what: string;
  readonly state: 'due' | 'parked' | 'delivered' | 'dropped';
  readonly attempts: number;
  /** When it was delivered or dropped. */
  readonly settledAt: Instant | undefined;
}
