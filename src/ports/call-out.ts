/** Whom an agent is to call, as a person or a program asked for it: nothing of it was looked at yet. */
export interface CallOutWish {
  readonly agentEmail: string | undefined;
  /** Either a number or a ticket. */
  readonly number: string | undefined;
  readonly ticketId: string | undefined;
  /** The number that the called one sees; the far side's default one where none is named. */
  readonly outboundNumber: string | undefined;
  /** Two letters, as `pt`. */
  readonly lang: string | undefined;
}

/** What came of it. */
export type CallOutOutcome =
  /** The agent's phone is being rung. */
  | 'created'
  /** It is taken, and the agent must go on by hand. */
  | 'needs-agent'
  /** The agent must choose the number to call out with. */
  | 'needs-outbound-number'
  /** The wish makes no sense; the far side was not asked. */
  | 'invalid'
  /** The far side says no. */
  | 'refused'
  /** The far side does not take us for whom we are: a person must mend the configuration. */
  | 'misconfigured'
  | 'throttled'
  /** Nothing was asked, or it is broken over there: nobody is called, and it may be tried again. */
  | 'unavailable'
  /** Nobody knows whether somebody is called. */
  | 'unknown-outcome';

export interface CallOutResult {
  readonly outcome: CallOutOutcome;
  /** What exactly, for programs: the outcome itself, or why it was refused or failed. */
  readonly code: string;
  /** The same in sentences for a person. No number is in them. */
  readonly message: string;
  /** The call's identity over there, where there is one. */
  readonly ccaiCallId: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** For the log: what the far side or the network said. */
  readonly cause: string | undefined;
}

/** Asks CCAI Platform to have an agent call out. It never rejects, and does not ask twice. */
export type CallOut = (wish: CallOutWish) => Promise<CallOutResult>;
