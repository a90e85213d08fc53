import type { AskReason } from '../domain/budget/ask-memory.ts';
import type { QueueName } from '../domain/identity.ts';
import type { Report } from '../domain/outbox/report.ts';
import type { Failure } from './failure.ts';
import type { AskAnswer } from './help-desk.ts';

/** What came of asking the help desk about a caller. */
export type PollResult = AskAnswer['kind'] | Failure['kind'];
/** What a request told the help desk; asking about a caller is `received`. */
export type RequestOperation = Report['kind'];
export type RequestOutcome = 'ok' | Failure['kind'];

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
  /**
   * How to learn how much of the limit of requests is used, 0 to 1. It is asked whenever somebody looks, for it falls by
   * itself while the minute slides on. The last one given holds.
   */
  watchBudget(usedRatio: () => number): void;
}

/** Nobody watches. */
export const silentMeter: Meter = {
  polled() {},
  excessWaited() {},
  requestSettled() {},
  watchBudget() {},
};
