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
// The same where all that is sent is answered with faults, and may be at fault itself. Where the help desk is down and
// something in front of it answers, this costs a caller a wait of failOpenAfterSeconds each time: so it is seldomer.
const CHANCE_OF_SUSPECTS_MS = 300_000;

// A new link that the help desk answers with faults for as often as this, while it takes other things, is given up.
const MOST_TRIES_OF_A_NICETY = 10;

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
    return this.#silence.changesAt(now, () => this.#chanceAfterMs);
  }

  /** Time has passed. */
  tick(now: number): void {
    if (!this.#silence.giveSecondChance(now, () => this.#chanceAfterMs)) return;
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
    this.#isUnauthorized = failure.kind === 'unauthorized';
    const waitMs = pauseMs(failure);
    this.#silence.begin(now, failure.kind === 'throttled' ? waitMs : 0);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs);
    return false;
  }

  /** A report failed. True where it would not help to send it again, or not for what it is worth. */
  isHopeless(entry: Entry, failure: Failure): boolean {
    this.#ownFaults.failed(entry, failure);
    if (failure.kind === 'refused') return true;
    if (!isLink(entry.report) || !this.#ownFaults.isProven(entry)) return false;
    return (
      failure.kind === 'unauthorized' ||
      (mayBeGivenUp(entry.report) && entry.attempts >= MOST_TRIES_OF_A_NICETY)
    );
  }

  /** It was delivered, given up, or set aside. */
  forget(seq: number): void {
    this.#ownFaults.forget(seq);
  }

  /** It says something of the help desk itself, and not only of what was told. */
  #isTelling(request: Request, { kind }: Failure): boolean {
    if (request.kind === 'ask' || kind === 'throttled') return true;
    const { entry } = request;
    return !isLink(entry.report) && !(kind === 'broken' && this.#ownFaults.isProven(entry));
  }

  /** What will show, when it is sent, whether the help desk is back. */
  get #probes(): readonly Entry[] {
    // Parked entries, and what stands behind them, are not sent.
    const sent = frontEntries(this.#undelivered());
    return sent.filter((entry) => !isLink(entry.report) && !this.#ownFaults.isProven(entry));
  }

  /** How long a silent help desk is left alone; for as long as it takes, where something will show that it is back. */
  get #chanceAfterMs(): number | undefined {
    const probes = this.#probes;
    if (probes.length === 0) return CHANCE_WITHOUT_PROBES_MS;
    return probes.every((entry) => this.#ownFaults.isSuspect(entry)) ? CHANCE_OF_SUSPECTS_MS : undefined;
  }
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
