import type { CallDirection } from './happening.ts';
import type { AgentState } from './seat.ts';

/** One call that Udesk knows. A time that has not come is undefined. */
export interface UdeskCall {
  readonly callId: string;
  readonly direction: CallDirection;
  readonly destNumber: string;
  readonly spNumber: string;
  readonly userData: unknown;
  readonly startedAt: number;
  /** Who has it now. Nobody once it was transferred away. */
  agentId: string | undefined;
  /** Who had it first: the logs name them. */
  readonly firstAgentId: string;
  held: boolean;
  /** The agent's state before the phone rang, to which they go back. */
  stateBefore: AgentState;
  agentAnsweredAt: number | undefined;
  userAnsweredAt: number | undefined;
  endedAt: number | undefined;
  hangupBy: 'agent' | 'customer' | undefined;
  transferredTo: string | undefined;
}
