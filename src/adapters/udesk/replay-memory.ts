import type { Instant } from '../../domain/identity.ts';

// A hundred agents with a state change a minute each, and their calls, stay far below it. The signature does not cover
// the body, so whoever has seen one could fill any memory; they could also send any body they like, which is why
// forgetting the oldest gives them nothing, where refusing the newest would shut out Udesk.
const MOST_KEYS = 20_000;

/**
 * What was taken lately, in two halves: new keys go into the younger one, and when that is full or has served its time it
 * becomes the older one, whose place it takes. So a key is remembered for `lifeMs` at least and less than twice as long, or
 * until as many as half of `mostKeys` came after it.
 */
export class ReplayMemory {
  readonly #lifeMs: number;
  readonly #mostInHalf: number;
  #younger = new Set<string>();
  #older = new Set<string>();
  #since: Instant = Number.NEGATIVE_INFINITY;

  constructor(lifeMs: number, mostKeys = MOST_KEYS) {
    this.#lifeMs = lifeMs;
    this.#mostInHalf = mostKeys / 2;
  }

  get size(): number {
    return this.#younger.size + this.#older.size;
  }

  /** Whether it is new. It is remembered from now on. */
  admits(key: string, now: Instant): boolean {
    this.#turnWhereDue(now);
    if (this.#younger.has(key) || this.#older.has(key)) return false;
    this.#younger.add(key);
    return true;
  }

  #turnWhereDue(now: Instant): void {
    const ageMs = now - this.#since;
    const isFull = this.#younger.size >= this.#mostInHalf;
    if (ageMs < this.#lifeMs && !isFull) return;
    // Silence for as long as two lives: there is nothing left to remember.
    this.#older = ageMs < 2 * this.#lifeMs ? this.#younger : new Set();
    this.#younger = new Set();
    this.#since = isFull || ageMs >= 2 * this.#lifeMs ? now : this.#since + this.#lifeMs;
  }
}
