/** What `webhooks/events` keeps: event names per category. They go to the application's own callback URL. */
export class EventSubscriptions {
  readonly #byCategory = new Map<string, Set<string>>();

  append(category: string, events: readonly string[]): void {
    const there = this.#byCategory.get(category) ?? new Set();
    this.#byCategory.set(category, new Set([...there, ...events]));
  }

  clear(): void {
    this.#byCategory.clear();
  }

  wants(event: string): boolean {
    return [...this.#byCategory.values()].some((events) => events.has(event));
  }

  all(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.#byCategory].map(([category, events]) => [category, [...events]]));
  }
}
