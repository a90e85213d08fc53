import { SET_ASIDE_MS } from '../../src/domain/extension/extension-board.ts';
import type { Extension } from '../../src/domain/identity.ts';

type Use = 'RINGING' | 'INUSE';

/** The agents' phones: what each shows, and which of them the daemon passes over because they were not picked up. */
export class DeskPhones {
  readonly #uses = new Map<Extension, Use>();
  readonly #passedOverUntil = new Map<Extension, number>();
  readonly #tell: (extension: Extension, state: string) => void;

  constructor(tell: (extension: Extension, state: string) => void) {
    this.#tell = tell;
  }

  stateOf(extension: Extension): 'NOT_INUSE' | Use {
    return this.#uses.get(extension) ?? 'NOT_INUSE';
  }

  isFree(extension: Extension): boolean {
    return !this.#uses.has(extension);
  }

  /** Free, and would be rung if it were named. */
  wouldRing(extension: Extension, now: number): boolean {
    return this.isFree(extension) && (this.#passedOverUntil.get(extension) ?? now) <= now;
  }

  rings(extension: Extension): void {
    this.#uses.set(extension, 'RINGING');
    this.#tell(extension, 'RINGING');
  }

  isUsed(extension: Extension): void {
    this.#uses.set(extension, 'INUSE');
    this.#passedOverUntil.delete(extension);
    this.#tell(extension, 'INUSE');
  }

  isLeft(extension: Extension): void {
    this.#uses.delete(extension);
    this.#tell(extension, 'NOT_INUSE');
  }

  /** It rang, and nobody came: the daemon passes over it for a while, or until it is used again. */
  rangOut(extension: Extension, now: number): void {
    this.#passedOverUntil.set(extension, now + SET_ASIDE_MS);
    this.isLeft(extension);
  }

  /** When one of them is not passed over any more, after this instant. */
  nextReleaseAfter(now: number): number | undefined {
    const coming = [...this.#passedOverUntil.values()].filter((until) => until > now);
    return coming.length === 0 ? undefined : Math.min(...coming);
  }
}
