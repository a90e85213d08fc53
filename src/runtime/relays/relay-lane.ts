import { isForgotten, isHarmfulTwice, isState, type RelayEntry } from '../../domain/relay/relay.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Failure, Outcome } from '../../ports/failure.ts';
import type { LaneLoad } from '../../ports/meter.ts';
import type { Made } from '../../ports/relay.ts';
import type { RelayChange } from '../../ports/store.ts';
import { laneLoad } from '../lane-load.ts';
import type { TakenUp } from '../undelivered.ts';
import { FailingLines } from './failing-lines.ts';
import { UndeliveredRelays } from './undelivered-relays.ts';

// A refused credential is a person's business; once a minute we look whether they have been there. Who throttles without
// saying for how long counts by the minute, as a rule.
const PAUSE_MS = 60_000;
// Whoever wants to be left alone for longer is asked again all the same: they may have meant something else.
const LONGEST_PAUSE_MS = 3_600_000;
// Our choice: four an hour are few enough for a person to look at in the morning.
const LONGEST_UNANSWERED_PAUSE_MS = 15 * 60_000;
// After nothing but faults for this long the far side is down, and each of its entries has been tried three times at most.
const DOWN_AFTER_MS = 5_000;
// Every attempt is a commit, for which the help desk's requests wait as well. So the more there is to tell a far side that
// is down, the less often each of it is tried: no more at a time than may be under way, and at this pace.
const TRY_DOWN_EVERY_MS = 5_000;

/**
 * The way to one relay's far side. It has nothing in common with the help desk's but the loop: its own order, its own
 * retries, its own pauses.
 *
 * Of an agent's states only the latest is told: a newer one takes the place of those of its line that are not on their way.
 */
export class RelayLane {
  readonly #clock: Clock;
  readonly #mostInFlight: number;
  readonly #undelivered: UndeliveredRelays;
  readonly #failingLines = new FailingLines();
  /** By `seq`: on their way when we died, perhaps, or sent and never answered. */
  readonly #maybeDone: Set<number>;
  /** By `seq`, as the store has it. */
  readonly #putOffBecause = new Map<number, string>();
  #pausedUntil = -Infinity;
  /** Of what must not be done twice, how many in a row came to nobody knows what. */
  #unansweredInARow = 0;
  #sparedUntil = -Infinity;
  /** The credential seems to be wrong. */
  #lockedOutUntil = -Infinity;
  /** Something was heard since the start: the credential was good then. */
  #hasWorked = false;
  #failingSince: number | undefined;

  constructor(settings: { mostInFlight: number; clock: Clock; random: Random }, kept: readonly RelayEntry[]) {
    this.#clock = settings.clock;
    this.#mostInFlight = settings.mostInFlight;
    this.#undelivered = new UndeliveredRelays(settings, kept);
    // What must not be done twice was marked before it was sent: it is due because it was never sent, or surely in vain.
    const maybeSent = kept.filter(
      (entry) => entry.parkedBecause === undefined && !isHarmfulTwice(entry.relay),
    );
    this.#maybeDone = new Set(maybeSent.map(({ seq }) => seq));
  }

  /** It is sent after so long at the earliest. Those that are moot by it. */
  add(entry: RelayEntry, afterMs = 0): readonly RelayChange[] {
    const moot = isState(entry.relay) ? this.#undelivered.waitingOf(entry.line) : [];
    // In this order, so that the line keeps its turn.
    this.#undelivered.add(entry);
    if (afterMs > 0) this.#undelivered.putOff(entry, afterMs);
    for (const { seq } of moot) this.#forget(seq);
    return moot.map(({ seq }) => ({ kind: 'superseded', seq }));
  }

  /** The next that may be sent now: it is on its way from here on. */
  startNext(): RelayEntry | undefined {
    if (this.#clock.monotonic() < this.nextAt) return undefined;
    const entry = this.#undelivered.next?.entry;
    if (entry !== undefined) this.#undelivered.sent(entry);
    return entry;
  }

  /** When another may be sent though nothing happens; Infinity where something has to. */
  get nextAt(): number {
    const { next, onTheirWayCount } = this.#undelivered;
    if (next === undefined || onTheirWayCount >= this.#mostInFlight) return Infinity;
    return Math.max(this.#pausedUntil, this.#lockedOutUntil, this.#sparedUntil, next.dueAt);
  }

  /** Should we die while it is on its way, nobody will know whether it was done. */
  changesAtStart({ seq, relay }: RelayEntry): readonly RelayChange[] {
    return isHarmfulTwice(relay) ? [{ kind: 'started', seq, at: this.#clock.now() }] : [];
  }

  mayBeDone({ seq }: RelayEntry): boolean {
    return this.#maybeDone.has(seq);
  }

  /** One that was started is not sent after all, nor ever. */
  drop(entry: RelayEntry, cause: string): RelayChange {
    const { seq, line } = entry;
    this.#undelivered.cameBack(entry);
    this.#forget(seq);
    if (!this.#undelivered.has(line)) this.#failingLines.forget(line);
    this.#endFailingIfIdle();
    return { kind: 'dropped', seq, at: this.#clock.now(), cause };
  }

  /** One that was started is not sent now, and nothing is wrong. */
  putOff(entry: RelayEntry, { afterMs, why }: { afterMs: number; why: string }): readonly RelayChange[] {
    const { seq } = entry;
    this.#undelivered.cameBack(entry);
    this.#undelivered.putOff(entry, afterMs);
    // The same reason as before is no news, and nothing to be kept.
    if (this.#putOffBecause.get(seq) === why) return [];
    this.#putOffBecause.set(seq, why);
    return [{ kind: 'put-off', seq, cause: why }];
  }

  settled(entry: RelayEntry, outcome: Outcome<Made | undefined>): RelayChange {
    this.#undelivered.cameBack(entry);
    this.#hear(entry.line, outcome);
    const { seq } = entry;
    this.#putOffBecause.delete(seq);
    if (outcome.ok) {
      this.#forget(seq);
      const { name, dueAt } = outcome.value ?? NOTHING;
      return { kind: 'delivered', seq, at: this.#clock.now(), result: name, dueAt };
    }
    if (isState(entry.relay) && this.#undelivered.waitingOf(entry.line).some((other) => other.seq > seq)) {
      this.#forget(seq);
      return { kind: 'superseded', seq };
    }
    return this.#failed(entry, outcome.failure);
  }

  takeUp(undelivered: readonly RelayEntry[], unkept: ReadonlySet<number>): TakenUp<RelayEntry> {
    const now = this.#clock.now();
    // Whoever sends it again wants it done, though it be late.
    const wanted = undelivered.map((entry) => (this.#isParked(entry) ? { ...entry, at: now } : entry));
    const taken = this.#undelivered.takeUp(wanted, unkept);
    for (const { seq } of taken.dropped) this.#maybeDone.delete(seq);
    // They have looked over there.
    if (taken.released.length > 0) this.#sparedUntil = -Infinity;
    return taken;
  }

  /** Parked ones that no person has looked at, and none will. */
  dropForgotten(): readonly RelayChange[] {
    const forgotten = this.#undelivered.all().filter((entry) => isForgotten(entry, this.#clock.now()));
    return forgotten.map((entry) => this.drop(entry, `nobody has looked at it: ${entry.parkedBecause}`));
  }

  /** Those that the far side refused, and that a person must look at. */
  get parkedCount(): number {
    return this.#undelivered.parkedCount;
  }

  get load(): LaneLoad {
    const now = this.#clock.now();
    return laneLoad(this.#undelivered.all(), {
      lineOf: ({ line }) => line,
      // What waits for its hour is not late.
      owedForMs: (entry) => this.#undelivered.dueForMs(entry) ?? now - entry.at,
    });
  }

  /** How many lines fail while others succeed. */
  get failingLineCount(): number {
    return this.#failingLines.aloneCount;
  }

  /** The last that came back was a fault. */
  get isFailing(): boolean {
    return this.#failingSince !== undefined;
  }

  /** For how long nothing but faults has come back; 0 while it works, or nobody knows. */
  get failingMs(): number {
    return this.#failingSince === undefined ? 0 : this.#clock.monotonic() - this.#failingSince;
  }

  #forget(seq: number): void {
    this.#maybeDone.delete(seq);
    this.#putOffBecause.delete(seq);
    this.#undelivered.forget(seq);
  }

  #failed(entry: RelayEntry, failure: Failure): RelayChange {
    const { kind, cause } = failure;
    const mayBeDone = isPerhapsDone(failure);
    if (mayBeDone) this.#maybeDone.add(entry.seq);
    if (kind !== 'refused' && !(mayBeDone && isHarmfulTwice(entry.relay)))
      return this.#undelivered.failed(entry, failure);
    this.#maybeDone.delete(entry.seq);
    // It waits for a person, and fails no more.
    this.#failingLines.forget(entry.line);
    const why = kind === 'refused' ? cause : `not repeated: nobody knows whether it was done (${cause})`;
    const parked = this.#undelivered.failed(entry, { kind: 'refused', status: 0, cause: why });
    if (mayBeDone && 'callId' in entry.relay) this.#spareTheOthers();
    this.#endFailingIfIdle();
    return mayBeDone ? { ...parked, mayBeDone } : parked;
  }

  /** A far side that is down would have each caller parked, for a person to look after: so they wait for it to be back. */
  #spareTheOthers(): void {
    this.#unansweredInARow += 1;
    if (this.#unansweredInARow < 2) return;
    const pauseMs = Math.min(PAUSE_MS * 2 ** (this.#unansweredInARow - 2), LONGEST_UNANSWERED_PAUSE_MS);
    this.#sparedUntil = this.#clock.monotonic() + pauseMs;
  }

  /** With nothing left to be sent, nobody will know when the far side is back. */
  #endFailingIfIdle(): void {
    if (this.#undelivered.isIdle) this.#failingSince = undefined;
  }

  #isParked({ seq }: RelayEntry): boolean {
    return this.#undelivered.find(seq)?.parkedBecause !== undefined;
  }

  #hear(line: string, outcome: Outcome<unknown>): void {
    // What was not even sent says nothing of the far side.
    const isUnsent = !outcome.ok && outcome.failure.kind === 'refused' && outcome.failure.status === 0;
    if (outcome.ok || (outcome.failure.kind === 'refused' && !isUnsent)) this.#works(line);
    else if (!isUnsent) this.#fails(line, outcome.failure);
  }

  #works(line: string): void {
    this.#failingLines.succeeded(line);
    this.#hasWorked = true;
    this.#unansweredInARow = 0;
    this.#lockedOutUntil = -Infinity;
    // Back after it was down: nothing need wait out the minute to which its retries have grown. After less it must, or an
    // entry that fails while others succeed would be sent again at every success.
    if (this.#isDown) this.#undelivered.retryAllNow();
    this.#failingSince = undefined;
  }

  #fails(line: string, failure: Failure): void {
    const { aloneCount } = this.#failingLines;
    const isAlone = this.#failingLines.isAlone(line);
    this.#failingLines.failed(line);
    const now = this.#clock.monotonic();
    // Where so many have failed before, it was the far side that was down.
    if (!isAlone || aloneCount > this.#mostInFlight) this.#failingSince ??= now;
    if (failure.kind === 'unauthorized') this.#lockOut(now, isAlone);
    else this.#pausedUntil = Math.max(this.#pausedUntil, now + this.#pauseMs(failure));
  }

  /** One agent for whom we may not speak is no reason to be silent about the others. */
  #lockOut(now: number, isAlone: boolean): void {
    const isTheirsAlone = this.#hasWorked && this.#failingLines.togetherCount < 2;
    if (!isAlone && !isTheirsAlone) this.#lockedOutUntil = now + PAUSE_MS;
  }

  #pauseMs(failure: Failure): number {
    if (failure.kind === 'throttled') return Math.min(failure.retryAfterMs ?? PAUSE_MS, LONGEST_PAUSE_MS);
    return this.#isDown && this.#undelivered.lineCount > this.#mostInFlight ? TRY_DOWN_EVERY_MS : 0;
  }

  get #isDown(): boolean {
    return this.failingMs >= DOWN_AFTER_MS;
  }
}

const NOTHING: Made = { name: undefined };

/** A server that is not available (503), or has not heard all (408), has not begun (RFC 9110); of one that broke nobody can know. */
function isPerhapsDone(failure: Failure): boolean {
  if (failure.kind === 'broken') return failure.status >= 500 && failure.status !== 503;
  return failure.kind === 'unknown-outcome';
}
