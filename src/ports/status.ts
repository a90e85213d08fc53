import type { Ending, LeavingReason } from '../domain/call/call.ts';
import type { CallId, Extension, Instant, QueueName } from '../domain/identity.ts';
import type { LaneName } from '../domain/relay/relay.ts';
import type { PartReadiness } from './readiness.ts';

/**
 * How everything is at one instant, for whoever watches: plain values that can be sent as they are. Callers' numbers are
 * whole in it; whoever shows it masks them.
 */
export interface Status {
  readonly at: Instant;
  /** The worst of all links. */
  readonly state: PartReadiness['state'];
  readonly links: readonly LinkStatus[];
  readonly queues: readonly QueueStatus[];
  readonly talks: readonly TalkStatus[];
  readonly leaving: readonly LeavingStatus[];
  readonly agents: readonly AgentStatus[];
  readonly budget: BudgetStatus;
  readonly outbox: readonly LaneStatus[];
  /** The latest first. */
  readonly endings: readonly EndingStatus[];
}

/** One part of the daemon, by the name that it has in its readiness. */
export interface LinkStatus extends PartReadiness {
  readonly name: string;
  /** Of the PBX alone: the login is through, and so is the reconciliation that must follow it. */
  readonly isConnected?: boolean;
  readonly isReconciled?: boolean;
  /** Since when it is so, where that is known. */
  readonly since?: Instant;
}

interface CallerStatus {
  readonly callId: CallId;
  /** The caller's. */
  readonly number: string;
}

export interface QueueStatus {
  readonly name: QueueName;
  /** In the order of their line, those among them whose turn it is at an agent's phone. */
  readonly callers: readonly WaitingStatus[];
}

export interface WaitingStatus extends CallerStatus {
  readonly phase: 'waiting' | 'offered';
  /** Where their call rings, or is about to. */
  readonly extension?: Extension;
  /** Since they came in. */
  readonly since: Instant;
}

export interface TalkStatus extends CallerStatus {
  readonly queue: QueueName;
  readonly extension: Extension;
  /** Since the agent answered. */
  readonly since: Instant;
}

export interface LeavingStatus extends CallerStatus {
  readonly queue: QueueName;
  readonly reason: LeavingReason;
  /** Since they came in. */
  readonly since: Instant;
}

/**
 * What an agent is doing by all that is known: `talking` and `offered` with a caller of ours; `elsewhere`: busy in another
 * system; `aside`: passed over for a while, because they did not take a call; `busy` and `offline`: by their phone; `dnd`:
 * they do not want to be disturbed; `unknown`: nothing was told of their phone yet.
 */
export type AgentState =
  | 'talking'
  | 'offered'
  | 'elsewhere'
  | 'aside'
  | 'dnd'
  | 'busy'
  | 'offline'
  | 'free'
  | 'unknown';

export interface AgentStatus {
  readonly extension: Extension;
  readonly state: AgentState;
  /** For which queues the help desk has named them since the start. */
  readonly queues: readonly QueueName[];
  /** The last word on their phone, in the PBX's own words. */
  readonly device?: string;
  /** Whether they want to be left alone, where that was told. */
  readonly isDoNotDisturb?: boolean;
  /** The call for which they are reserved, or to whose caller they talk. */
  readonly callId?: CallId;
  /** Why they are passed over, or taken elsewhere. */
  readonly why?: string;
}

/** Requests to the help desk. */
export interface BudgetStatus {
  /** Allowed in any minute now; fewer than configured where the help desk has refused some. */
  readonly limit: number;
  readonly configured: number;
  /** Started within the last minute. */
  readonly used: number;
  /** 0 to 1. */
  readonly ratio: number;
}

export interface LaneStatus {
  readonly lane: LaneName | 'movidesk';
  /** Still to be told. */
  readonly due: number;
  /** Refused, and set aside for a person. */
  readonly parked: number;
  /** When that happened which has waited longest of those due. */
  readonly oldestAt?: Instant;
}

export interface EndingStatus extends CallerStatus {
  readonly queue: QueueName;
  readonly ending: Ending;
  readonly enteredAt: Instant;
  readonly endedAt: Instant;
  /** Who talked to them, and since when, where it is still known. */
  readonly extension?: Extension;
  readonly answeredAt?: Instant;
  /** Why they were sent away. */
  readonly reason?: LeavingReason;
}
