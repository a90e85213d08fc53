import type { AgentState, Seat } from './seat.ts';

/** One state of one agent, from its begin to its end: what `agents/statelogs` tells. */
export interface StateLogEntry {
  readonly agentId: string;
  readonly agentName: string;
  readonly workId: string;
  readonly state: AgentState;
  readonly subState: number;
  readonly oldState: AgentState;
  readonly oldSubState: number;
  readonly startedAt: number;
  endedAt: number | undefined;
}

export class StateLog {
  readonly entries: StateLogEntry[] = [];

  add(seat: Seat, old: Pick<Seat, 'state' | 'subState'>): void {
    const current = this.entries.findLast(({ agentId }) => agentId === seat.agentId);
    if (current !== undefined) current.endedAt = seat.since;
    this.entries.push({
      agentId: seat.agentId,
      agentName: seat.name,
      workId: seat.workId,
      state: seat.state,
      subState: seat.subState,
      oldState: old.state,
      oldSubState: old.subState,
      startedAt: seat.since,
      endedAt: undefined,
    });
  }
}
