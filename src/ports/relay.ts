import type { Extension, Instant } from '../domain/identity.ts';
import type { LaneName, Relay as Relayed } from '../domain/relay/relay.ts';
import type { Outcome } from './failure.ts';

/** What a relay's far side tells us. */
export type RelayEvent =
  /** Whose states are told there: now, and whenever they change. Said again, it replaces what was said before. */
  | { readonly kind: 'agents-known'; readonly extensions: readonly Extension[] }
  /** An agent is busy over there, and not by what we told: they cannot take a call of ours. */
  | { readonly kind: 'agent-taken'; readonly extension: Extension; readonly why: string }
  | { readonly kind: 'agent-free'; readonly extension: Extension };

export interface Knowing {
  /**
   * It was on its way before, and nobody knows what became of it: because no answer came, or we died before we had kept
   * the answer. A refusal may mean that it is so already.
   */
  readonly mayBeDone: boolean;
}

/** What the far side made of a relay. */
export interface Made {
  /** What it is called there from now on, where it was given a name. */
  readonly name: string | undefined;
  /** When it will be done there, where that is later. */
  readonly dueAt?: Instant | undefined;
}

/** Whether a relay is to be told at all, by what has happened since. */
export type Review =
  | { readonly kind: 'tell' }
  /** Not yet: after so long it is reviewed again. Nothing is wrong. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly why: string }
  /** To nobody any more. */
  | { readonly kind: 'moot'; readonly why: string };

/**
 * A far side that is told besides the help desk. Nothing here rejects; every answer comes within the adapter's own
 * deadline. Delivering a relay twice is harmless, unless it is a transfer: one of which nobody knows whether it was done is
 * not delivered again by us.
 */
export interface Relay {
  readonly lane: LaneName;
  /** How many may be under way at a time. */
  readonly mostInFlight: number;
  /** Begins to listen, and goes on until `close`. Events go to `listener`, which must return at once. */
  start(listener: (event: RelayEvent) => void): void;
  /** What is wrong over there though nothing is to be told, for a person; nothing where nothing is known to be. */
  readonly trouble?: string | undefined;
  /** Asked before each delivery; without it all is told. Rejects only for a fault of our own. */
  review?(relay: Relayed): Promise<Review>;
  /** Nothing where the far side made nothing of its own of it. */
  deliver(relay: Relayed, knowing: Knowing): Promise<Outcome<Made | undefined>>;
  close(): Promise<void>;
}
