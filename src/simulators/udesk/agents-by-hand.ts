import { changeExtensionState, changeState, logIn, logOut } from './state/agent-states.ts';
import type { Application } from './state/application.ts';
import type { AgentState, CallMode, ExtensionState, Seat, SettableState } from './state/seat.ts';

/** What one can see of an agent. */
export interface AgentSnapshot {
  readonly agentId: string;
  readonly workId: string;
  readonly extensions: readonly string[];
  readonly state: AgentState;
  readonly subState: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly callMode: CallMode;
  /** The call they have now. */
  readonly callId: string | undefined;
}

/** The agents of one application as they themselves would move, in a Udesk window. */
export class AgentsByHand {
  readonly #application: Application;

  constructor(application: Application) {
    this.#application = application;
  }

  all(): readonly AgentSnapshot[] {
    return [...this.#application.seats.values()].map((seat) => this.#shown(seat));
  }

  find(agentId: string): AgentSnapshot {
    return this.#shown(this.#seat(agentId));
  }

  logIn(agentId: string, state: SettableState = 'idle'): void {
    const refusal = logIn(this.#application, this.#seat(agentId), { by: 'hand', state });
    if (refusal !== undefined) throw new Error(`${agentId} cannot log in: ${refusal.desc}`);
  }

  logOut(agentId: string): void {
    logOut(this.#application, this.#seat(agentId), 'hand');
  }

  setState(agentId: string, state: AgentState, subState = 0): void {
    changeState(this.#application, this.#seat(agentId), state, subState);
  }

  setExtensionState(extension: string, state: ExtensionState, reason = ''): void {
    const found = this.#application.extensions.get(extension);
    if (found === undefined) throw new Error(`no extension ${extension}`);
    changeExtensionState(this.#application, found, { state, reason });
  }

  #seat(agentId: string): Seat {
    const seat = this.#application.seats.get(agentId);
    if (seat === undefined) throw new Error(`no agent ${agentId}`);
    return seat;
  }

  #shown({ agentId, workId, extensions, state, subState, since, callMode }: Seat): AgentSnapshot {
    const callId = this.#application.currentCallOf(agentId)?.callId;
    return { agentId, workId, extensions: [...extensions], state, subState, since, callMode, callId };
  }
}
