import { type Extension, extensionFrom } from '../../domain/identity.ts';

/** An agent of Udesk's, and the extension of ours that is their phone. */
export interface Seat {
  readonly agentId: string;
  readonly extension: Extension;
}

/** What is read of a seat in Udesk's list. */
export interface ListedSeat {
  readonly AgentId: string | null;
  readonly WorkId: string | null;
  readonly Extensions: readonly string[];
  readonly Enable: boolean | null;
}

/**
 * Who is who. What the configuration says counts. Of the others, a seat's extension is the first that Udesk has for it, or
 * else its work number: the document knows both, and accounts fill either. Nobody is two agents, and nobody has two phones.
 */
export class SeatBook {
  readonly #extensions = new Map<string, Extension>();
  readonly #agents = new Map<Extension, string>();
  readonly #listed: ReadonlySet<string>;

  constructor(configured: readonly Seat[], listed: readonly ListedSeat[] = []) {
    this.#listed = new Set(listed.map(({ AgentId }) => plainAgentId(AgentId ?? '')));
    for (const seat of configured) this.#add(seat.agentId, seat.extension);
    for (const seat of listed) {
      const extension = extensionOf(seat);
      if (seat.AgentId !== null && seat.Enable !== false && extension !== undefined)
        this.#add(plainAgentId(seat.AgentId), extension);
    }
  }

  get extensions(): readonly Extension[] {
    return [...this.#agents.keys()];
  }

  agentOf(extension: Extension): string | undefined {
    return this.#agents.get(extension);
  }

  extensionOf(agentId: string): Extension | undefined {
    return this.#extensions.get(agentId);
  }

  /** Udesk says in so many words that they have no phone here: of a seat that its list leaves out it says nothing. */
  isWithoutPhone(agentId: string): boolean {
    return this.#listed.has(agentId) && !this.#extensions.has(agentId);
  }

  #add(agentId: string, extension: Extension): void {
    if (this.#extensions.has(agentId) || this.#agents.has(extension)) return;
    this.#extensions.set(agentId, extension);
    this.#agents.set(extension, agentId);
  }
}

/** The details of a seat carry the application behind its id, `7765@a54a8b77-…`; the list and all requests do not. */
export const plainAgentId = (agentId: string): string => agentId.replace(/@.*$/s, '');

function extensionOf({ Extensions, WorkId }: ListedSeat): Extension | undefined {
  return [...Extensions, WorkId ?? ''].map(extensionFrom).find((extension) => extension !== undefined);
}
