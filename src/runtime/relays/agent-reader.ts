import type { Extension } from '../../domain/identity.ts';
import type { Pbx } from '../../ports/pbx.ts';
import type { AgentRead } from '../input.ts';
import type { AgentToRead } from './agent-mirror.ts';

/** Asks the PBX about agents, one after the other: hundreds at once would hold up what the callers need. */
export class AgentReader {
  readonly #pbx: Pick<Pbx, 'readExtension'>;
  readonly #push: (input: AgentRead) => void;
  readonly #waiting = new Map<Extension, AgentToRead>();
  #isReading = false;

  constructor(parts: { pbx: Pick<Pbx, 'readExtension'>; push: (input: AgentRead) => void }) {
    this.#pbx = parts.pbx;
    this.#push = parts.push;
  }

  /** Returns at once. Whoever waits already is asked about once: a slow PBX is not asked more than it answers. */
  read(agents: readonly AgentToRead[]): void {
    for (const agent of agents) this.#waiting.set(agent.extension, agent);
    if (!this.#isReading) void this.#readOn();
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    for (const [extension, agent] of this.#waiting) {
      this.#waiting.delete(extension);
      const reading = await this.#pbx.readExtension(extension);
      // Whom it does not tell of now is asked about on the next round.
      if (reading !== undefined) this.#push({ kind: 'agent-read', agent, reading });
    }
    this.#isReading = false;
  }
}
