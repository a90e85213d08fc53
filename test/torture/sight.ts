import type { Span } from './truth.ts';

/** Why the daemon cannot see what happens in the PBX. */
export type Blindness = 'daemon down' | 'link down' | 'PBX down';

// A beat that was on its way when the link was mended or the process started says nothing about either.
const STALE_BEAT_MS = 30;

/**
 * When the daemon could see: from its first beat, which it gives once it has reconciled, until it is killed, cut off, or
 * the PBX dies. What happens then it must know, and date rightly; of the rest it must find out afterwards.
 */
export class Sight {
  readonly #spans: { from: number; to: number }[] = [];
  readonly #blindness = new Set<Blindness>(['daemon down']);
  #notBefore = 0;

  blinded(why: Blindness, at: number): void {
    this.#blindness.add(why);
    const span = this.#spans.at(-1);
    if (span !== undefined && span.to > at) span.to = at;
  }

  restored(why: Blindness, at: number): void {
    this.#blindness.delete(why);
    this.#notBefore = at + STALE_BEAT_MS;
  }

  beat(at: number): void {
    if (this.isOpen || this.#blindness.size > 0 || at < this.#notBefore) return;
    this.#spans.push({ from: at, to: Infinity });
  }

  get isOpen(): boolean {
    return this.#spans.at(-1)?.to === Infinity;
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }
}
