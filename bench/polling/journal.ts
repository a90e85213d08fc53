import type { Uniqueid } from '../../src/domain/identity.ts';
import { invariant } from '../../src/domain/invariant.ts';
import type { TracedCaller } from './day-trace.ts';

export type Fate = 'answered' | 'gave up' | 'sent away';

/**
 * `first poll`, `later poll`: they were asked about though somebody had waited longer. `return`: nobody had, but somebody
 * came back from an offer that failed before theirs began.
 */
export type Jump = 'first poll' | 'later poll' | 'return';

/** What became of a caller. Instants are milliseconds since the day began. */
export interface Visit {
  readonly caller: TracedCaller;
  place: 'holding' | 'at a phone' | 'talking' | 'sent away' | 'gone';
  /** When the phone began to ring that is ringing now or rang last. */
  rungAt: number;
  fate: Fate | undefined;
  /** Until the offer began that was answered, or until they gave up or were sent away. */
  waitMs: number;
  /** Questions asked about them while they were here. */
  polls: number;
  /** Whether they had waited longest when they were last asked about. */
  wasHead: boolean;
  /** How the first of their offers came about that began while somebody who had waited longer was on hold. */
  jumpedBy: Jump | undefined;
  goneAt: number | undefined;
  endingHeardAt: number | undefined;
}

export interface Counts {
  /** Requests that arrived at Movidesk, those beyond the limit among them. */
  requests: number;
  /** Questions about callers who were here. */
  polls: number;
  /** Phones that rang. */
  offers: number;
  /** Requests that arrived as more than the limit within 60 s. */
  beyondLimit: number;
}

/** Who waits, who is served, and what it took. Everything measured is written down here. */
export class Journal {
  readonly visits = new Map<Uniqueid, Visit>();
  readonly counts: Counts = { requests: 0, polls: 0, offers: 0, beyondLimit: 0 };
  readonly #holding = new Map<string, Set<Visit>>();
  #unended = 0;

  enters(caller: TracedCaller): void {
    this.#unended += 1;
    const visit: Visit = { caller, ...JUST_IN };
    this.visits.set(caller.uniqueid, visit);
    this.#holds(visit);
  }

  polled(uniqueid: Uniqueid): void {
    const visit = this.visits.get(uniqueid);
    if (visit === undefined || visit.place === 'gone') return;
    visit.polls += 1;
    visit.wasHead = this.headOf(visit.caller.queue) === visit;
    this.counts.polls += 1;
  }

  /** Taken out of the line, to a phone or away. */
  leavesHold(uniqueid: Uniqueid, to: 'at a phone' | 'sent away'): void {
    const visit = this.of(uniqueid);
    this.#lineOf(visit.caller.queue).delete(visit);
    visit.place = to;
  }

  rings(uniqueid: Uniqueid, now: number): void {
    const visit = this.of(uniqueid);
    this.counts.offers += 1;
    visit.rungAt = now;
    const isJump = [...this.#lineOf(visit.caller.queue)].some(
      ({ caller }) => caller.arrivesAt < visit.caller.arrivesAt,
    );
    if (isJump) visit.jumpedBy ??= jumpOf(visit);
  }

  backOnHold(uniqueid: Uniqueid): void {
    this.#holds(this.of(uniqueid));
  }

  answered(uniqueid: Uniqueid): void {
    const visit = this.of(uniqueid);
    visit.place = 'talking';
    visit.fate = 'answered';
    visit.waitMs = visit.rungAt - visit.caller.arrivesAt;
  }

  sentAway(uniqueid: Uniqueid, now: number): void {
    this.leavesHold(uniqueid, 'sent away');
    this.#unserved(this.of(uniqueid), 'sent away', now);
  }

  gone(uniqueid: Uniqueid, now: number): void {
    const visit = this.of(uniqueid);
    this.#lineOf(visit.caller.queue).delete(visit);
    visit.place = 'gone';
    visit.goneAt = now;
    if (visit.fate === undefined) this.#unserved(visit, 'gave up', now);
  }

  endingHeard(uniqueid: Uniqueid, now: number): void {
    const visit = this.of(uniqueid);
    if (visit.endingHeardAt === undefined) this.#unended -= 1;
    visit.endingHeardAt ??= now;
  }

  /** Nobody is here, and Movidesk has heard the ending of everybody who was. */
  get isQuiet(): boolean {
    return this.#unended === 0;
  }

  /** Who has waited longest. */
  headOf(queue: string): Visit | undefined {
    let head: Visit | undefined;
    for (const visit of this.#lineOf(queue))
      if (head === undefined || visit.caller.arrivesAt < head.caller.arrivesAt) head = visit;
    return head;
  }

  of(uniqueid: Uniqueid): Visit {
    const visit = this.visits.get(uniqueid);
    invariant(visit !== undefined, `${uniqueid} never came in`);
    return visit;
  }

  #lineOf(queue: string): Set<Visit> {
    const line = this.#holding.get(queue) ?? new Set();
    this.#holding.set(queue, line);
    return line;
  }

  #holds(visit: Visit): void {
    visit.place = 'holding';
    this.#lineOf(visit.caller.queue).add(visit);
  }

  #unserved(visit: Visit, fate: Fate, now: number): void {
    visit.fate = fate;
    visit.waitMs = now - visit.caller.arrivesAt;
  }
}

function jumpOf({ wasHead, polls }: Visit): Jump {
  if (wasHead) return 'return';
  return polls <= 1 ? 'first poll' : 'later poll';
}

const JUST_IN = {
  place: 'holding',
  rungAt: 0,
  fate: undefined,
  waitMs: 0,
  polls: 0,
  wasHead: false,
  jumpedBy: undefined,
  goneAt: undefined,
  endingHeardAt: undefined,
} as const;
