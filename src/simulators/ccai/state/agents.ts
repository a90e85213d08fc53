import { REFUSALS, type Refusal } from '../refusal.ts';

/** `acts-in-widget`: the agent is free, and dials by hand what is put before them. */
export type AgentState = 'available' | 'unavailable' | 'no-access' | 'acts-in-widget';

export interface SimulatedAgent {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly avatarUrl?: string;
  /** Available where nothing is said. */
  readonly state?: AgentState;
}

export class Agents {
  readonly #agents: Map<string, SimulatedAgent>;

  constructor(agents: readonly SimulatedAgent[]) {
    this.#agents = new Map(agents.map((agent) => [agent.email, agent]));
  }

  /** Adds an agent, or puts them in the place of the one with their email. */
  set(agent: SimulatedAgent): void {
    this.#agents.set(agent.email, agent);
  }

  change(email: string, state: AgentState): void {
    const agent = this.#agents.get(email);
    if (agent === undefined) throw new Error(`no agent ${email}`);
    this.#agents.set(email, { ...agent, state });
  }

  remove(email: string): void {
    this.#agents.delete(email);
  }

  /** The agent who can be asked to call out. */
  find(email: string): SimulatedAgent | Refusal {
    const agent = this.#agents.get(email);
    if (agent === undefined) return REFUSALS.agentEmailInvalid;
    if (agent.state === 'no-access') return REFUSALS.agentWithoutAccess;
    if (agent.state === 'unavailable') return REFUSALS.agentUnavailable;
    return agent;
  }
}
