import type { RelayEntry } from '../../domain/relay/relay.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import { Undelivered } from '../undelivered.ts';
import { SortedList } from './sorted-list.ts';

/** The first of a line, which may be sent from that moment on. */
interface Front {
  readonly entry: RelayEntry;
  readonly dueAt: number;
}

const bySeq = (one: RelayEntry, other: RelayEntry) => one.seq - other.seq;
// Nobody comes first again and again: whoever has failed stands behind those who were due meanwhile.
const byTurn = (one: Front, other: Front) => one.dueAt - other.dueAt || bySeq(one.entry, other.entry);

/**
 * What one lane has to tell, by its lines. A far side that is down, or has refused thousands, costs the callers' loop
 * nothing: what is next is known at every moment, and kept up to date line by line.
 */
export class UndeliveredRelays extends Undelivered<RelayEntry> {
  readonly #clock: Clock;
  readonly #lines = new Map<string, SortedList<RelayEntry>>();
  readonly #onTheirWay = new Map<string, number>();
  readonly #fronts = new Map<string, Front>();
  #turns = new SortedList<Front>(byTurn);

  constructor(parts: { clock: Clock; random: Random }, kept: readonly RelayEntry[]) {
    super(parts, []);
    this.#clock = parts.clock;
    for (const entry of kept) this.add(entry);
  }

  /** Whose turn it is, or will be next; none of a line that is parked or has one on its way. */
  get next(): Front | undefined {
    return this.#turns.first;
  }

  /** How many lines have something that may be sent, now or later. */
  get lineCount(): number {
    return this.#turns.size;
  }

  get onTheirWayCount(): number {
    return this.#onTheirWay.size;
  }

  /** Nothing is on its way, and nothing may be sent, now or later: what there is waits for a person. */
  get isIdle(): boolean {
    return this.#onTheirWay.size === 0 && this.#turns.size === 0;
  }

  /** Of a line, in order, without the one on its way. */
  waitingOf(line: string): readonly RelayEntry[] {
    const onItsWay = this.#onTheirWay.get(line);
    return (
      this.#lines
        .get(line)
        ?.all()
        .filter(({ seq }) => seq !== onItsWay) ?? []
    );
  }

  has(line: string): boolean {
    return this.#lines.has(line);
  }

  sent({ line, seq }: RelayEntry): void {
    this.#onTheirWay.set(line, seq);
    this.#review(line);
  }

  cameBack({ line }: RelayEntry): void {
    this.#onTheirWay.delete(line);
    this.#review(line);
  }

  override add(entry: RelayEntry): void {
    super.add(entry);
    const ofLine = this.#lines.get(entry.line) ?? new SortedList(bySeq);
    ofLine.put(entry);
    this.#lines.set(entry.line, ofLine);
    this.#review(entry.line);
  }

  override forget(seq: number): void {
    const entry = this.find(seq);
    super.forget(seq);
    if (entry === undefined) return;
    const ofLine = this.#lines.get(entry.line);
    ofLine?.remove(entry);
    if (ofLine?.size === 0) this.#lines.delete(entry.line);
    this.#review(entry.line);
  }

  putOff({ line, seq }: RelayEntry, forMs: number): void {
    this.sendAgainAfter(seq, forMs);
    this.#review(line);
  }

  /** For how long one that was put off, and never tried, may be sent by now; negative while it may not. */
  dueForMs({ seq, attempts }: RelayEntry): number | undefined {
    const dueAt = this.retryAt.get(seq);
    return attempts > 0 || dueAt === undefined ? undefined : this.#clock.monotonic() - dueAt;
  }

  override retryAllNow(): void {
    super.retryAllNow();
    const dueAt = this.#clock.monotonic();
    for (const [line, { entry }] of this.#fronts) this.#fronts.set(line, { entry, dueAt });
    this.#turns = new SortedList(byTurn, this.#fronts.values());
  }

  #review(line: string): void {
    const before = this.#fronts.get(line);
    const now = this.#frontOf(line, before);
    if (before !== undefined) this.#turns.remove(before);
    if (now === undefined) this.#fronts.delete(line);
    else {
      this.#fronts.set(line, now);
      this.#turns.put(now);
    }
  }

  #frontOf(line: string, before: Front | undefined): Front | undefined {
    const entry = this.#lines.get(line)?.first;
    if (entry === undefined || entry.parkedBecause !== undefined) return undefined;
    if (this.#onTheirWay.has(line)) return undefined;
    // A newer state has the turn of the one whose place it takes, but need not wait out its retries.
    const since = Math.min(before?.dueAt ?? Infinity, this.#clock.monotonic());
    return { entry, dueAt: this.retryAt.get(entry.seq) ?? since };
  }
}
