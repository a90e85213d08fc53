import type { AskReason } from '../domain/budget/ask-memory.ts';
import type { Ending, Phase } from '../domain/call/call.ts';
import type { QueueName } from '../domain/identity.ts';
import type { MadeCallResult } from '../domain/made-call/made-call.ts';
import type { Report } from '../domain/outbox/report.ts';
import type { LaneName } from '../domain/relay/relay.ts';
import type { Failure } from './failure.ts';
import type { AskAnswer } from './help-desk.ts';

/** What came of asking the help desk about a caller. */
export type PollResult = AskAnswer['kind'] | Failure['kind'];
/** What a request told the help desk; asking about a caller is `received`. */
export type RequestOperation = Report['kind'];
export type RequestOutcome = 'ok' | Failure['kind'];
/**
 * How a caller's wait for an agent ended: one answered; they hung up; they were sent to where they hear why there is
 * nobody, or to the fallback.
 */
export type WaitEnd = 'answered' | 'gave-up' | 'sent-away';
/**
 * What a look at the PBX told that no event had: a call was over, it was elsewhere than we thought, or a caller stood on
 * hold of whom we knew nothing.
 */
export type FoundChange = 'ended' | 'moved' | 'entered';
export type OpenPhase = Exclude<Phase, 'ended'>;

/** How much one far side has not heard yet. */
export interface LaneLoad {
  /** Still to be sent, or sent and not answered; without what is parked. */
  readonly depth: number;
  /** Refused, and set aside for a person. */
  readonly parked: number;
  /** How long the oldest has been owed that may be sent; 0 where there is none. */
  readonly oldestMs: number;
}

/** What is true at this moment. */
export interface Present {
  readonly openCalls: Readonly<Record<OpenPhase, number>>;
  readonly lanes: Readonly<Partial<Record<LaneName | 'movidesk', LaneLoad>>>;
}

/**
 * What is counted and measured, for whoever watches from outside. Nothing of it comes back: what the daemon does never
 * depends on it. No phone number goes in, and nothing of which there may be any number of different ones.
 */
export interface Meter {
  /** The help desk was asked about a caller. */
  polled(reason: AskReason, result: PollResult): void;
  /** A caller was offered to an agent this long after the first sign that one was free. */
  excessWaited(queue: QueueName, ms: number): void;
  /** A request to the help desk was answered, or given up, this long after it was started. */
  requestSettled(operation: RequestOperation, outcome: RequestOutcome, ms: number): void;
  /** A caller's wait for an agent is over. */
  waitEnded(queue: QueueName, how: WaitEnd, ms: number): void;
  callEnded(queue: QueueName, ending: Ending): void;
  /** A call that an agent made from the help desk is over. */
  madeCallEnded(result: MadeCallResult): void;
  /** A look at the PBX, after a login or on the rounds, told what no event had. */
  found(change: FoundChange): void;
  /**
   * How to learn how much of the limit of requests is used, 0 to 1. It is asked whenever somebody looks, for it falls by
   * itself while the minute slides on. The last one given holds.
   */
  watchBudget(usedRatio: () => number): void;
  /** The same of all else that is rather read than counted. */
  watch(present: () => Present): void;
}

/** Nobody watches. */
export const silentMeter: Meter = {
  polled() {},
  excessWaited() {},
  requestSettled() {},
  waitEnded() {},
  callEnded() {},
  madeCallEnded() {},
  found() {},
  watchBudget() {},
  watch() {},
};
