import { MESSAGE_EVENTS } from './event-names.ts';

export interface SubscriptionFacts {
  readonly callback: string;
  readonly name: string;
  readonly events: readonly string[];
}

export interface MessageSubscription extends SubscriptionFacts {
  readonly id: number;
  readonly enable: boolean;
}

/** What `subscriptions` keeps, each with a callback URL of its own. */
export class MessageSubscriptions {
  readonly #byId = new Map<number, MessageSubscription>();
  readonly #most: number;
  #lastId = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Assumed, for the document only shows that some fail: one beyond the limit, or with an event that does not exist.
   * A new one is enabled, since nothing else in the document would enable it.
   */
  create(facts: SubscriptionFacts): MessageSubscription | undefined {
    if (this.#byId.size >= this.#most || !isKnown(facts.events)) return undefined;
    this.#lastId += 1;
    const subscription = { ...facts, id: this.#lastId, enable: true };
    this.#byId.set(subscription.id, subscription);
    return subscription;
  }

  /** Whether there was one to update. */
  update(id: number, facts: SubscriptionFacts, enable: boolean): boolean {
    if (!this.#byId.has(id)) return false;
    this.#byId.set(id, { ...facts, id, enable });
    return true;
  }

  /** Whether there was one to delete. */
  delete(id: number): boolean {
    return this.#byId.delete(id);
  }

  find(id: number): MessageSubscription | undefined {
    return this.#byId.get(id);
  }

  all(): readonly MessageSubscription[] {
    return [...this.#byId.values()];
  }

  wanting(event: string): readonly MessageSubscription[] {
    return this.all().filter(({ enable, events }) => enable && events.includes(event));
  }
}

export function isKnown(events: readonly string[]): boolean {
  return events.every((event) => MESSAGE_EVENTS.includes(event));
}
