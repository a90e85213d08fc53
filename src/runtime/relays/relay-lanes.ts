import type { LaneName, RelayEntry, Relay as Relayed } from '../../domain/relay/relay.ts';
import { isMoot, lineOf } from '../../domain/relay/relay.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Failure } from '../../ports/failure.ts';
import type { Log } from '../../ports/log.ts';
import type { LaneLoad } from '../../ports/meter.ts';
import { degraded, type PartReadiness, READY, type Readiness } from '../../ports/readiness.ts';
import type { Relay } from '../../ports/relay.ts';
import type { RelayChange } from '../../ports/store.ts';
import type { Draft } from '../draft.ts';
import type { RelayReviewed, RelaySettled } from '../input.ts';
import { RelayLane } from './relay-lane.ts';
import { SaidBefore } from './said-before.ts';

interface Parts {
  readonly relays: readonly Pick<Relay, 'lane' | 'mostInFlight' | 'trouble' | 'review'>[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly nextSeq: () => number;
}

/** What the log says of a line that fails, whatever the far side says. */
const FAILS = 'fails';

/** The lanes of all relays that are configured. What was kept for others stays in the store until they are again. */
export class RelayLanes {
  readonly #lanes: ReadonlyMap<LaneName, RelayLane>;
  readonly #relays: Parts['relays'];
  readonly #nextSeq: () => number;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #said: SaidBefore;
  /** Of whose failing the log has spoken since they last worked. */
  readonly #complainedOf = new Set<LaneName>();

  constructor({ relays, clock, random, log, nextSeq }: Parts, kept: readonly RelayEntry[]) {
    this.#relays = relays;
    this.#clock = clock;
    this.#log = log;
    this.#said = new SaidBefore(clock);
    this.#nextSeq = nextSeq;
    this.#lanes = new Map(
      relays.map(({ lane, mostInFlight }) => {
        const ofLane = kept.filter((entry) => entry.lane === lane);
        return [lane, new RelayLane({ mostInFlight, clock, random }, ofLane)];
      }),
    );
  }

  /** It is sent after so long at the earliest. */
  tell(draft: Draft, name: LaneName, relay: Relayed, afterMs = 0): void {
    const lane = this.#lanes.get(name);
    if (lane === undefined) return;
    const entry: RelayEntry = {
      seq: this.#nextSeq(),
      lane: name,
      line: lineOf(relay),
      callId: 'callId' in relay ? relay.callId : undefined,
      relay,
      at: this.#clock.now(),
      attempts: 0,
      parkedBecause: undefined,
    };
    draft.relayed.push(...lane.add(entry, afterMs));
    draft.relays.push(entry);
  }

  /** Starts all that may be sent. */
  start(draft: Draft): void {
    for (const [name, lane] of this.#lanes) {
      const moot: RelayEntry[] = [];
      for (let entry = lane.startNext(); entry !== undefined; entry = lane.startNext())
        if (isMoot(entry, this.#clock.now())) moot.push(this.#drop(draft, lane, entry));
        else if (this.#isReviewed(name)) draft.deeds.push({ kind: 'review-relay', entry });
        else send(draft, lane, entry);
      this.#tellMoot(name, moot);
    }
  }

  /** When something may be sent though nothing happens. */
  get nextAt(): number {
    return Math.min(Infinity, ...[...this.#lanes.values()].map(({ nextAt }) => nextAt));
  }

  /** Each lane by its name. A relay takes no caller from anybody: nothing of it is ever worse than degraded. */
  get readiness(): Readiness {
    return Object.fromEntries(
      this.#relays.map(({ lane: name, trouble }) => [name, readinessOf(this.#lanes.get(name), trouble)]),
    );
  }

  /** What each has to tell. */
  get loads(): Readonly<Partial<Record<LaneName, LaneLoad>>> {
    return Object.fromEntries([...this.#lanes].map(([name, lane]) => [name, lane.load]));
  }

  settle(draft: Draft, { entry, outcome }: RelaySettled): void {
    const lane = this.#lanes.get(entry.lane);
    if (lane === undefined) return;
    const change = lane.settled(entry, outcome);
    draft.relayed.push(change);
    const facts = { ...factsOf(entry), became: change.kind };
    if (!outcome.ok) this.#complain(facts, outcome.failure);
    else if (this.#isBack(entry)) this.#log.info(facts, 'relayed again');
    else this.#log.debug(facts, 'relayed');
  }

  reviewed(draft: Draft, { entry, review }: RelayReviewed): void {
    const lane = this.#lanes.get(entry.lane);
    if (lane === undefined) return;
    if (review.kind === 'tell') send(draft, lane, entry);
    else if (review.kind === 'later') draft.relayed.push(...lane.putOff(entry, review));
    else {
      draft.relayed.push(lane.drop(entry, review.why));
      this.#log.info({ ...factsOf(entry), why: review.why }, 'a relay is not needed any more');
    }
  }

  /** What was refused long ago, and nobody has looked at. */
  dropForgotten(draft: Draft): void {
    for (const [name, lane] of this.#lanes) {
      const forgotten = lane.dropForgotten();
      draft.relayed.push(...forgotten);
      if (forgotten.length > 0)
        this.#log.warn(
          { lane: name, dropped: forgotten.length },
          'parked relays were given up: nobody has looked at them',
        );
    }
  }

  /** Parked relays that a person sent on their way again, or gave up for good. */
  takeUp(draft: Draft, undelivered: readonly RelayEntry[]): void {
    const unkept = new Set(draft.relayed.map(({ seq }) => seq));
    for (const [name, lane] of this.#lanes) {
      const ofLane = undelivered.filter((entry) => entry.lane === name);
      const { released, dropped } = lane.takeUp(ofLane, unkept);
      for (const entry of released) {
        // Whoever tries it again wants to hear what becomes of it.
        this.#said.forget(lineIn(entry));
        this.#log.info(factsOf(entry), 'parked relay is sent again');
      }
      for (const entry of dropped) this.#log.warn(factsOf(entry), 'parked relay was given up');
    }
  }

  #isReviewed(name: LaneName): boolean {
    return this.#relays.some(({ lane, review }) => lane === name && review !== undefined);
  }

  #drop(draft: Draft, lane: RelayLane, entry: RelayEntry): RelayEntry {
    draft.relayed.push(lane.drop(entry, 'too late: the call has gone on'));
    return entry;
  }

  /** After a night there may be thousands of them: one line says it. */
  #tellMoot(lane: LaneName, moot: readonly RelayEntry[]): void {
    if (moot.length === 0) return;
    const entries = moot.slice(0, MOST_NAMED).map(({ seq }) => seq);
    this.#log.warn(
      { lane, dropped: moot.length, entries },
      'relays of calls are dropped: they come too late',
    );
  }

  /** A far side that is down fails many times a minute, and so does a line that always fails: once says it. */
  #complain(about: RelayFacts, failure: Failure): void {
    const { kind, cause } = failure;
    const facts = { ...about, failure: kind, cause };
    const line = lineIn(about);
    if (kind === 'refused') this.#wasRefused(line, facts);
    else if (about.became === 'parked')
      this.#log.error(facts, 'a relay is kept aside: nobody knows whether it was done');
    else if (this.#complainedOf.has(about.lane) || !this.#said.isNews(line, FAILS))
      this.#log.debug(facts, 'relay failed again');
    else {
      this.#complainedOf.add(about.lane);
      if (kind === 'unauthorized') this.#log.error(facts, 'a relay refuses our credentials');
      else this.#log.warn(facts, 'relay failed, it will be repeated');
    }
  }

  /** An agent whom the far side does not know is refused with every change of their phone. */
  #wasRefused(line: string, facts: RelayFacts & { readonly cause: string }): void {
    this.#said.isOver(line, FAILS);
    this.#complainedOf.delete(facts.lane);
    if (this.#said.isNews(line, facts.cause)) this.#log.error(facts, 'a relay was refused');
    else this.#log.debug(facts, 'a relay was refused');
  }

  /** The lane, or this line of it. */
  #isBack(entry: RelayEntry): boolean {
    const isLineBack = this.#said.isOver(lineIn(entry), FAILS);
    return this.#complainedOf.delete(entry.lane) || isLineBack;
  }
}

function send(draft: Draft, lane: RelayLane, entry: RelayEntry): void {
  draft.relayed.push(...lane.changesAtStart(entry));
  draft.deeds.push({ kind: 'relay', entry, mayBeDone: lane.mayBeDone(entry) });
}

// Enough to find them by.
const MOST_NAMED = 5;

const factsOf = ({ seq, lane, line, relay }: RelayEntry) => ({ entry: seq, lane, line, relay: relay.kind });
type RelayFacts = ReturnType<typeof factsOf> & { readonly became: RelayChange['kind'] };

const lineIn = ({ lane, line }: Pick<RelayEntry, 'lane' | 'line'>): string => `${lane} ${line}`;

function readinessOf(lane: RelayLane | undefined, trouble: string | undefined): PartReadiness {
  const why = (lane === undefined ? [] : faultsOf(lane)).concat(trouble ?? []).join('; ');
  return why === '' ? READY : degraded(why);
}

function faultsOf({ isFailing, failingMs, failingLineCount, parkedCount }: RelayLane): string[] {
  const faults: string[] = [];
  if (isFailing) faults.push(`nothing but faults for ${Math.round(failingMs / 1_000)} s`);
  else if (failingLineCount > 0) faults.push(`${failingLineCount} fail while others succeed: see outbox`);
  if (parkedCount > 0) faults.push(`${parkedCount} refused: see outbox`);
  return faults;
}
