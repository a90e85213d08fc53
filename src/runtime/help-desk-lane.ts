import type { Allowance } from '../domain/budget/allowance.ts';
import type { AskMemory } from '../domain/budget/ask-memory.ts';
import {
  askAnswered,
  askedInVain,
  askStarted,
  forgetAsks,
  noAsks,
  nobodyNamed,
} from '../domain/budget/ask-memory.ts';
import {
  firstHeldFor,
  type HeldPolls,
  heldForLongerThan,
  heldNow,
  noneHeld,
  withoutHeld,
} from '../domain/budget/held-polls.ts';
import { nextRequest } from '../domain/budget/next-requests.ts';
import type { RequestWindow } from '../domain/budget/request-window.ts';
import { permitsLeft, requestStarted, WINDOW_MS } from '../domain/budget/request-window.ts';
import {
  isWorthTelling,
  lostToLimitMs,
  noShortage,
  type Shortage,
  shortageNow,
  shortageTold,
} from '../domain/budget/shortage.ts';
import type { Choice, Request, Spending, SpendingPolicy } from '../domain/budget/spending.ts';
import type { CallId, Extension } from '../domain/identity.ts';
import type { Entry } from '../domain/outbox/entry.ts';
import { mayBeGivenUp } from '../domain/outbox/report.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Outcome } from '../ports/failure.ts';
import type { LaneLoad } from '../ports/meter.ts';
import type { BudgetStatus } from '../ports/status.ts';
import type { Kept, OutboxChange } from '../ports/store.ts';
import { HelpDeskHealth } from './help-desk-health.ts';
import { laneLoad } from './lane-load.ts';
import { RequestLimit } from './request-limit.ts';
import { type TakenUp, Undelivered } from './undelivered.ts';

// Ten requests a minute, each at most ten seconds long, are seldom two at a time; four leave room for a slow one. One of
// them is for reports alone, so that slow polls cannot hold back an ending.
const MOST_IN_FLIGHT = 4;
const MOST_POLLS_IN_FLIGHT = 3;

// A burst of callers spends the whole limit at once, and within its minute all of it comes back. A head for whom the second
// minute left nothing either, though they stand before all but endings by then, would wait in vain.
const LONGEST_SHORT_MS = 2 * WINDOW_MS;

/**
 * The way to the help desk: what is to be told, what was asked, and what the limit still allows. Everything is decided
 * in the domain; this holds the present values.
 */
export class HelpDeskLane {
  readonly #clock: Clock;
  readonly #health: HelpDeskHealth;
  readonly #policy: SpendingPolicy;
  readonly #limit: RequestLimit;
  #window: RequestWindow;
  #shortage: Shortage = noShortage;
  #asks: AskMemory = noAsks;
  readonly #undelivered: Undelivered<Entry>;
  /** Calls with a request on its way, and when it was started. */
  readonly #inFlight = new Map<CallId, number>();
  #pollsInFlight = 0;
  readonly #starvedAfterMs: number;
  #held: HeldPolls = noneHeld;
  #isStarving = false;

  constructor(
    settings: {
      requestsPerMinute: Allowance;
      failOpenAfterMs: number;
      clock: Clock;
      random: Random;
      policy?: SpendingPolicy | undefined;
    },
    kept: Kept,
  ) {
    this.#clock = settings.clock;
    this.#policy = settings.policy ?? nextRequest;
    this.#starvedAfterMs = Math.max(settings.failOpenAfterMs, LONGEST_SHORT_MS);
    this.#undelivered = new Undelivered(settings, kept.entries);
    this.#health = new HelpDeskHealth(settings.failOpenAfterMs, () => this.#undelivered.all());
    this.#limit = new RequestLimit(settings.requestsPerMinute, settings.clock);
    this.#window = { limit: this.#limit.now, startedAt: kept.requestsStartedAt };
  }

  /** What may be sent now, or when to ask again. */
  choose({ mayAsk, ...seen }: Pick<Spending, 'calls' | 'agents' | 'extensions' | 'mayAsk'>): Choice {
    const now = this.#clock.monotonic();
    const { pausedUntil } = this.#health;
    if (now < pausedUntil) {
      // Told to wait: that is silence, which is borne elsewhere, and not the limit's doing.
      this.#held = noneHeld;
      this.#shortage = shortageNow(this.#shortage, false, now);
      return { kind: 'wait', until: pausedUntil, held: [] };
    }
    if (this.#inFlight.size >= MOST_IN_FLIGHT) return { kind: 'wait', until: undefined, held: [] };
    this.#window = { ...this.#window, limit: this.#limit.now };
    const choice = this.#policy({
      ...seen,
      now,
      mayAsk: mayAsk && this.#pollsInFlight < MOST_POLLS_IN_FLIGHT,
      window: this.#window,
      entries: this.#undelivered.all(),
      asks: this.#asks,
      held: this.#held,
      inFlight: new Set(this.#inFlight.keys()),
      retryAt: this.#undelivered.retryAt,
    });
    if (choice.kind === 'wait') {
      this.#held = heldNow(this.#held, choice.held, now);
      const isShort = choice.held.some(({ isPromising }) => isPromising);
      this.#shortage = shortageNow(this.#shortage, isShort, now);
    }
    const isSlack =
      choice.kind === 'wait' ? permitsLeft(this.#window, now) > 0 : choice.request.kind === 'ask';
    if (isSlack) this.#isStarving = false;
    return choice;
  }

  /** How much of the limit is used, 0 to 1. */
  get usedRatio(): number {
    const limit = this.#limit.now;
    return Math.min(1, 1 - permitsLeft({ ...this.#window, limit }, this.#clock.monotonic()) / limit);
  }

  /** The limit, and what of it the last minute has used. */
  get budget(): BudgetStatus {
    const { limit, configured } = this.allowed;
    const used = limit - permitsLeft({ ...this.#window, limit }, this.#clock.monotonic());
    return { limit, configured, used, ratio: used / limit };
  }

  /** How many requests a minute are allowed now; fewer than configured where the help desk refused some. */
  get allowed(): { readonly limit: number; readonly configured: number } {
    return { limit: this.#limit.now, configured: this.#limit.configured };
  }

  /** For how long callers have waited for the limit lately; each time it is worth telling, once. */
  takeShortage(): number | undefined {
    const now = this.#clock.monotonic();
    if (!isWorthTelling(this.#shortage, now)) return undefined;
    this.#shortage = shortageTold(this.#shortage, now);
    return lostToLimitMs(this.#shortage, now);
  }

  /** The last it said is that it does not accept the token. */
  get isUnauthorized(): boolean {
    return this.#health.isUnauthorized;
  }

  /** Reports that it refused, and that a person must look at. */
  get parkedCount(): number {
    return this.#undelivered.parkedCount;
  }

  get load(): LaneLoad {
    const now = this.#clock.now();
    return laneLoad(this.#undelivered.all(), {
      lineOf: ({ report }) => report.callId,
      owedForMs: ({ report }) => ('at' in report ? now - report.at : 0),
    });
  }

  /** The limit leaves nothing for questions: callers who come in now would wait in vain. */
  get isStarving(): boolean {
    return this.#isStarving;
  }

  /** Heads of queues about whom nothing could be asked for too long; each is named once. */
  takeStarved(): readonly CallId[] {
    const starved = heldForLongerThan(this.#held, this.#starvedAfterMs, this.#clock.monotonic());
    if (starved.length === 0) return starved;
    this.#held = withoutHeld(this.#held, starved);
    this.#isStarving = true;
    return starved;
  }

  /** The request is committed to: it counts from now. */
  started(request: Request): void {
    const now = this.#clock.monotonic();
    this.#window = requestStarted(this.#window, now);
    this.#inFlight.set(callIdOf(request), now);
    if (request.kind !== 'ask') return;
    this.#pollsInFlight += 1;
    this.#asks = askStarted(this.#asks, request.call.callId, now);
  }

  /** What was committed to then is sent now: it counts from now, or a slow disk would let the next minute begin too soon. */
  sentNow(committedAt: ReadonlySet<number>): void {
    const now = this.#clock.monotonic();
    const startedAt = this.#window.startedAt.map((at) => (committedAt.has(at) ? now : at));
    for (const [callId, at] of this.#inFlight) if (committedAt.has(at)) this.#inFlight.set(callId, now);
    this.#window = { ...this.#window, startedAt };
  }

  /** What the outcome means for the outbox. */
  settled(request: Request, outcome: Outcome<unknown>): OutboxChange | undefined {
    const startedAt = this.#inFlight.get(callIdOf(request));
    this.#inFlight.delete(callIdOf(request));
    if (startedAt !== undefined && !outcome.ok && outcome.failure.kind === 'throttled')
      this.#limit.refused(startedAt, this.#window.startedAt);
    if (request.kind === 'ask') {
      this.#pollsInFlight -= 1;
      if (outcome.ok) this.#asks = askAnswered(this.#asks, request.call.callId);
    }
    // Back after a long silence: nothing need wait out the minute to which its retries have grown. After a short one it must,
    // or an entry that fails while others succeed would be sent again at every success.
    if (this.#health.heard(request, outcome, this.#clock.monotonic())) this.#undelivered.retryAllNow();
    if (request.kind === 'report') return this.#afterReport(request.entry, outcome);
    return outcome.ok ? this.#nowRegistered(request.call.callId) : undefined;
  }

  add(entry: Entry): void {
    this.#undelivered.add(entry);
  }

  /** What a person did to parked entries, in the store. */
  takeUp(undelivered: readonly Entry[], unkept: ReadonlySet<number>): TakenUp<Entry> {
    const { released, dropped } = this.#undelivered.takeUp(undelivered, unkept);
    // Of a caller whom the help desk never received all the rest was given up with that.
    const givenUp = new Set(
      dropped.flatMap(({ report }) => (report.kind === 'received' ? report.callId : [])),
    );
    const kept = new Set([...undelivered.map(({ seq }) => seq), ...unkept]);
    const behind = this.#undelivered
      .all()
      .filter(({ seq, report }) => givenUp.has(report.callId) && !kept.has(seq));
    for (const { seq } of behind) this.#undelivered.forget(seq);
    return { released, dropped: [...dropped, ...behind] };
  }

  /** Something is still to be told of this call. */
  owes(callId: CallId): boolean {
    return this.#undelivered.all().some(({ report }) => report.callId === callId);
  }

  inVain(callId: CallId, extension: Extension): void {
    this.#asks = askedInVain(this.#asks, callId, extension);
  }

  nobody(callId: CallId): void {
    this.#asks = nobodyNamed(this.#asks, callId);
  }

  forget(callId: CallId): void {
    this.#asks = forgetAsks(this.#asks, callId);
  }

  /** Nothing but failures for longer than `failOpenAfterSeconds`: callers must not wait for it. */
  get isSilent(): boolean {
    return this.#health.isSilent(this.#clock.monotonic());
  }

  /** When `isSilent`, `takeStarved` or the limit may change though nothing happens. */
  get patienceEndsAt(): number {
    const silent = this.#health.changesAt(this.#clock.monotonic());
    const starved = firstHeldFor(this.#held, this.#starvedAfterMs);
    return Math.min(
      silent ?? Infinity,
      starved ?? Infinity,
      this.#hasWork ? this.#limit.changesAt : Infinity,
    );
  }

  /** Time has passed. */
  tick(): void {
    this.#health.tick(this.#clock.monotonic());
  }

  /** Something waits to be sent, or to be asked. */
  get #hasWork(): boolean {
    return this.#held.size > 0 || this.#undelivered.size > 0;
  }

  /** The answer came after the caller had gone: what was to register them is said by it. */
  #nowRegistered(callId: CallId): OutboxChange | undefined {
    for (const { seq, report } of this.#undelivered.all()) {
      if (report.kind === 'received' && report.callId === callId) return this.#delivered(seq);
    }
    return undefined;
  }

  #delivered(seq: number): OutboxChange {
    this.#forget(seq);
    return { kind: 'delivered', seq, at: this.#clock.now() };
  }

  #afterReport(entry: Entry, outcome: Outcome<unknown>): OutboxChange {
    const { seq } = entry;
    if (outcome.ok) return this.#delivered(seq);
    const { failure } = outcome;
    const isHopeless = this.#health.reportFailed(entry, failure, this.#clock.monotonic()) === 'hopeless';
    if (isHopeless && mayBeGivenUp(entry.report)) {
      this.#undelivered.forget(seq);
      return { kind: 'dropped', seq, at: this.#clock.now(), cause: failure.cause };
    }
    return this.#undelivered.failed(entry, failure, isHopeless);
  }

  #forget(seq: number): void {
    this.#undelivered.forget(seq);
    this.#health.forget(seq);
  }
}

function callIdOf(request: Request): CallId {
  return request.kind === 'ask' ? request.call.callId : request.entry.report.callId;
}
