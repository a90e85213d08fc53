import { retryDelayMs } from '../domain/outbox/entry.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Failure } from '../ports/failure.ts';

/** What every entry of an outbox has, whichever its lane. */
interface Deliverable {
  readonly seq: number;
  readonly attempts: number;
  readonly parkedBecause: string | undefined;
}

interface Attempt {
  readonly kind: 'failed' | 'parked';
  readonly seq: number;
  readonly attempts: number;
  readonly cause: string;
}

/** What others did to parked entries. */
export interface TakenUp<Entry> {
  readonly released: readonly Entry[];
  readonly dropped: readonly Entry[];
}

/** The entries of one lane that are still to be delivered, parked ones among them, and when each may be sent again. */
export class Undelivered<Entry extends Deliverable> {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #entries: Map<number, Entry>;
  readonly #retryAt = new Map<number, number>();

  constructor({ clock, random }: { clock: Clock; random: Random }, kept: readonly Entry[]) {
    this.#clock = clock;
    this.#random = random;
    this.#entries = new Map(kept.map((entry) => [entry.seq, entry]));
  }

  get size(): number {
    return this.#entries.size;
  }

  get parkedCount(): number {
    return this.all().filter(({ parkedBecause }) => parkedBecause !== undefined).length;
  }

  /** In the order in which they were added. */
  all(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  find(seq: number): Entry | undefined {
    return this.#entries.get(seq);
  }

  /** By `seq`; those that were never sent have none. */
  get retryAt(): ReadonlyMap<number, number> {
    return this.#retryAt;
  }

  add(entry: Entry): void {
    this.#entries.set(entry.seq, entry);
  }

  forget(seq: number): void {
    this.#entries.delete(seq);
    this.#retryAt.delete(seq);
  }

  /** Nothing need wait out its minute. */
  retryAllNow(): void {
    this.#retryAt.clear();
  }

  /** A hopeless one is parked: a refused one, unless said otherwise. Every other is sent again. */
  failed(entry: Entry, failure: Failure, isHopeless = failure.kind === 'refused'): Attempt {
    const { seq } = entry;
    const attempts = entry.attempts + 1;
    this.sendAgainAfter(seq, retryDelayMs(attempts, this.#random()));
    this.add({ ...entry, attempts, parkedBecause: isHopeless ? failure.cause : undefined });
    return { kind: isHopeless ? 'parked' : 'failed', seq, attempts, cause: failure.cause };
  }

  protected sendAgainAfter(seq: number, delayMs: number): void {
    this.#retryAt.set(seq, this.#clock.monotonic() + delayMs);
  }

  /**
   * What a person did in the store: a parked entry that is due there was sent on its way again; one that is not there any
   * more was given up. Only parked ones are ever touched by others. `unkept`: changed here since the last commit, so that
   * the store is behind.
   */
  takeUp(undelivered: readonly Entry[], unkept: ReadonlySet<number>): TakenUp<Entry> {
    const inStore = new Map(undelivered.map((entry) => [entry.seq, entry]));
    const parked = this.all().filter((entry) => entry.parkedBecause !== undefined && !unkept.has(entry.seq));
    const dropped = parked.filter(({ seq }) => !inStore.has(seq));
    const released = parked
      .flatMap(({ seq }) => inStore.get(seq) ?? [])
      .filter((entry) => entry.parkedBecause === undefined);
    for (const { seq } of [...dropped, ...released]) this.forget(seq);
    for (const entry of released) this.add(entry);
    return { released, dropped };
  }
}
