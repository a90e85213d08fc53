import type { CallId, Extension, Instant } from '../domain/identity.ts';
import type { Report as DomainReport } from '../domain/outbox/report.ts';
import type { Outcome } from './failure.ts';

/** What the help desk needs to hear to put a caller into its queue, and to name an agent for them. */
export interface ReceivedCall {
  readonly callId: CallId;
  /** Queue number on the help desk's side. */
  readonly helpDeskQueueId: number;
  /** Digits and `+` only, or the configured word for a withheld number. */
  readonly clientNumber: string;
  readonly receivedAt: Instant;
}

/** What the help desk answers when asked for an agent. */
export type AskAnswer =
  | { readonly kind: 'extension'; readonly extension: Extension }
  /** Code 0. */
  | { readonly kind: 'holiday' }
  /** Code 1: outside working hours. */
  | { readonly kind: 'closed' }
  /** Code 2: no agent of the queue is online in the help desk. */
  | { readonly kind: 'nobody' }
  /** Code 3: no agent of the queue is online on the phone system. */
  | { readonly kind: 'nobody-on-phone' }
  /** Code 4: all agents are on a call. */
  | { readonly kind: 'all-busy' }
  /** None of these. `body` is cut to 200 characters, without line breaks. */
  | { readonly kind: 'unknown'; readonly body: string };

/** What is reported as such; `received` is told by asking. */
export type Report = Exclude<DomainReport, { readonly kind: 'received' }>;

/**
 * The help desk that decides who takes whom.
 * Repeating is taken to be harmless for every operation: `ask` is meant to be repeated with the same id; that a report
 * repeated with the same id changes nothing is assumed, for nobody says it. Neither ever rejects: a fault is a `Failure`.
 */
export interface HelpDesk {
  ask(call: ReceivedCall): Promise<Outcome<AskAnswer>>;
  report(report: Report): Promise<Outcome<void>>;
  close(): Promise<void>;
}
