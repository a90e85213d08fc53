import type { Request } from '../domain/budget/spending.ts';
import type { Entry } from '../domain/outbox/entry.ts';
import { frontEntries } from '../domain/outbox/entry.ts';
import { isLink, mayBeGivenUp } from '../domain/outbox/report.ts';
import type { Failure, Outcome } from '../ports/failure.ts';
import { HelpDeskSilence } from './help-desk-silence.ts';
import { OwnFaults } from './own-faults.ts';

// The vendor names no Retry-After; its limit is counted by the minute.
const THROTTLED_PAUSE_MS = 60_000;
// A refused token is a person's business; once a minute we look whether they have been there.
const UNAUTHORIZED_PAUSE_MS = 60_000;

// A silent help desk is asked about the next caller after this long, where nothing that is sent would show that it is back.
const CHANCE_WITHOUT_PROBES_MS = 60_000;
// The same where one report alone is sent, and is answered with faults for as long as this: it may be at fault itself. Where
// the help desk is down, and something in front of it answers, a caller then waits once for failOpenAfterSeconds.
const CHANCE_OF_SUSPECT_MS = 300_000;

// A new link that the help desk answers with faults as often as this, while it takes other things, is given up.
const MOST_TIMES_FOR_A_NICETY = 10;

/** How the help desk is, by what it answers: whether callers may wait for it, and which reports cannot be told to it. */
export class HelpDeskHealth {
  readonly #silence: HelpDeskSilence;
  readonly #ownFaults = new OwnFaults();
  readonly #undelivered: () => Iterable<Entry>;
  #pausedUntil = -Infinity;
  #isUnauthorized = false;

  constructor(failOpenAfterMs: number, undelivered: () => Iterable<Entry>) {
    this.#silence = new HelpDeskSilence(failOpenAfterMs);
    this.#undelivered = undelivered;
  }

  /** Nothing may be sent before. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** The last it said is that it does not accept the token. */
  get isUnauthorized(): boolean {
    return this.#isUnauthorized;
  }

  isSilent(now: number): boolean {
    return this.#silence.isTooLong(now);
  }

  /** When `isSilent` may change though nothing happens. */
  changesAt(now: number): number | undefined {
    return this.#silence.changesAt(now, this.#chanceAt);
  }

  /** Time has passed. */
  tick(now: number): void {
    if (!this.#silence.giveSecondChance(now, this.#chanceAt)) return;
    for (const entry of this.#probes) this.#ownFaults.presume(entry);
  }

  /** What came of a request. True where that ends a silence that was too long. */
  heard(request: Request, outcome: Outcome<unknown>, now: number): boolean {
    if (outcome.ok || outcome.failure.kind === 'refused') {
      this.#isUnauthorized = false;
      this.#ownFaults.taken();
      return this.#silence.end(now);
    }
    const { failure } = outcome;
    if (!this.#isTelling(request, failure)) return false;
    // Whatever had the benefit of the doubt, this is another one that fails.
    if (failure.kind !== 'throttled') this.#ownFaults.presumeNone();
    this.#isUnauthorized = failure.kind === 'unauthorized';
    const waitMs = pauseMs(failure);
    this.#silence.begin(now, failure.kind === 'throttled' ? waitMs : 0);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs);
    return false;
  }

  /** A report failed. `hopeless`: to send it again would not help, or not for what it is worth. */
  reportFailed(entry: Entry, failure: Failure, now: number): 'again' | 'hopeless' {
    this.#ownFaults.failed(entry, failure, now);
    const isHopeless =
      failure.kind === 'refused' || this.#ownFaults.timesProven(entry) >= mostTimes(entry, failure);
    if (isHopeless) this.#ownFaults.forget(entry.seq);
    return isHopeless ? 'hopeless' : 'again';
  }

  /** It was delivered. */
  forget(seq: number): void {
    this.#ownFaults.forget(seq);
  }

  /** It says something of the help desk itself, and not only of what was told. */
  #isTelling(request: Request, { kind }: Failure): boolean {
    if (request.kind === 'ask' || kind === 'throttled') return true;
    const { entry } = request;
    return !isLink(entry.report) && !this.#ownFaults.isProven(entry);
  }

  /** What will show, when it is sent, whether the help desk is back. */
  get #probes(): readonly Entry[] {
    // Parked entries, and what stands behind them, are not sent.
    const sent = frontEntries(this.#undelivered());
    return sent.filter((entry) => !isLink(entry.report) && !this.#ownFaults.isProven(entry));
  }

  /** When a silent help desk has its second chance. Never, where something will show that it is back. */
  readonly #chanceAt = (tooLongAt: number): number | undefined => {
    const [probe, another] = this.#probes;
    if (probe === undefined) return tooLongAt + CHANCE_WITHOUT_PROBES_MS;
    // Two that fail one after the other are the help desk's fault.
    const since = another === undefined ? this.#ownFaults.suspectSince(probe) : undefined;
    return since === undefined ? undefined : Math.max(tooLongAt, since) + CHANCE_OF_SUSPECT_MS;
  };
}

/** How often a report fails while the help desk takes other things before it is given up, or set aside. */
function mostTimes({ report }: Entry, { kind }: Failure): number {
  if (kind === 'unauthorized') return 1;
  return kind === 'broken' && mayBeGivenUp(report) ? MOST_TIMES_FOR_A_NICETY : Infinity;
}

function pauseMs(failure: Failure): number {
  switch (failure.kind) {
    case 'throttled':
      return failure.retryAfterMs ?? THROTTLED_PAUSE_MS;
    case 'unauthorized':
      return UNAUTHORIZED_PAUSE_MS;
    case 'unreachable':
    case 'unknown-outcome':
    case 'broken':
    case 'refused':
      return 0;
  }
}
