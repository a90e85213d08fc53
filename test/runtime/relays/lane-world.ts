import { isHarmfulTwice, type RelayEntry } from '../../../src/domain/relay/relay.ts';
import { type Outcome, success } from '../../../src/ports/failure.ts';
import type { Made } from '../../../src/ports/relay.ts';
import type { RelayChange } from '../../../src/ports/store.ts';
import { RelayLane } from '../../../src/runtime/relays/relay-lane.ts';
import { broken, noAnswer } from '../../fakes/failures.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { aHold, anEntryOf, aResume, aState, aTransfer } from './relays.ts';

export type Turn =
  /** An agent has a new state. */
  | { readonly what: 'state'; readonly of: number }
  /** Something happens to a call. */
  | { readonly what: 'deed'; readonly of: number }
  | { readonly what: 'settles'; readonly pick: number; readonly outcome: Outcome<Made | undefined> }
  | { readonly what: 'passes'; readonly ms: number }
  /** A person sends a refused one on its way again, or gives it up. */
  | { readonly what: 'released' | 'given up'; readonly pick: number }
  | { readonly what: 'restarts' };

// Longer than the longest pause of a far side that does not answer, or was told to ask for one, and the longest wait of a retry.
const LONG_MS = 15 * 60_000 + 1_000;

const deeds = [aHold, aResume, (linkedCall: string) => aTransfer(linkedCall, '1002')];

/** Of these nobody knows. */
const UNSURE: ReadonlySet<unknown> = new Set([noAnswer, broken]);

/** A lane with the store behind it, and the loop that sends whatever may be sent. */
export class LaneWorld {
  readonly mostInFlight: number;
  readonly added: RelayEntry[] = [];
  /** What became of those that are told no more. */
  readonly settled = new Map<number, 'delivered' | 'superseded' | 'dropped' | 'given up'>();
  onTheirWay: readonly RelayEntry[] = [];
  /** Sent in the last turn. */
  sentNow: readonly RelayEntry[] = [];
  /** Sent, and it may have been done for all that came back. */
  readonly perhapsDone = new Set<number>();
  hasRestarted = false;
  /** Sent in the last turn, though it may have been done before. */
  isSentTwice: RelayEntry | undefined;
  readonly #clock = new ManualClock();
  readonly #store = new Map<number, RelayEntry>();
  /** As they are in the store; what became of them is not known yet. */
  readonly #started = new Set<RelayEntry>();
  #lane: RelayLane;

  constructor(mostInFlight: number) {
    this.mostInFlight = mostInFlight;
    this.#lane = this.#open();
  }

  /** What the store still has. */
  get kept(): readonly RelayEntry[] {
    return [...this.#store.values()];
  }

  /** Sent once, and not settled. */
  get unsettled(): readonly RelayEntry[] {
    return this.added.filter(({ seq }) => !this.settled.has(seq));
  }

  async take(turn: Turn): Promise<void> {
    switch (turn.what) {
      case 'state':
        this.#add(aState(`100${turn.of}`, this.added.length % 2 ? 'busy' : 'idle'));
        break;
      case 'deed':
        this.#add(deeds[this.added.length % deeds.length]?.(`udesk-${turn.of}`) ?? aHold('udesk-0'));
        break;
      case 'settles':
        this.#settle(this.onTheirWay[turn.pick % this.onTheirWay.length], turn.outcome);
        break;
      case 'passes':
        await this.#clock.pass(turn.ms);
        break;
      case 'released':
      case 'given up':
        this.#byHand(turn.what, turn.pick);
        break;
      case 'restarts':
        this.hasRestarted = true;
        for (const entry of this.#started)
          this.#store.set(entry.seq, { ...entry, parkedBecause: 'unanswered' });
        this.onTheirWay = [];
        this.#lane = this.#open();
    }
    this.#send();
  }

  /** From now on everything is taken, and nothing stays refused. */
  async calmsDown(): Promise<void> {
    for (let turn = 0; turn < 3 + this.added.length; turn += 1) {
      while (this.onTheirWay.length > 0)
        await this.take({ what: 'settles', pick: 0, outcome: success(undefined) });
      await this.take({ what: 'released', pick: 0 });
      await this.take({ what: 'passes', ms: LONG_MS });
    }
  }

  #open(): RelayLane {
    const settings = { mostInFlight: this.mostInFlight, clock: this.#clock, random: () => 0 };
    return new RelayLane(settings, this.kept);
  }

  #add(relay: RelayEntry['relay']): void {
    const entry = anEntryOf(this.added.length + 1, relay);
    this.added.push(entry);
    this.#store.set(entry.seq, entry);
    for (const change of this.#lane.add(entry)) this.#keep(change);
  }

  #settle(entry: RelayEntry | undefined, outcome: Outcome<Made | undefined>): void {
    if (entry === undefined) return;
    this.onTheirWay = this.onTheirWay.filter((other) => other !== entry);
    if (!outcome.ok && !UNSURE.has(outcome.failure)) this.perhapsDone.delete(entry.seq);
    this.#keep(this.#lane.settled(entry, outcome));
  }

  #keep(change: RelayChange): void {
    const { seq, kind } = change;
    const entry = this.#store.get(seq);
    if (entry === undefined) throw new Error(`${seq} was settled twice`);
    this.#started.delete(entry);
    if (kind === 'started') this.#started.add(entry);
    else if (kind === 'delivered' || kind === 'superseded' || kind === 'dropped') {
      this.#store.delete(seq);
      this.settled.set(seq, kind);
    } else if (kind !== 'put-off') {
      const parkedBecause = kind === 'parked' ? change.cause : undefined;
      this.#store.set(seq, { ...entry, attempts: change.attempts, parkedBecause });
    }
  }

  #byHand(what: 'released' | 'given up', pick: number): void {
    const parked = this.kept.filter(({ parkedBecause }) => parkedBecause !== undefined);
    const entry = parked[pick % parked.length];
    if (entry === undefined) return;
    if (what === 'given up') {
      this.#store.delete(entry.seq);
      this.settled.set(entry.seq, 'given up');
    } else {
      this.#store.set(entry.seq, { ...entry, attempts: 0, parkedBecause: undefined });
      // They have looked, and want it.
      this.perhapsDone.delete(entry.seq);
    }
    this.#lane.takeUp(this.kept, new Set());
  }

  #send(): void {
    const sent: RelayEntry[] = [];
    this.isSentTwice = undefined;
    for (let entry = this.#lane.startNext(); entry !== undefined; entry = this.#lane.startNext()) {
      if (sent.includes(entry)) throw new Error(`${entry.seq} is sent twice at a time`);
      sent.push(entry);
      if (isHarmfulTwice(entry.relay) && this.perhapsDone.has(entry.seq)) this.isSentTwice = entry;
      this.perhapsDone.add(entry.seq);
      for (const change of this.#lane.changesAtStart(entry)) this.#keep(change);
    }
    this.sentNow = sent;
    this.onTheirWay = [...this.onTheirWay, ...sent];
    if (this.#lane.nextAt < this.#clock.monotonic()) throw new Error('More may be sent, and is not.');
  }
}
